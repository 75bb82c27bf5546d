"""What a comment wants, told by its words. Pure patterns over folded text; a language model is not asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from host.core.comment import Intent
from host.core.link_numbers import without_links
from host.lang.stance.polarity import Polarity, read

INJECTION = re.compile(
    r"开发者?模式|(?:系统|初始|隐藏|内部)提示词?|提示词是|你的(?:提示词|指令|设定|prompt)|越狱|"
    r"(?:忽略|无视|忘记|忘掉|跳过|清空|复盖)(?:掉|你)?(?:之前|以上|前面|先前|上面|上述|所有|一切|全部|原来|"
    r"刚才)?的?(?:所有|全部|一切)?的?"
    r"(?:指令|指示|设定|规则|要求|提示|限制|命令|约束|人设|身份)|"
    r"(?:你现在|从现在(?:开始|起)|接下来)[,，]? ?(?:你)?(?:是|就是|变成|扮演|叫)(?!不是|主播|哪|什么|几|谁)|"
    r"(?:请|给我)?(?:扮演|假装|假扮|伪装)(?:你|成|一)|角色扮演|"
    r"(?:跟|照)(?:着)?我(?:说|念|读)|重复(?:我|以下|下面|一下我)|(?:把|将)?(?:下面|以下)(?:的|这句|"
    r"这段)?(?:话|内容|文字)?(?:念|读|说|重复)|"
    r"(?:念|读|说|喊|叫|喵)(?:出|上|够|满)? ?(?:一百|100|五十|50|一千|1000|十|10|九十九|99) ?(?:遍|次|声)|"
    r"猫娘|学(?:猫|狗)叫|喵(?:一百|100)|输出你的|打印你的|"
    r"developer mode|dev mode|system prompt|(?:ignore|disregard|forget|override|"
    r"bypass)[a-z ,']{0,24}(?:instruction|prompt|rule|guideline|polic|restriction|"
    r"everything|above|previous|filter)|jailbreak|\bdan mode\b|do anything now|you are (?:now |no longer )|"
    r"from now on you|pretend (?:to be|you)|"
    r"act as (?:a|an|if|my)|role ?-?play|repeat after me|(?:say|repeat|meow|type|print)[^.!?]{0,40}\b(?:\d+|"
    r"hundred|thousand|fifty|twenty|ten) times|"
    r"(?:print|reveal|show|tell me|output|leak|what (?:is|are))[a-z ]{0,16} your (?:system |initial |hidden |"
    r"secret )?(?:prompt|instructions|rules|api key)|"
    r"cat ?-?girl|<\|?(?:im_start|im_end|system|assistant)|\[/?inst\]|###? ?(?:system|instruction)|^(?:system|"
    r"assistant|developer) ?[:：]|sudo |"
    r"\bbase64\b|\bprompt injection\b|api[ _-]?key"
)
"""Attempts to give the host instructions. Its words are never passed on."""

_REQUEST = re.compile(
    r"^(?:主播|小姐姐|老板|亲)?[,， ]?(?:我|我们|大家)?(?:想|要|再|请|麻烦|快|先)?(?:听|看看|看一下|看下|讲|"
    r"说|聊|介绍|讲解|展示|回到|切到|切回|换到|上)(?!不)|"
    r"(?:讲|说|介绍|讲解|解说|聊|看|展示|上|过|回|切|换|试|演示|来)(?:一?下|一讲|一说|一聊|一遍|讲|讲解|看看|"
    r"到|回)?[^,，。?？]{0,10}(?:链接|号|款|那个|这个|那款|这款|产品|宝贝)|"
    r"(?:能|可以|可不可以|能不能|麻烦|求|想听|想看|帮忙?|请|再)[^,，。?？]{0,4}(?:讲|说|介绍|讲解|聊|展示|"
    r"看)(?:一?下|讲|说|解|看|一讲|一遍|绍)?|(?:链接|号|\d)[^,，。?？]{0,4}(?:讲解|讲一|讲下|介绍|求讲)|"
    r"求(?:讲解|介绍)|"
    r"(?:show|tell|talk|go|switch|move|back|explain|introduce|see|demo|present|look)[a-z' ]{0,24}(?:link|"
    r"number|item|product|#|no\.?) ?#?\w+|"
    r"(?:show (?:me|us)|tell (?:me|us) (?:more )?about|talk about|introduce|demo|go (?:back )?to|switch to|"
    r"(?:want|like|love) to (?:see|hear about)|can (?:we|i|you) (?:see|show)|more about)\b"
)
_ORDER = re.compile(
    r"(?:拍|买|下单|付款|抢到|入手|囤)了?啦?$|已(?:经)?(?:下单|拍|付款|买)|"
    r"(?:已经?|刚|我|都|下单|拍|买|付款?|入手|抢)[^,，。?？不没怎]{0,3}(?:拍了|拍下了?|下单了|买了|付款了|"
    r"付了|入手了|抢到|到手了)|^(?:已拍|已下单|已付款?|拍了|下单了|买了|已买|冲了|拿下|下单|已抢|抢到了|"
    r"拍下了)|"
    r"(?:我)?(?:要|来|想要|想买|想拍|给我(?:来|拿|留)|帮我(?:拍|留|下单)|拍|买|带|抢|"
    r"囤)(?:[一两二三四五六七八九十\d]+|几)(?:个|件|套|盒|瓶|支|把|只|单|份|箱|袋|包|台|盏|双|条)|"
    r"我要(?:买|下单|拍|了|这个|这款|那个|\d|$)|想(?:买|下单|拍|入手)(?!.{0,6}(?:吗|？|\?))|(?:马上|这就|现在|"
    r"准备)(?:去)?(?:拍|下单|买)|"
    r"\b(?:bought|ordered|purchased|got (?:one|two|mine|it)|checked out|paid)\b|"
    r"\bi(?:'ll| will| want to| wanna|'d like to)? ?(?:take|buy|order|get) (?:it|one|two|three|this|that|\d|"
    r"a )|"
    r"\b(?:i want|i need|gimme|give me) (?:one|two|three|it|this|\d)|\b(?:order|purchase) (?:placed|done|"
    r"complete)|\bsold!?$|\btake my money|adding to cart|in my cart"
)
_NO_ORDER = re.compile(
    r"[?？]|吗|怎么|咋|多少|几|哪|什么|啥|送不|有没有|能不能|可以不|还是|才[买拍]|我就|要是|如果|便宜|少点|优惠|打折"
    r"|\b(?:how|where|what|which|when|can i|can you|do i|do you|is it|if|unless|cheaper|discount)\b"
)
"""Beside words of buying: it is asked, or bargained for, and not bought."""
_QUESTION = re.compile(
    r"[?？]|吗|[对是错]吧$|(?:\d|[元块钱折年月天件])吧$|"
    r"呢$|么(?:[?？。 ]|$)|多少|几(?:个|件|号|天|钱|块|斤|公斤|克|两|毫升|升|瓶|袋|"
    r"包|盒|度|瓦|小时|年|月|色|种|款|层|颗|点|米|时|"
    r"折)|怎么|怎样|如何|哪|啥|什么|为何|谁|何时|"
    r"(.)不\1|(?:有|能|会|是|要|好|可|支|贵|够|带|包|送)(?:没有|不(?:能|会|是|要|好|可以|支持|够|带|包|送)|"
    r"没)|有没有|是不是|能不能|可不可以|会不会|行不行|多(?:大|长|高|重|久|宽|厚|远|快|贵|深)|求(?:问|推荐|解)|"
    r"请问|(?<![吃睡饭播])了没(?:有)?(?=[,，。!！~～啊呀呢 ]|$)|"
    r"我就(?:买|拍|下单|拿|要|来)|想(?:问|知道|了解)|区别|推荐(?:哪|一?下|个)|^(?:价格|尺寸|颜色|材质|运费|容量|重量|库存|保修|质保|发货|"
    r"快递|售后|优惠|规格|产地|保质期|净含量|配料表?|成分|净重)$|"
    r"\b(?:what|how|when|where|which|who|why|whose|whats|hows|wheres)\b|^(?:is|are|does|do|can|could|will|"
    r"would|should|has|have|did|was|any|got)\b|"
    r"\bif (?:you|u) (?:do|give|can|could|drop|knock|throw|take|make)\b|"
    r"\b(?:is|are|does|do|can|will) (?:it|this|that|they|these|you|there|i|the)\b|^(?:price|size|sizes|"
    r"colou?rs?|material|shipping|weight|capacity|stock|warranty|returns?|discount)s?$|"
    r"^(?:the )?(?:price|cost) (?:of|for)\b|^price (?:please|pls|plz)$|"
    r"wondering|anyone know|"
    r"can'?t (?:find|see|open)|doesn'?t (?:it|this)"
)
_GREETING = re.compile(
    r"^(?:主播|大家|各位|老板|小姐姐|小哥哥|姐姐|哥哥|家人们?|亲)?[,， ]*(?:有人)?(?:你|您)?(?:们)?(?:好(?:呀|啊|哇|"
    r"哦)?|早(?:上好|安|呀|啊)?|晚(?:上好|安)|中午好|下午好|上午好|嗨|哈[喽啰咯罗]|hello|hi|hey|"
    r"在吗)(?:[,，!！~～ ]|主播|呀|啊|大家|各位|老板|家人|(?<=在吗)[?？]+$|$)|"
    r"^(?:嗨|哈[喽啰]|来了|我来了|来啦|我来啦|报到|打卡|签到|第一次来|新人|路过|刚来|刚进来|又来了|前排|沙发)|"
    r"(?:主播|大家|各位|家人们)(?:早|晚上好|下午好|早上好|好呀?|新年好|好久不见)|"
    r"^(?:hi|hello|hey|hiya|yo|howdy|sup|greetings|good (?:morning|evening|afternoon|day|night))\b|(?:hello|"
    r"hi|greetings) from|new here|first time here|just joined|just got here|^i'?m (?:here|back)|"
    r"拜拜|再见|晚安|先走了|下了|\b(?:bye|goodbye|good ?night|see you|gotta go)\b"
)
_TOPIC = re.compile(
    r"多少|什么价|啥价|价格|价钱|价位|售价|价|尺寸|大小|高度|长度|颜色|色号|材质|材料|面料|运费|邮费|容量|重量|净重|净含量|"
    r"库存|保修|质保|发货|快递|售后|优惠|活动|赠品|规格|产地|保质期|配料表?|成分|功率|续航|用法|品牌|牌子|尺码|口味|"
    r"\b(?:prices?|costs?|sizes?|dimensions?|weight|colou?rs?|materials?|shipping|delivery|stock|warranty|returns?|"
    r"discounts?|coupons?|capacity|ingredients?|origin|brand|battery(?: life)?|power|wattage)\b"
)
_ENDS_ASKING = re.compile(
    r"(?:不|没|没有|伐|否|嘛)[啊呀哦呢哈吖?~!。. ]*$|(?:是|有|能|会|要)[^,，。!! ]{1,8}(?:不|没)(?=[ ,，]|$)"
)
_ENDS_DENYING = re.compile(
    r"^(?:就?是|对|好|行|本来就是)?嘛[~!。. ]*$|[吃睡饭播]了?没[啊呀哦!~。. ]*$"
    r"|(?:^|[^㐀-鿿])(?:不|没|没有)+[啊呀哦!~。. ]*$"
    r"|[也都还并从真就才偏绝毫可要啥又再更最我]没?[不没有]{1,2}[啊呀哦!~。. ]*$"
)
_AROUND = re.compile(
    r"[的呢呀啊吧嘛哦呗哈是][,，]?|这个|那个|这款|那款|你们?家?|主播|老板|求|看看|问下|"
    r"\b(?:the|of|for|on|this|that|your|please|pls|plz|and|a|an|about|info|is)\b|'s\b|[^\w\s]"
)
_URGENT = re.compile(
    r"多少钱|价格|优惠|便宜|折|券|发货|运费|包邮|退|换|保修|质保|尺寸|大小|容量|材质|颜色|库存|还有吗|"
    r"怎么(?:买|拍|下单)|price|how much|cost|discount|ship|deliver|return|"
    r"warranty|size|stock|colou?r|buy|order"
)


def intent_of(folded: str, *, names_product: bool) -> Intent:
    """The intent of a folded comment that is no spam. A request needs a product it names."""
    if names_product and _REQUEST.search(folded) and not _asks_a_fact(folded):
        return Intent.REQUEST
    if _has_ordered(folded) and not (_NO_ORDER.search(folded) or _asks_at_its_end(folded)):
        return Intent.ORDER
    greeting = _GREETING.search(folded)
    if greeting:
        rest = folded.replace(greeting.group(), "", 1)
        return Intent.QUESTION if _QUESTION.search(rest) and len(rest.strip(" ?？!！,，~")) > 1 else Intent.GREETING
    if _QUESTION.search(folded) or _asks_at_its_end(folded):
        return Intent.QUESTION
    return Intent.CHAT


def _has_ordered(folded: str) -> bool:
    """Whether somebody says that he has bought, and does not deny it, suppose it or wish it: 我没下单."""
    order = _ORDER.search(folded)
    return order is not None and read(folded).stance(*order.span()).polarity is Polarity.ASSERTED


def _asks_at_its_end(folded: str) -> bool:
    """Whether a Chinese sentence asks by what it ends in: 会起球不, 有赠品没; not 还没, 我也不."""
    return bool(_ENDS_ASKING.search(folded)) and not _ENDS_DENYING.search(folded)


def urgent(folded: str) -> bool:
    """Whether it asks what decides a purchase: price, delivery, returns, size, stock."""
    return bool(_URGENT.search(folded))


def names_a_topic(folded: str, names: Iterable[str], topics: Iterable[str]) -> bool:
    """Whether a comment is nothing but a product (one of ``names``, or its link) and what is asked of it.

    ``topics`` are those of the product's own sheet, folded like ``names``. 蜂蜜产地 asks; 蜂蜜颜色真好看 does not.
    """
    rest = without_links(folded)
    for name in sorted(filter(None, names), key=len, reverse=True):
        rest = re.sub(rf"(?<![a-z0-9]){re.escape(name)}(?:e?s)?(?![a-z0-9])" if name.isascii() else re.escape(name),
                      " ", rest)  # fmt: skip
    if rest == folded:
        return False
    asked = _TOPIC.sub(" ", rest)
    for topic in filter(None, topics):
        asked = asked.replace(topic, " ")
    return asked != rest and not _AROUND.sub(" ", asked).strip()


def _asks_a_fact(folded: str) -> bool:
    """讲讲 is a request; 3号链接多少钱 asks for one fact."""
    return bool(
        re.search(
            r"多少|几(?:个|天|块|钱|号|件)|怎么|什么(?:材质|颜色|价|时候)|how (?:much|many|long|big|do|does|"
            r"is)|what(?:'s| is| are)|does it|is it",
            folded,
        )
    )
