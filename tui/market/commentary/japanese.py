"""Claims of a Japanese sentence.

A figure belongs to the instrument that was named last: 日経平均は…371円06銭高. It is a change where
a word of rising or falling follows it, and a level where it stands as where the day ended. A clause
that has another subject, or speaks of another time than the close, states nothing of it.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from tui.market.claims import Claim
from tui.market.commentary.mentions import Mention
from tui.market.commentary.numbers import sign_of, size_of
from tui.market.commentary.stated import Figure, Kind, Stated, rounded_off

JAPANESE: Final = re.compile(r"[ぁ-んァ-ヶ一-龠]")

_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:\.\d{1,6})?"
_FIGURE: Final = re.compile(
    r"(?<![\d.,A-Za-z])(?P<sign>[+\-–▼▽]\s?)?¥?(?:"
    rf"(?P<man>\d{{1,4}})万(?P<yen>{_NUMBER})?円(?:(?P<sen>\d{{1,2}})銭)?"
    rf"|(?P<yen2>{_NUMBER})円(?:(?P<sen2>\d{{1,2}})銭)?"
    rf"|(?P<percent>{_NUMBER})\s?(?:%|パーセント)"
    rf"|(?P<points>{_NUMBER})\s?ポイント"
    rf"|(?P<bare>{_NUMBER})"
    r")(?![\d.,]\d|[A-Za-z])"
)
_UP: Final = r"高|上昇|上げ|値上がり|アップ|プラス|伸|の上昇|の上げ"
_DOWN: Final = r"安|下落|下げ|値下がり|ダウン|マイナス|の下落|の下げ"
_WAY: Final = re.compile(rf"\s?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))")
_BETWEEN: Final = re.compile(
    r"\s?[(、,]\s?[+\-]?[\d.,]+\s?(?:%|パーセント|ポイント)\s?(?:\)|(?=高|安|上|下))"
)
_CLOSING_BRACKET: Final = re.compile(r"\s?\)")
_LEVEL_AFTER: Final = re.compile(
    r"\s?(?:で(?!も)|だった|だ。|となった|となり|と(?!の|も|、?み)|に|を|。|、|\)|\((?=前|[+\-▲△▼▽\d])|\||\s|$)"
)
_LEVEL_BEFORE: Final = re.compile(
    r"(?:[高安][のい]|[昇落げ](?:し|した)?の|[はをにがの:|(]|、|\s|[高安げ]、)\s?¥?$"
)
_TABLE: Final = re.compile(r"[\s|:(、は—–-]*")
_ROUGH_AFTER: Final = re.compile(
    r"\s?(?:台|強|弱|超|余り|以上|以下|近く|前後|程度|ほど|分|銘柄|業種|社|件|年|月|日|時|倍|株|位|回|営業日|連|人|カ|か|兆|億|万|bp|ベーシス|-|〜|~|から|まで)"
)
_ABOUT: Final = re.compile(r"(?:約|およそ|ほぼ)\s?$")
_OTHER: Final = re.compile(
    r"一時|寄り付き|寄付|始値|高値|安値|前場|前引け|午前|中盤|取引時間中|年初来|月間|週間|前週比|前月"
    r"|前年|同期|先物|予想|目標|計画|修正|純利益|営業利益|経常|最終利益|売上|減益|増益|増収|減収|配当|出来高"
    r"|売買代金|寄与|押し上げ|押し下げ|上げ幅|下げ幅|ドル|ユーロ|時価総額|年間|今年|今週|今月|昨年|先週"
    r"|大台|節目|TOB|買い付け|出資|比率|利回り|関税|税率|構成"
)
_SUBJECT: Final = re.compile(r"([^\s、。()「」・]{1,20}?)(?:は|が|も)(?!じ|の|ち|り|ら|れ|ど|う)")
_OWN: Final = re.compile(
    r"終値|大引け|株価|株|指数|終わり値|引け値|同指数|$|それぞれ|とも|ともに|\d+日|きょう|本日"
)
_MOVED: Final = re.compile(rf"{_UP}|{_DOWN}|買われ|売られ")
_EACH: Final = re.compile(r"それぞれ|いずれも|そろって|ともに")
_CARRIES: Final = re.compile(r"^(?:この日の|\d+日の)?(?:終値|大引け|同?指数|引け値|終わり値)は")


def carries(sentence: str) -> bool:
    """Whether a sentence goes on about the index of the one before, as with 終値は."""
    return _CARRIES.match(sentence) is not None


def japanese_claims(
    sentence: str, places: Sequence[Mention], stated: str = "", subject: Mention | None = None
) -> list[Claim]:
    """What a sentence claims.

    Args:
        sentence: In half-width characters.
        places: The instruments that it names, in order.
        stated: The sentence as written.
        subject: The index that it goes on about where it names none before its figures.
    """
    every: list[Stated] = []
    starts = [place.start for place in places]
    if subject is not None and (not starts or starts[0] > 0):
        every.append(_scope(sentence, 0, starts[0] if starts else len(sentence), subject))
    for place, end in zip(places, (*starts[1:], len(sentence)), strict=False):
        every.append(_scope(sentence, place.end, end, place))
    if _EACH.search(sentence) and (last := _last_way(sentence)):
        for each in every:
            each.turn(last)
    return [claim for each in every for claim in each.claims(stated or sentence)]


def _scope(sentence: str, low: int, high: int, place: Mention) -> Stated:
    """What is stated between one name and the next."""
    stated = Stated([place])
    foreign = False
    begin = low
    while begin < high:
        comma = sentence.find("、", begin, high)
        end = high if comma < 0 else comma + 1
        clause = sentence[begin:end]
        other = _another_subject(clause, first=begin == low)
        if other and _MOVED.search(clause):
            foreign = True
        if not (foreign or other or _of_other_time(sentence, begin, end, place)):
            stated.figures += _figures(sentence, begin, end, place, low)
        begin = end
    return stated


def _of_other_time(sentence: str, begin: int, end: int, place: Mention) -> bool:
    found = _OTHER.search(sentence, begin, end)
    return found is not None and not (found[0] == "ドル" and place.symbol.endswith("=X"))


def _another_subject(clause: str, *, first: bool) -> bool:
    for found in _SUBJECT.finditer(clause):
        if first and found.start() == 0 and not found[1].strip():
            continue
        if not _OWN.search(found[1]):
            return True
    return False


def _figures(sentence: str, begin: int, end: int, place: Mention, name_end: int) -> list[Figure]:
    figures: list[Figure] = []
    at = begin
    while found := _FIGURE.search(sentence, at, end):
        at = found.end()
        figure = _figure(sentence, found, place, name_end)
        if figure is not None:
            figures.append(figure)
    return figures


def _figure(sentence: str, found: re.Match[str], place: Mention, name_end: int) -> Figure | None:
    size = _size(found)
    if _ROUGH_AFTER.match(sentence, found.end()):
        return None
    before = sentence[max(found.start() - 12, 0) : found.start()]
    if _ABOUT.search(before):
        size = rounded_off(size)
    sign = sign_of(found["sign"])
    way = _way_after(sentence, found.end())
    if sign and way and sign != way:
        return None
    if found["percent"] is not None:
        return Figure(Kind.PERCENT, size, sign or way)
    if found["points"] is not None and not place.index:
        return None
    if sign or way:
        if found["bare"] is not None and not (sign and "." in found["bare"]):
            return None
        return Figure(Kind.CHANGE, size, sign or way)
    if found["bare"] is not None and not ("." in found["bare"] or "," in found["bare"]):
        return None
    table = _TABLE.fullmatch(sentence, name_end, found.start())
    if table or (_LEVEL_BEFORE.search(before) and _LEVEL_AFTER.match(sentence, found.end())):
        return Figure(Kind.LEVEL, size)
    return None


def _way_after(sentence: str, at: int) -> int:
    for skipped in (_CLOSING_BRACKET, _BETWEEN):
        if found := skipped.match(sentence, at):
            at = found.end()
    found = _WAY.match(sentence, at)
    return 0 if found is None else 1 if found["up"] else -1


def _last_way(sentence: str) -> int:
    every = list(re.finditer(rf"(?P<up>{_UP})|(?P<down>{_DOWN})", sentence))
    return 0 if not every else 1 if every[-1]["up"] else -1


def _size(found: re.Match[str]) -> Decimal:
    plain = found["percent"] or found["points"] or found["bare"]
    if plain is not None:
        return size_of(plain)
    sen = found["sen"] or found["sen2"]
    yen = size_of(found["yen"] or found["yen2"] or "0")
    if found["man"] is not None:
        man = Decimal(found["man"])
        yen = man.scaleb(4) if found["yen"] is None and sen is None else man * 10000 + yen
    return yen + Decimal(int(sen)).scaleb(-2) if sen is not None else yen
