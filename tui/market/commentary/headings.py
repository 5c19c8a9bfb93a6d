"""The words of headings: what begins a section of catalysts, and what ends one."""

import re
from typing import Final

from tui.market.cash_tags import half_width

_WHICH: Final = (
    r"(?:the|our|some|today['’]?s|day['’]?s|this|these|key|main|major|market|top|other|principal"
    r"|important|notable|primary|big|biggest|news|upcoming|potential|session['’]?s)\s"
)
_WHOSE: Final = (
    r"(?:\s(?:today|of the day|of the session|in focus|this week|(?:driving|behind|for|to|moving"
    r"|in play)\b[^.!?。]{0,50}))?"
)
_CATALYSTS: Final = re.compile(
    rf"(?:\d{{1,2}}[.)]\s*)?(?:{_WHICH}){{0,4}}"
    r"(?:catalysts?|drivers)(?:\s(?:and|&)\s\w+)?(?:\s[^.!?。]{0,60})?"
    rf"|(?:\d{{1,2}}[.)]\s*)?(?:{_WHICH}){{1,4}}"
    rf"(?:factors?|themes?|developments|triggers|headlines|stories|reasons){_WHOSE}"
    r"|(?:factors|reasons|themes|news)\s(?:driving|behind)\b[^.!?。]{0,50}"
    r"|what(?:\s(?:has\s|is\s)?|\s?['’]s\s)(?:moved|moving|drove|driving|driven|mattered|lifted"
    r"|lifting|pushed|pushing|behind)\b[^.。]{0,40}"
    r"|(?:why|behind)\s(?:the\s|tokyo\s|japan(?:ese)?\s|nikkei\s|stocks?\s|shares\s|market\s){1,3}"
    r"(?:move[ds]?|rose|fell|rally|rallied|slid|slide|gain(?:s|ed)?|sell-?off|drop(?:ped)?)"
    r"[^.。]{0,20}"
    r"|(?:key|market)[\s-]movers? (?:and|&) catalysts"
    r"|(?:(?:主な|主要|きょうの|今日の|本日の|重要な?|相場の?|市場の|個別の?|当日の)\s?){0,2}"
    r"(?:注目の?|好悪|変動)?(?:材料|カタリスト|変動要因|要因|相場材料)(?:一覧|まとめ)?",
    re.IGNORECASE,
)
_ENDING: Final = re.compile(
    r"(?:the\s)?(?:market\s)?(?:outlook|looking ahead|what(?:['’]?s| is) next|what to watch"
    r"|calendar|week ahead|the day ahead|technicals?|key levels|levels|movers|gainers|losers"
    r"|sectors?|summary|conclusion|bottom line|disclaimer"
    r"|disclosures?|sources?|about|risks?|currencies|fx|bonds|commodities|elsewhere|notes?"
    r"|今後の(?:予定|焦点|見通し)|見通し|予定|展望|まとめ|免責(?:事項)?|出所|個別銘柄|業種別|為替|明日の.{0,10})"
    r"(?:\s[^.。]{0,30})?",
    re.IGNORECASE,
)
_CLOSING_WORDS: Final = re.compile(
    r"(?:looking ahead|elsewhere|overall|in (?:sum|short|summary|conclusion)|to sum up"
    r"|bottom line|going forward|next up|coming up|outlook|disclaimer|notes?|sources?"
    r"|今後は|今後の焦点は|なお|まとめると|総じて)\s?[,:、]"
    r"|(?:this|the above) (?:note|commentary|text|report|article|summary) (?:is|was)\b",
    re.IGNORECASE,
)
_AROUND: Final = re.compile(r"^[^\w]+|[^\w]+$")


def is_section(text: str) -> bool:
    """Whether a heading is that of a section of catalysts."""
    half = half_width(text)
    if half.rstrip("*_ ").endswith((".", "。", "!")):
        return False
    bare = _AROUND.sub("", half)
    return len(bare) <= 80 and _CATALYSTS.fullmatch(bare) is not None


def is_ending(text: str) -> bool:
    """Whether a heading is that of something that comes after the catalysts."""
    return _ENDING.fullmatch(_AROUND.sub("", text)) is not None


def turns_away(paragraph: str) -> bool:
    """Whether a paragraph by its first words is about the whole again, or about the text."""
    return _CLOSING_WORDS.match(half_width(_AROUND.sub("", paragraph))) is not None
