"""The words by which viewer names are judged: which characters make a harmless name, and what is never said or shown.

Spoken names pass by a list of what is allowed, since whatever a host reads out is taken for its own words and no list
of the forbidden is complete. The lists of the forbidden catch what is made of allowed parts, and are all there is for
names that are shown only.
"""

from __future__ import annotations


def _words(text: str, separator: str | None = None) -> tuple[str, ...]:
    """The words of a text, without the lines that are headings."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return tuple(word.strip() for line in lines for word in line.split(separator) if word.strip())


CHARACTERS = frozenset(
    "水舟间方美朵汉嘟叮当咚呱啾噜嘻哈呀豌团圆巧灵仙缘蝴蜻蜓蚂蚁鲨蜗橡柿菇丸旺鑫糊葱蒜椒笋茄瓣帆船娇媚丫娃茉玫瑰蓬卡尔拉"
    "与世东严中丰丹丽义之乐乔书于云亚亨亮付以仪仲任伊伟伦伯何余佳依侯俊俞倩倪傅儿先光兔兰关兴养冀冉写军冠冬冯冰凌凝凡"
    "凤刘刚勇勤北匡华卓南博卞卢卫印卷卿厚原友叔可叶吃向吕君听启吴周和咏咩哥哲唱善喝喵喻嘉园在坚城塔墨士壮夏夕夜大天奇"
    "奚妍妞妮妹姐姚姜姨姬娄娅娜娟婕婵婶婷媛嫂子孔孙孟季学宁宇安宋宏宗宜宝家宸容宿富寒小尚尤尹居山屿岑岚岛岩峰崔嵇川左"
    "巷希常庆庞康廖建弘弟张弦彩彬彭影徐德心志思怡悠悦惠想慕慢成戴承振敏敖敬文斌新施早旭时昊昌明易昕星春昭晁晏晒晓晗晚"
    "晞晨景晴暖暮曦曲曹曼曾月朋朗朝木朱李杏村杜杨杭杰松林果枝枣枫柏柑柔柚柠柯柳柴栋树栗栾桂桃桐桑桓桥梁梅梓梦梨森椰楠"
    "榕榴樊橘橙檬欢欣欧歌武段殷毅毓永汐江池汤汪沁沈沐沙沫河泉泓波泰泽洁洋洛洪洲浅浩海涂涛润涵淇深淼清渝游湖湛溪滕滢滨"
    "潘澄澜濮瀚灰灿炎烨焦焱然煊煜熊熙燕爱爽牛狄狐狮狸狼猫猴獭玉王玲珂珊珍琉琛琦琪琬琰琳琴琵琶琼瑗瑜瑞瑶瑾璃璇璐瓜甄甜"
    "生田画白的皓盛相睡睿瞿石砚磊祁祖祝祥福禹秀秋种秦程穆窦章童竹竺笑笙笛符等策筝筠箫米粉粥粽糕糖糯素紫红纨纪织绍维绿"
    "罗羊羽羿翁翔翟翰老耿聂聪肖育胡腾舅舍舒舞航良艳艺艾芋芒芬芮花芳芷芸芽苏苑苒苗若英茂范茅茗茜茶茹荀荔荣荷莉莓莫莲莺"
    "菁菲萄萌萍萤萧萱葛葡董葵蒋蒙蒲蓉蓓蓝蔓蔚蔡蔺蕊蕾薇薛薯藕藤虎虞虹虾蛙蜂蜜蝉蝶融街袁裕裴褚西言詹许词诗诚诺读谢谦谭"
    "豆豚象豪豹貂贝贺走赵越跑路跳轩软轻辉辛辰远连追逐邓邢那邦邬邱邵邹郁郑郝郦郭酥酱醒里野金钓钟钧银长闫闲闵闻阎阚阮阳"
    "阿陈陶隆隼雀雁雄雍雨雪雯雷雾霄震霍霖霜霞霭露青静面靳韦韩韵韶项顺顾颖颜风飘飞饶饼香馥馨马骆魏鱼鲁鲤鲸鸟鸣鸦鸭鸽鹅"
    "鹊鹏鹤鹰鹿麻黄黎黑鼠齐龙龚"
)
"""Of these alone a spoken Han name is made: no product, no effect, no price, no number, no body, no office."""

WORDS = _words(
    """
    西瓜 面包 豆包 草莓 小草 吃草 青草 薄荷 小满 柠檬 咖啡 奶茶 奶糖 奶油 奶盖 奶酪 牛奶 酸奶 布丁 果冻 可乐 饼干
    蛋糕 蛋挞 蛋黄 汤圆 团子 丸子 团团 圆圆 圈圈 年糕 芝士 拿铁 抹茶 芝麻 巧克力 克拉 海盐 薄饼 泡芙 甜甜圈 棉花糖
    棉花 小狗 狗狗 修狗 小猪 猪猪 熊猫 猫咪 咪宝 企鹅 考拉 河马 刺猬 仓鼠 松鼠 蜗牛 兔兔 毛毛 毛豆 毛球 球球 多多
    朵朵 云朵 花朵 夏日 冬日 春日 秋日 日落 日出 今日 生日 落日 向日葵 月亮 月半 太阳 阳光 星光 月光 晨光 时光 星辰
    星空 天空 蓝天 晴空 银河 宇宙 彩虹 海浪 浪花 微风 清风 晚风 烟雨 烟花 烟火 路过 路人甲 过客 旅人 行者 行云 快乐
    开心 可爱 温柔 温暖 平安 平凡 平平 安静 自在 自由飞 公主 王子 姑娘 女孩 男孩 少年 少女 孩子 同学 学姐 学长 老师
    先生 女士 太太 不吃 不睡 不想 不爱 下雨 下雪 月下 树下 楼下 上海 早上 晚上 天上 北京 深圳 广州 杭州 苏州 成都
    南京 重庆 武汉 长沙 厦门 青岛 大连 建国 志国 爱国 卫国 国栋 国强 建民 志民 力宏 志远 俊达 子健 志健 健华 文健 雅
    娃娃 萌娃 奶爸 宝妈 宝爸 不吃草 杰克 汤姆 海绵宝宝 海边 初夏 林间 看海 高远 蜡笔
    毛笔 钢琴 吉他 书包 背包 石头 木头 丫头 念念 盼盼 果果 苗苗 阿信 阿胜 阿发
    阿贵 阿才 阿力 阿超 小超 小胖 胖虎 胖橘 胖胖 邻居 隔壁 外婆 奶奶家 加菲 哆啦 史努比 皮卡丘 龙猫 樱桃 樱花 玫瑰
    蔷薇 茉莉 百里香 薰衣 芒果 苹果 菠萝 葡萄 石榴 番茄 土豆 地瓜 玉米 南瓜 冬瓜 木瓜 花生 核桃 坚果 板栗 蘑菇 萝卜
    白菜
    """
)
"""Harmless words with characters outside of the list."""

KIN = _words("妈 妈妈 爸 爸爸 爷爷 奶奶 外婆")
"""Of a name these may be the end (豆豆妈): a host calls nobody its father."""

HOSTILE_HAN = _words(
    """
    # product quality and safety
    有毒 剧毒 毒性 毒品 毒死 中毒 无毒 铅超 含铅 铅中 重金属 甲醛 超标 致癌 癌 漏水 漏电 漏气 会漏 爆炸 炸了 自燃
    着火 起火 掉漆 发霉 变质 过期 假货 假的 造假 假冒 冒牌 水货 山寨 骗子 骗人 骗钱 诈骗 坑人 坑钱 坑爹 垃圾 劣质
    残次 差评 难用 难喝 难吃 质量差 坏了 破烂 烂货 不好用 别买 不要买 不能用 退货 退款 退钱 维权 投诉 曝光 黑心 黑店
    三无 翻车 智商税 割韭菜
    异味 烫伤 烫嘴 不保温 会炸 掉色 开裂 易碎 辐射 伤眼 伤手 有虫 虫子卵 拉肚子 过敏死 没用的货 不值
    # prices and gifts
    买就送 送手机 买一送 第二件 全场一 送你一 领券 券后 到手价
    白送 送礼 赠品 赠送 免费 免单 红包 满减 半价 包邮 秒杀 特价 低价 降价 打折 清仓 最便宜 一折 一元购 抽奖 中奖
    福利 优惠 全网最 全场 冠军 第一名
    # medicine
    治感冒 治病 治疗 治愈 包治 主治 根治 抗癌 防癌 降压 降糖 降脂 壮阳 补肾 减肥 瘦身 祛斑 祛痘 美白 止咳 退烧 消炎
    特效 疗效 药到 灵药 神药 糖尿病 高血压 医生推 医院推
    治失眠 治好 防近视 降血压 降血糖 降血脂 护眼神 养生堂 长高药 丰胸
    # leaders, offices, places and dates with a political meaning, endorsements
    习近平 习大大 习主席 习总 近平 习仲勋 习明泽 习禁评 细颈瓶 维尼熊 小熊维尼 庆丰包 包子帝 毛泽东 毛主席 泽东
    江泽民 胡锦涛 温家宝 李克强 彭丽媛 王沪宁 赵乐际 蔡奇 丁薛祥 韩正 王岐山 周永康 薄熙来 邓小平 周恩来 林彪 江青
    刘少奇 朱德 朱镕基 李鹏 胡耀邦 赵紫阳 胡春华 张又侠 李强 李希 王毅 秦刚 华国锋 李先念 叶剑英 彭德怀 贺龙 陈独秀
    孙中山 蒋介石 蒋经国 马英九 蔡英文 赖清德 陈水扁 李登辉 韩国瑜 柯文哲 特朗普 川普 拜登 普京 泽连斯基 安倍
    东条英机 奥巴马 希特勒 墨索里尼 纳粹 金正恩 金三胖 金正日 萨达姆 拉登 斯大林 列宁 马克思 刘晓波 艾未未 李洪志
    达赖 热比娅 黄之锋 黎智英 李文亮 郭文贵 张高丽 袁世凯 汪精卫 慈禧 溥仪 溥杰 天安门 六四 八九 坦克人 法轮 台独
    港独 藏独 疆独 台湾国 台湾 新疆 西藏 香港独 钓鱼岛 共产 共匪 党中央 中南海 国民党 民进党 主席 总书记 总理 总统
    元首 反动 文革 文化大革命 革命 大屠杀 光复 民主运动 民运 辱华 支那 小日本 日本鬼 鬼子 倭寇 皇军 共军 伪军 日军
    美帝 汉奸 卖国 棒子国 高丽棒 俄罗斯 乌克兰 以色列 巴勒斯坦 中央 央视 新华社 人民日报 国家 官方 政府 国务院
    人民大会 公安 警察 城管 法院 工商 市监 消协 税务 军队 解放军
    # impersonation
    客服 主播 管理员 房管 场控 助播 运营 店长 店主 老板娘 掌柜 旗舰 专卖 平台 抖音 快手 淘宝 天猫 京东 拼多多 小红书
    微信 支付宝 系统 超管 版主 站长 开发者 工作人员 经理 品牌方
    # insults and sex
    泥马 艾滋 习包 刁近 草拟 滚出 老不死
    傻逼 傻比 傻叉 傻子 煞笔 沙比 沙雕 智障 弱智 脑残 白痴 蠢货 蠢猪 贱人 贱货 婊子 绿茶婊 王八 混蛋 滚蛋 坏蛋 去死
    废物 操你 操他 操尼 操妈 操蛋 草你 草泥马 艹你 肏 日你 干你 干尼 干妈 你妈 尼玛 他妈 妈的 你娘 他娘 你爹 你爸
    你爷 你祖宗 鸡巴 鸡鸡 几把 鸡8 屌 阴茎 阴道 龟头 奶子 咪咪大 大波 巨乳 骚货 骚逼 淫 嫖 妓 卖春 卖淫 强奸 轮奸
    乱伦 做爱 约炮 一夜情 裸 色情 黄片 性爱 性奴 自慰 高潮 打飞机 口交 肛 屎 尿 放屁 狗日 狗东西 狗官 狗屎 死全家
    死妈 杀人 杀了 自杀 黑鬼 尼哥 阿三 棒子 穷逼 丑八怪 死胖 娘炮 死鬼 赌博 博彩 吸毒 大麻 冰毒 海洛因 枪支 炸弹
    恐怖 伊斯兰国 基地组织 忽略指令 提示词
    """
)
"""Neither spoken nor shown."""

UNSPOKEN_HAN = _words(
    """
    儿子 孙子 老子 小姐 弟弟 大爷 爸爸 妈妈 爷爷 红军 国军 美军 水军 水兵 黄瓜 丁丁 大鸟 鸟人 鸟样 阿姨洗 绿茶 黑人
    黑货 黑子 养生 养颜 美容 美国 美军 爱爱
    董宇辉 李佳琦 薇娅 辛巴 罗永浩 潘长江 润学 庆丰 小学博士 光时 祖宗 祖爷 马云
    黄书 黄色 黄图 白粉 粉白 粉子 美白 生小 大妹子 水贼 花柳 吃香 吃我 吃瓜 睡我 睡大 看我 河蟹 雪山狮
    东方红 红小 早生 光光 毛主 老毛 毛贼 毛家 小平 恩来 江家 大金 老江 老胡 胡温 金家 青天白 满地红 白日 月经 大姨
    好用
    """
)
"""Not spoken, though they may be shown."""

HOSTILE_SOUNDS = _words(
    """
    cao ni / cao ta ma / cao ma / cao dan / sha bi / sha b / ji ba / gan ni / ri ni / gou ri / wang ba dan / hun dan
    sha diao / nao can / zhi zhang / ruo zhi / bai chi / biao zi / jian huo / sao huo / xi jin ping / jin ping xi
    xi da da / xi te le / mao ze dong / jiang ze min / hu jin tao / wen jia bao / li ke qiang / deng xiao ping
    tian an men / fa lun gong / tai du / gang du / zang du / xiao ri ben / ri ben gui / qiang jian / yue pao
    luo liao / se qing / zhi na zhu / cao bi / ma bi / si ma / nong ma
    """,
    "/",
)
"""Syllables without tones: whatever characters they are written with, this is what is heard."""
UNSPOKEN_SOUNDS = _words(
    """
    ni ma / ni niang / ni die / ta ma / wo cao / you du / ju du / zhi ai / han qian / lou shui / jia huo / pian zi
    pian ren / la ji / bai piao / bai song / mian fei / zeng pin / hong bao / wei xin / ke fu / guan fang / yang shi
    zhi bing / gan mao / kang ai / zhu bo / guan li / xi zang / tai wan / xin jiang / ri ben / da lai / zhi na
    jian ren / bian tai / liu si / ze dong / jin ping / gong chan / fa lun / man jian / di jia / mai yin / du pin
    gui zi / han jian / si ren / qu si / sha ren / wei ni
    """,
    "/",
)

HOSTILE_LATIN = _words(
    """
    idiot moron stupid buynow sexy system fvck fauck phag dontbuy freestuff curescan
    fuck fuk fuq fck phuk shit sh1t bitch biatch cunt kunt nigga nigger niger negro faggot fagot whore slut penis
    vagina pussy porn pr0n dildo blowjob handjob cumshot masturb rapist rapeu pedo paedo incest nazi hitler sieg
    heil adolf fuhrer fuehrer fourthreich swastik gestapo himmler goebbels holocaust whitepower kukluxklan stalin
    jihad alqaeda binladen taliban retard bastard asshole arsehole motherf dickhead wanker twat bollock jerkoff
    suckm suckd sucks kike gook chink tranny killyou killur kys diebitch terroris bomber murder suicid xijinp
    jinping xidada winniexi maozedong maotse zedong tiananm tianan falun jiangzemin hujintao dengxiao freetibet
    freehk freehong taiwanisn trump putin biden kimjong netanya zelensk obama saddam osama mussolini caonima caoni
    nmsl wocao shabi shabee jiba niubi cnm dashabi qusi wangba hundan biaozi xiaoriben riben toxic poison cancer
    asbestos leaky leaks leaking scam fraud giveaway freegift freebie freeship heals healing antivir viagra crypto
    bitcoin casino winner jackpot promo discount coupon onlyfan telegram whatsapp wechat weixin admin moderator
    official staffm support customerserv livehost systemm thehost president government police cctv refund ripoff
    lawsuit recall counterfeit fake garbage trash explod defect rotten
    """
)
"""Anywhere in a Latin name, folded: neither spoken nor shown."""

UNSPOKEN_LATIN = _words(
    """
    best cheap fatal deadly hazard danger kills killer hoax bogus crap damn hell stink smell vomit puke boob tits
    nipple orgasm horny erotic nude naked sexy lesb gayboy hooker escort stripper drunk weed cocaine heroin meth
    drug doctor medic pharma approved certified guarantee warranty official system assistant developer ignore prompt
    user viewer guest anonymous moderat money dollar price sale deal offer gratis gift prize bonus coupon voucher
    lottery bargain shop store seller buyme boycott avoid dontbuy stolen illegal banned radiat leak burn fire bpa
    worst awful terrible horrible ugly stupid idiot moron loser dumb sucker weiner wiener lolita genocide slave
    racist zionist commie communis fascis democrat republic maga antifa ukrain russia israel palest taiwan tibet
    xinjiang hongkong uyghur wuhan covid virus corona vaccin allah jesus satan devil god666 kill dead death corpse
    blood gunm guns rape suck lick butt turd poop piss urine feces fart daddy mommy mistress lead free cure mold
    broken rotten isis shoot nima subscri follow click visit http wwwd dotcom million hundred thousand hitl
    """
)
"""Anywhere in a Latin name, folded: not spoken."""

UNSPOKEN_LATIN_WORDS = _words(
    """
    zero one two three four five six seven eight nine ten half first twice double is are am was were be been not no
    yes dont do does did buy get got go goes gone the a an it its this that these those you your u ur we us i im me
    my he she they very so too much more most less all off out of for from with has have had will can cant wont
    never always only just now and or but if why how what who when where win won lose bad worse good great nice cool
    hot cold big huge real true lie liar lies cock dick dik ass arse arsehole tit cum hoe ho fag gay jew jews xi mao
    kkk ss sex anal die died dying rob thief steal junk lead pb bot mod host dev root ceo fbi cia ccp cpc prc roc
    kgb gpt ai fda ce iso cancer cures pill pills health safe unsafe vx wx qq tg dm pm ig fb www com net org vip pro
    max plus usd rmb cny crack breaks broke cup lamp mug bottle cheapo new ni ta wo ma de le bi sb tmd nmb cao gan
    ri gun mlgb wtf stfu lmao omg fu fku fuu af milf thot simp incel hag pig dog rat cow cialis sima hitman heil
    reich ss88 duce ku klux klan
    """
)
"""Whole words of a Latin name: sentences, numbers and the short ones of the lists above."""
