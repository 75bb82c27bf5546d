"""One face for text that can wear many: folding for comparison, never for display.

Strangers and language models write the same word in full width, with zero-width characters inside, in mathematical
bold, in Arabic-Indic digits or in traditional characters. Whoever compares text compares the folded form. Positions
in the folded text are not positions in the original.
"""

from __future__ import annotations

import re
import unicodedata

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"}
_SIMPLIFIED = str.maketrans(
    "萬億兩塊錢圓點號鐘時間個毛貳參陸壹叁貮弍弐壱㐅開發則設擬統詞語說護對換買賣價優國級療藥減證無線鏈貓孃歲開閉廣"
    "為從現個聯繫電話掃碼進羣們裡來過還沒這麼樣請讓給幫後當與種們僅剩餘條雙單體絕"
    "終簡資質証驗風險運費貨寶貝溫涼數據傳遞營銷廠獨創領導頂極慶鑒專業際聲譽劑製複補腎壯陽腫壓醫囑機構師權認賠償網紅"
    "頭髮氣戶銀轉賬帳貸賭罵滅預視復衛隱務記錄測試報鮮維鈣銅鐵鋼鹽滿額滿邊齡歐礙鬆緊熱乾淨齊門問題鏡圖書車飛馬鳥魚麥麵麪遊戲樂華鄉燈臺檯壺瓏鍋櫃衝產",
    "万亿两块钱元点号钟时间个毛贰叁陆壹叁贰贰贰壹五开发则设拟统词语说护对换买卖价优国级疗药减证无线链猫娘岁开闭广"
    "为从现个联系电话扫码进群们里来过还没这么样请让给帮后当与种们仅剩余条双单体绝"
    "终简资质证验风险运费货宝贝温凉数据传递营销厂独创领导顶极庆鉴专业际声誉剂制复补肾壮阳肿压医嘱机构师权认赔偿网红"
    "头发气户银转账账贷赌骂灭预视复卫隐务记录测试报鲜维钙铜铁钢盐满额满边龄欧碍松紧热干净齐门问题镜图书车飞马鸟鱼麦面面游戏乐华乡灯台台壶珑锅柜冲产",
)
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True))
_RAISED_RUN = re.compile(f"(?P<base>[0-9°)]|(?<![A-Za-z])[A-Za-zμΩ]{{1,3}})?(?P<raised>[{''.join(_RAISED)}]+)")
_SPECIAL = {"㎡": "m^2", "㎥": "m^3", "🔟": "10", "⁄": "/", "￠": "¢", "“": '"', "”": '"',
            "‘": "'", "’": "'", "−": "-", "–": "-", "—": "-",
            "〇": "零", "○": "零", "◯": "零", "×": "x", "✕": "x", "✖": "x", "∗": "*", "～": "~", "〜": "~"}  # fmt: skip


def fold(text: str) -> str:
    """``text`` in NFKC, lower case, simplified, ASCII digits, without marks and invisible characters.

    Cap the length first: normalising 100 k alternating combining marks takes seconds. White space is collapsed.
    """
    return lowered(cased(text))


def cased(text: str) -> str:
    """A folded text whose letters keep their case: 5G is no 5 g. Every place of it is one of the folded text."""
    folded: list[str] = []
    for character in unicodedata.normalize("NFKC", raised(text)):
        folded.append(_SPECIAL.get(character) or _folded(character))
    return " ".join("".join(folded).translate(_SIMPLIFIED).split())


def lowered(text: str) -> str:
    """``text`` in lower case, character by character."""
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def raised(text: str) -> str:
    """Raised numbers as they are typed: 10⁹ is ``10^9`` and m² ``m^2``, since 109 and m2 would be something else.

    Raised behind a word it is the mark of a footnote, and nothing.
    """
    return _RAISED_RUN.sub(_typed, text)


def _typed(match: re.Match[str]) -> str:
    if match["base"] is None:
        return ""
    return f"{match['base']}^{''.join(_RAISED[character] for character in match['raised'])}"


def skeleton(text: str) -> str:
    """A folded text without accents, and with the Cyrillic and Greek letters that look Latin as Latin ones."""
    bare = "".join(
        character for character in unicodedata.normalize("NFD", text) if unicodedata.category(character) != "Mn"
    )
    return bare.translate(_LOOKALIKES)


def _folded(character: str) -> str:
    if " " <= character <= "~" or "㐀" <= character <= "鿿":
        return character
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category in _DROPPED:
        return ""
    if category in ("Nd", "Nl", "No"):
        value = unicodedata.numeric(character, -1.0)
        if value >= 0 and value == int(value):
            return str(int(value))
    return character


_LOOKALIKES = str.maketrans("аеорсухкмтнвіјѕԁοαερτυνικωь", "aeopcyxkmthbijsdoaeptuvikwb")
