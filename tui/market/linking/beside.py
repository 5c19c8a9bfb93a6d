"""What stands right beside a name: whether it is a whole word, and whether the company is meant."""

import re
from typing import Final

_KATAKANA: Final = r"ァ-ヺー"
_KANJI: Final = r"㐀-䶿一-鿿豈-﫿々"

_IS_KATAKANA: Final = re.compile(f"[{_KATAKANA}]")
_IS_KANJI: Final = re.compile(f"[{_KANJI}]")
IS_LATIN: Final = re.compile(r"[0-9A-Za-z]")

_SHORT: Final = 2
"""Characters up to which a name in kanji before katakana is part of another name: 東急ハンズ."""

_BEFORE_KANJI: Final = frozenset("手元米英独仏中韓印社株券業旧前対同両各親主系下界本日方")
"""Kanji that may stand right before a name in kanji: 大手, 元, 米, …"""

GROUP: Final = re.compile(
    r"(?:株式会社|ホールディングス|ホールディング|フィナンシャルグループ|グループ|"
    r"コーポレーション|HD|FG|\(株\)"
    r"|G(?![A-Za-z0-9])|,? (?:Holdings|Hldgs|Group|Corporation|Corp|Co|Inc|Ltd|PLC|KK|K\.K)\b\.?"
    r"(?:,? (?:Ltd|Inc|Co)\b\.?)?)"
)
"""What may stand after a company's name as a part of it."""

_AFTER_KATAKANA: Final = re.compile(
    r"(?:ホールディング|グループ|コーポレーション|モーター|ショック|トップ|ブランド)"
)

AFTER_KANJI: Final = re.compile(
    r"株|社|製|系|純|営業|経常|経営|最高|最終|最大|通期|通年|今期|今年|今夏|今秋|今冬|今春|前期|"
    r"前年|来期|来年|決算"
    r"|増|減|上方|上場|上昇|上期|下方|下期|下落|反発|反落|続伸|続落|急伸|急落|急騰|急反|大幅|"
    r"大型|大手|大阪|小幅|年内|年間"
    r"|年初|自社|配当|買収|買い|売上|売却|売り|売買|出資|出荷|提携|傘下|陣営|工場|新株|新型|"
    r"新車|新工|新社|新本|国内|海外"
    r"|米|英国|英|中国|欧州|北米|印|独|仏|赤字|黒字|一時|初|両社|連結|連続|連日|連騰|四半|"
    r"第[1-4一二三四]|債|格付|格上|格下"
    r"|目標|投資|投じ|利益|利上|業績|業務|業|月|日本|再建|再編|再値|値上|値下|高|安|全株|全面|"
    r"全社|全固|半導体|半期|過去|創業"
    r"|労組|事業|子会|会長|会社|会見|社長|副社|首脳|幹部|側|向け|世界|生産|販売|受注|受取|開発|"
    r"量産|発表|車|電池|電気自"
    r"|合弁|合併|統合|経由|市場|想定|従業|人員|希望退|早期退|構造|共同|協業|供給|関連|関係|含|"
    r"主導|主力|公開|非公|非上"
    r"|完全|持ち|持分|保有|解消|撤退|参入|検査|認証|不正|品質|労使|春闘|満額|賃上|監査|株主|"
    r"総会|定時|臨時|代表|取締|役員|人事"
    r"|指名|後任|次期|異例|独自|独走|独歩|急|強|弱|優勢|軟調|堅調|好調|不振|低調|失速|復活|逆行|"
    r"年|期|円|億|兆|万|台|位|や"
)
"""How what follows a name in kanji may begin; else the two are one longer word."""

_OTHER_JA: Final = re.compile(
    r"さん|氏|様|君|くん|ちゃん|選手|監督(?!庁|官)|容疑者|被告|投手|捕手|議員|知事|教授|容疑|"
    r"首相|外相"
    r"|スタジアム|アリーナ|ドーム|カップ|杯|駅|線(?!材)|沿線|年金基金|病院|財団|美術館|記念館|"
    r"球団|球場|野球|ラグビー"
)
_OTHER_EN: Final = re.compile(
    r" (?:Stadium|Arena|Cup|Open|Museum|Center|Centre|Theatre|Theater|Hall|Dome|Park|City|"
    r"Prefecture|"
    r"Station|Foundation|University|Marathon|Classic|Ladies|Championship|Eagles|Buffaloes|Hawks|"
    r"Swallows|Fighters|Lions|Verblitz|Heat|Spears|city|station|airport|prefecture|era|castle|"
    r"shrine|"
    r"temple|law|telescope|Castle|Shrine|Temple|Life Insurance|Bay|Island|Mountain|Street)\b"
    r"|\.[a-z]|,? [1-9][0-9],|, [1-9][0-9]\b(?! [a-z]+illion)"
)
_NAMED_PERSON: Final = re.compile(
    r"(?:\b(?:Mr|Ms|Mrs|Dr|Prof|Sir|Judge|Mount|Mt|Lake|Port|Saint)\.?|"
    r"\b(?:Ai|Aiko|Akio|Akira|Aya|Daisuke|Emi|Hana|Haruki|Haruto|Hideki|Hideo|Hiroki|Hiroko|"
    r"Hiroshi|"
    r"Ichiro|Jiro|Jun|Junko|Kazuki|Kazuo|Kei|Keiko|Keisuke|Keita|Kenji|Kenta|Koichi|Koji|Makoto|"
    r"Mariko|Masahiro|Masako|Masao|Mayumi|Megumi|Mika|Minoru|Naomi|Naoki|Noriko|Osamu|Rei|Ren|Ryo|"
    r"Ryota|Satoshi|Seiji|Shigeru|Shin|Shinji|Shinzo|Shohei|Soichiro|Sota|Taiki|Takashi|Takeshi|"
    r"Taro|"
    r"Tatsuya|Tetsuya|Toshio|Tsutomu|Yasuo|Yoko|Yoshio|Yui|Yuki|Yuko|Yumi|Yusuke|Yuta|Yuto|"
    r"Yutaka)) $"
)


def whole(text: str, start: int, end: int) -> bool:
    """Whether a place of a text is a whole word, by what touches it on both sides."""
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if before:
        if IS_LATIN.match(first) and (IS_LATIN.match(before) or before in "$@_.&"):
            return False
        if _IS_KATAKANA.match(first) and _IS_KATAKANA.match(before):
            return False
        if _IS_KANJI.match(first) and _IS_KANJI.match(before) and before not in _BEFORE_KANJI:
            return False
    if after:
        if IS_LATIN.match(last) and (IS_LATIN.match(after) or after in "@_"):
            return False
        if _IS_KATAKANA.match(after) and (end - start <= _SHORT or not _IS_KANJI.match(last)):
            return _AFTER_KATAKANA.match(text, end) is not None
    return True


def elsewhere(text: str, start: int, end: int) -> bool:
    """Whether what stands beside a company's name makes it another thing or a person."""
    after = text[end] if end < len(text) else ""
    if _IS_KANJI.match(after) and not AFTER_KANJI.match(text, end):
        return True
    if _OTHER_JA.match(text, end):
        return True
    return bool(IS_LATIN.match(text[start])) and (
        _OTHER_EN.match(text, end) is not None
        or _NAMED_PERSON.search(text, max(0, start - 16), start) is not None
    )


def newspaper(text: str, start: int, end: int) -> bool:
    """Whether the Nikkei is the newspaper, or Nasdaq the place where something is listed."""
    return _NEWSPAPER.match(text, end) is not None or (
        _CITED.search(text, max(0, start - 16), start) is not None
        and _CITATION_ENDS.match(text, end) is not None
    )


_NEWSPAPER: Final = re.compile(
    r" (?:reports?|reported|says|said|newspaper|daily|business|Asia|survey|poll|website|reporter)\b"
    r"|上場|市場|新聞|電子版|:(?= )"
)
_CITED: Final = re.compile(r"(?:- |\(|[Aa]ccording to (?:the )?|\bthe |via )$")
_CITATION_ENDS: Final = re.compile(r"[).]?$| (?:reports?|reported)\b")


def at_home(text: str, start: int) -> bool:
    """Whether a sector's word stands by itself: not United Airlines, not Chinese automakers."""
    before = text[max(0, start - 24) : start]
    found = _WORD_BEFORE.search(before)
    if found is None:
        return True
    word = found[1]
    return word in _HOME or not (word[0].isupper() or word in _ABROAD)


_WORD_BEFORE: Final = re.compile(r"([A-Za-z.'-]+) $")
_HOME: Final = frozenset(
    ("Japan", "Japanese", "Japan's", "Tokyo", "Tokyo's", "Topix", "TOPIX", "As", "And", "In", "On")
)
_ABROAD: Final = frozenset(("global", "world", "foreign", "overseas"))
