"""A commentary as catalysts and claims."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final, TypeAlias

from tui.market.cash_tags import CashTags, Linker, half_width, named_symbols
from tui.market.catalysts import OVERVIEW, Catalyst
from tui.market.commentary.dates import due_date, session_date
from tui.market.commentary.headings import is_section
from tui.market.commentary.items import Item
from tui.market.commentary.layout import Layout, lay_out
from tui.market.commentary.sentences import claims_of
from tui.market.linking.tags import MOST_SYMBOLS
from tui.market.notes import HEADLINE, MOST_CHARACTERS, TEXT, Problem
from tui.market.plaintext import plain
from tui.market.times import JST

Classify: TypeAlias = Callable[[str, str], tuple[str, str]]
"""Gives the kind of a headline and a text, and the rule that made it; both may be empty."""

_MOST_LINES: Final = 20_000
_FIELD: Final = re.compile(r"(date|source|日付|出所)\s*[:：]\s*(\S.*)", re.IGNORECASE)
_NOTE_FIELD: Final = re.compile(
    r"(?:[-*]\s+)?(?:kind\s*[:：]\s*[\w-]+|due\s*[:：]\s*\d{4}-\d{2}-\d{2}"
    r"|link\s*[:：]\s*https?://\S+)",
    re.IGNORECASE,
)
_NOTE_HEADING: Final = re.compile(r"#{2,6}\s+(?:(\d{1,2}:\d{2}(?:\s|$)|\d{4}-\d{2}-\d{2}).*|.*)")
_WRITTEN: Final = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})\s?JST\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commentary:
    """What a commentary holds.

    Attributes:
        title: Its title, or empty.
        session: The date in Tokyo that it writes about; None where it does not tell.
        overview: The commentary itself, with the claims of its body; None where it has neither
            body nor title.
        catalysts: One of each item of its section of catalysts, in order.
        problems: What could not be read.
    """

    title: str
    session: date | None
    overview: Catalyst | None
    catalysts: tuple[Catalyst, ...]
    problems: tuple[Problem, ...] = ()


def is_commentary(text: str) -> bool:
    """Whether a text is a commentary rather than notes in their own grammar.

    Notes are what has headings of entries, and either times of day in them, or fields of entries,
    or no section of catalysts; everything else is a commentary.
    """
    entries = section = False
    for line in text[:MOST_CHARACTERS].splitlines()[:_MOST_LINES]:
        bare = line.strip()[:200]
        if found := _NOTE_HEADING.fullmatch(bare):
            if found[1] or (entries and _NOTE_FIELD.fullmatch(bare)):
                return False
            if is_section(bare):
                section = True
            else:
                entries = True
        elif entries and _NOTE_FIELD.fullmatch(bare):
            return False
        elif not section and is_section(bare):
            section = True
    return section or not entries


def parse_commentary(
    text: str,
    *,
    name: str,
    session: date | None = None,
    today: date | None = None,
    linker: Linker | None = None,
    classify: Classify | None = None,
) -> Commentary:
    """Read a commentary; nothing in it makes this fail.

    Args:
        text: The file's text.
        name: What the catalysts' keys begin with: the same file, the same name.
        session: The session where the text names none.
        today: The date of reading, by which a date with a weekday and no year is understood.
        linker: Finds instruments; cash-tags alone without one.
        classify: Gives a catalyst its kind; it has none without.
    """
    problems = []
    if len(text) > MOST_CHARACTERS:
        told = f"longer than {MOST_CHARACTERS:,} characters; the rest is left out"
        problems.append(Problem(1, told))
        text = text[:MOST_CHARACTERS]
    raw = re.split(r"\r\n?|\n", text, maxsplit=_MOST_LINES)
    if len(raw) > _MOST_LINES:
        problems.append(Problem(_MOST_LINES, "more lines than can be read; the rest is left out"))
    lines = [(plain(line, TEXT), _indent(line)) for line in raw[:_MOST_LINES]]
    fields: dict[str, str] = {}
    layout = lay_out([line for line in lines if not _take_field(line[0], fields)])
    day = _session(layout, fields, today) or session
    return _Writer(
        plain(name, HEADLINE), day, fields.get("source", ""), linker or CashTags(), classify
    ).write(layout, problems)


class _Writer:
    """Makes catalysts of a layout."""

    def __init__(
        self,
        name: str,
        session: date | None,
        source: str,
        linker: Linker,
        classify: Classify | None,
    ) -> None:
        self._name = name
        self._session = session
        self._source = source
        self._linker = linker
        self._classify = classify
        self._keys: dict[str, int] = {}

    def write(self, layout: Layout, problems: Sequence[Problem]) -> Commentary:
        """All of it."""
        title = plain(layout.title, HEADLINE)
        made = [self._catalyst(item) for item in layout.items]
        return Commentary(
            title=title,
            session=self._session,
            overview=self._overview(title, layout),
            catalysts=tuple(each for each in made if each is not None),
            problems=tuple(problems),
        )

    def _overview(self, title: str, layout: Layout) -> Catalyst | None:
        body = "\n\n".join(layout.body)
        headline = title or plain(body, 120)
        if not headline:
            return None
        whole = f"{title}\n{body}"
        claims = claims_of(whole, self._linker, self._session)
        named = (*named_symbols(whole, self._linker), *(claim.symbol for claim in claims))
        return Catalyst(
            key=self._key(headline),
            headline=headline,
            text=plain(body, TEXT, lines=True),
            time=_written(layout.head, self._session),
            session=self._session,
            kind=OVERVIEW,
            symbols=tuple(dict.fromkeys(named))[:MOST_SYMBOLS],
            source=self._source,
            claims=claims,
        )

    def _catalyst(self, item: Item) -> Catalyst | None:
        headline = plain(item.title, HEADLINE)
        if not headline:
            return None
        text = plain(item.text, TEXT, lines=True)
        whole = f"{headline}\n{text}"
        kind, rule = self._classify(headline, text) if self._classify else ("", "")
        return Catalyst(
            key=self._key(headline),
            headline=headline,
            text=text,
            time=_instant(self._session, item.clock),
            session=self._session,
            kind=kind,
            rule=rule,
            symbols=named_symbols(whole, self._linker),
            source=self._source,
            link=item.link
            if re.fullmatch(r"https?://[^\s/@\\<>\"]+(?:[/?#]\S*)?", item.link)
            else "",
            due=due_date(half_width(whole), self._session),
            claims=claims_of(whole, self._linker, self._session),
        )

    def _key(self, headline: str) -> str:
        key = f"{self._name}:{self._session or ''}::{headline}"
        times = self._keys[key] = self._keys.get(key, 0) + 1
        return key if times == 1 else f"{key}#{times}"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t\u3000"))


def _take_field(line: str, fields: dict[str, str]) -> bool:
    """Whether a line is ``date:`` or ``source:``; each counts once."""
    found = _FIELD.fullmatch(line)
    if found is None:
        return False
    name = {"日付": "date", "出所": "source"}.get(found[1].lower(), found[1].lower())
    fields.setdefault(name, plain(found[2], 80))
    return True


def _session(layout: Layout, fields: dict[str, str], today: date | None) -> date | None:
    for text in (fields.get("date", ""), *layout.head, *layout.body[:2]):
        if day := session_date(half_width(text[:1_500]), today):
            return day
    return None


def _written(head: Sequence[str], session: date | None) -> datetime | None:
    """When it was written, where it says so in JST."""
    for line in head[:4]:
        found = _WRITTEN.search(half_width(line))
        if found and len(line) <= 120 and int(found[1]) < 24 and int(found[2]) < 60:
            return _instant(session, time(int(found[1]), int(found[2])))
    return None


def _instant(session: date | None, clock: time | None) -> datetime | None:
    if session is None or clock is None:
        return None
    try:
        return datetime.combine(session, clock, JST).astimezone(UTC)
    except OverflowError:
        return None
