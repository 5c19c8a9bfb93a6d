"""Dates in a text: the session that it writes about, and by when something falls due."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sep sept", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"

_DATE: Final = re.compile(
    r"(?<!\d)(?P<iso_y>\d{4})[-/.](?P<iso_m>\d{1,2})[-/.](?P<iso_d>\d{1,2})(?!\d)"
    r"|(?:(?P<ja_y>\d{4})年)?(?P<ja_m>\d{1,2})月(?P<ja_d>\d{1,2})日(?:\s?\((?P<ja_w>[月火水木金土日]))?"
    rf"|(?<!\d)(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[\s-](?P<m1>{_MONTH})"
    r"(?:,?[\s-](?P<y1>\d{4}))?(?!\d)"
    rf"|\b(?P<m2>{_MONTH})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:%.,]\d|%|\d)"
    r"(?:,?\s(?P<y2>\d{4}))?(?!\d)",
    re.IGNORECASE,
)
_WEEKDAY_BEFORE: Final = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s?(?:the\s)?$", re.IGNORECASE
)

_BEFORE_DATE = (
    r"(?:(?:the|a|at least|on|early as)\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?"
)
_UNTIL: Final = re.compile(
    r"\b(?:by|until|till|before|no later than|deadline(?: is| of| on| for \w+ is)?|due(?: on| by)?"
    r"|expir(?:es?|ing|y)(?: on)?"
    r"|(?:postpon|delay|extend|defer)(?:s|ed|es|ing)?(?: [\w%'’.-]+){0,12}? to"
    r"|extension(?: of \w+(?: \w+)?)? (?:to|until)"
    r"|deadline(?: \w+){0,5}? (?:on|now|at|to)|(?:on hold|paused?|suspended|frozen) (?:to|through)"
    r"|(?:lasts?|runs?|good|valid|holds?|expires?) (?:to|through)"
    r"|push(?:ed|es|ing)?(?: [\w%'’.-]+){0,12}? to"
    rf"|put(?:s|ting)?(?: [\w%'’.-]+){{0,12}}? off to)\s{_BEFORE_DATE}$",
    re.IGNORECASE,
)
_COMING: Final = re.compile(
    r"\b(?:(?:set|slated|scheduled|planned|pencilled in) (?:for|on)"
    r"|(?:takes?|comes?|goe?s?) (?:in(?:to)? )?(?:effect|force) (?:on|from)|effective(?: from| on)?"
    r"|(?:due|expected|scheduled|set|slated|begins?|starts?|meets?|reports?|votes?"
    r"|decides?)"
    r"(?: (?!from\b|since\b|after\b)[\w'’]+){0,6}? (?:on|by)"
    r"|(?:will|is to|are to|to be)(?: [\w'’-]+){1,6}? (?:on|by)"
    r"|(?:meets?|summit|talks|election|opens?|begins?|starts?)(?: [\w-]+){0,3}? (?:on|from))"
    rf"\s{_BEFORE_DATE}$",
    re.IGNORECASE,
)
"""Before a date on which something happens; unlike a deadline it may as well have passed."""
_AWAITING = (
    r"(?:await(?:s|ed|ing)?|ahead of|wait(?:s|ing)? for|(?:look(?:s|ed|ing)?|turn(?:s|ed|ing)?) to"
    r"|brac(?:es?|ed|ing) for|ey(?:es|ed|eing)|watch(?:es|ed|ing)? for|in the run-?up to"
    r"|(?:attention|focus|eyes)(?: [\w'’-]+){0,3}? (?:to|on))"
)
_AWAITED: Final = re.compile(
    rf"\b{_AWAITING}(?: (?!since\b|after\b|from\b|last\b)[\w'’.&-]+){{1,10}}?\s{_BEFORE_DATE}$",
    re.IGNORECASE,
)
"""Before a date that is waited for; the words between stand in one clause."""
_AWAITED_WEEKDAY: Final = re.compile(
    rf"\b{_AWAITING}(?: the)?(?: (?!last\b)[\w'’.&-]+){{0,10}}? (?:on |due |this |(?P<next>next ))?"
    r"(?P<day>mon|tues|wednes|thurs|fri)day\b(?!['’]s\s\w{0,6}(?:close|open|gain|loss|rally|rise|fall))",
    re.IGNORECASE,
)
_DEADLINE_AFTER: Final = re.compile(r"['’]?s?\s(?:deadline|expiry|cut-?off)", re.IGNORECASE)
_JAPANESE_AFTER: Final = re.compile(
    r"(?:\s?\([月火水木金土日](?:曜日?)?\))?\s?(?:まで|迄|に?期限|を期限|が期限|を?めど|に延期|へ延期|に先送り|に先延ばし)"
)
_JAPANESE_BEFORE: Final = re.compile(r"(?:期限|締め切り|締切)(?:は|の|:|が)?\s?$")
_MONTH_END: Final = re.compile(
    rf"\b(?:by|until|before|through) (?:the )?end[\s-](?:of )?(?P<m>{_MONTH})(?:\s(?P<y>\d{{4}}))?"
    r"|(?:(?P<ja_y>\d{4})年)?(?<!\d)(?P<ja_m>\d{1,2})月末まで",
    re.IGNORECASE,
)
_BY_WEEKDAY: Final = re.compile(
    r"\b(?:by|until|before|(?:due|scheduled|set|slated|expected)(?: [\w'’]+){0,5}? (?:on|for)"
    r"|due|deadline(?: is| of)?(?: on)?) (?:(?P<next>next )|this |coming )?"
    r"(?P<day>mon|tues|wednes|thurs|fri)day\b"
    r"(?!['’]s|\s\w{0,6}(?:close|open))",
    re.IGNORECASE,
)

_SOON: Final = timedelta(days=120)
"""How far ahead a date lies at most on which something is said to happen."""
_OVER: Final = timedelta(days=300)
"""A day of the year that lies further ahead than this is more likely one that has passed."""


def session_date(text: str, today: date | None = None) -> date | None:
    """The first date of a text that is not one on which something falls due.

    A date without a year counts only where its weekday stands with it, and the last such day up to
    today is meant.

    Args:
        text: In half-width characters: a title, a line, the first words.
        today: The date on which it is read.
    """
    for found in _DATE.finditer(text):
        if _falls_due(text, found):
            continue
        year, month, day = _parts(found)
        if year is not None:
            made = _made(year, month, day)
        else:
            made = _by_weekday(month, day, _weekday(text, found), today)
        if made is not None:
            return made
    return None


def due_date(text: str, session: date | None) -> date | None:
    """The first date in a text by which something is to happen.

    A date without a year is the next one after the session, unless that is most of a year away.

    Args:
        text: In half-width characters.
        session: The date that the text writes about; without it only whole dates are understood.
    """
    dues = sorted(_dues(text, session), key=lambda due: due[0])
    return dues[0][1] if dues else None


def _dues(text: str, session: date | None) -> Iterator[tuple[int, date]]:
    for found in _DATE.finditer(text):
        if _falls_due(text, found):
            year, month, day = _parts(found)
            if made := _next(year, month, day, session):
                yield found.start(), made
        elif session is not None and _is_coming(text, found.start()):
            made = _next(*_parts(found), session)
            if made is not None and timedelta() <= made - session <= _SOON:
                yield found.start(), made
    for found in _MONTH_END.finditer(text):
        if last := _end_of_month(found, session):
            yield found.start(), last
    if session is not None and session <= date.max - timedelta(days=14):
        for found in _BY_WEEKDAY.finditer(text):
            yield found.start(), session + timedelta(days=_days_ahead(found, session) or 7)
        for found in _AWAITED_WEEKDAY.finditer(text):
            # Who waits on a Monday for Monday's figures has them before the next.
            if ahead := _days_ahead(found, session):
                yield found.start(), session + timedelta(days=ahead)


def _is_coming(text: str, at: int) -> bool:
    first = max(at - 90, 0)
    return bool(_COMING.search(text, first, at) or _AWAITED.search(text, first, at))


def _days_ahead(found: re.Match[str], session: date) -> int:
    day = _WEEKDAYS.index(found["day"][:3].lower())
    # Next Friday is that of the next week, whatever day it is.
    return 7 - session.weekday() + day if found["next"] else (day - session.weekday()) % 7


def _end_of_month(found: re.Match[str], session: date | None) -> date | None:
    month = int(found["ja_m"]) if found["ja_m"] else _month(found["m"])
    given = found["ja_y"] or found["y"]
    year = int(given) if given else session.year if session else None
    if year is None or not (1 <= month <= 12 and 1 <= year < 9999):
        return None
    if not given and session and month < session.month:
        year += 1
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last if given or session is None or last - session <= _OVER else None


def _falls_due(text: str, found: re.Match[str]) -> bool:
    before = text[max(found.start() - 90, 0) : found.start()]
    return bool(
        _UNTIL.search(before)
        or _JAPANESE_BEFORE.search(before)
        or _DEADLINE_AFTER.match(text, found.end())
        or _JAPANESE_AFTER.match(text, found.end())
    )


def _parts(found: re.Match[str]) -> tuple[int | None, int, int]:
    year = found["iso_y"] or found["ja_y"] or found["y1"] or found["y2"]
    month = found["iso_m"] or found["ja_m"]
    day = found["iso_d"] or found["ja_d"] or found["d1"] or found["d2"]
    number = int(month) if month else _month(found["m1"] or found["m2"])
    return int(year) if year else None, number, int(day)


def _month(name: str) -> int:
    return _MONTHS.get(name.lower().rstrip("."), 0)


def _weekday(text: str, found: re.Match[str]) -> int | None:
    if found["ja_w"]:
        return "月火水木金土日".index(found["ja_w"])
    before = _WEEKDAY_BEFORE.search(text, max(found.start() - 14, 0), found.start())
    return _WEEKDAYS.index(before[1].lower()) if before else None


def _by_weekday(month: int, day: int, weekday: int | None, today: date | None) -> date | None:
    if weekday is None or today is None:
        return None
    for year in range(today.year, max(today.year - 7, 0), -1):
        made = _made(year, month, day)
        if made is not None and made <= today and made.weekday() == weekday:
            return made
    return None


def _next(year: int | None, month: int, day: int, session: date | None) -> date | None:
    if year is not None:
        return _made(year, month, day)
    if session is None:
        return None
    for candidate in (session.year, session.year + 1):
        made = _made(candidate, month, day)
        if made is not None and made >= session:
            return made if made - session <= _OVER else None
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
