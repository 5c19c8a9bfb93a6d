"""Notes in Markdown: what may have moved the market, written by hand.

The grammar::

    # Any title of the whole file
    date: 2025-05-26                     the session that the entries belong to
    source: Trading desk                 what entries say unless they say otherwise

    ## 14:05 A headline                  level 2 to 6; the time of day in JST may be left out,
    ## 2025-05-26T14:05+09:00 Another    or be a date, or an ISO time (JST without an offset)

    Text with cash-tags: $6501.T, $^N225, $JPY=X, $SONY.
    due: 2025-07-09                      a line of its own, in any order and case; so are
    kind: policy                         one word
    link: https://example.com/story
    source: Somebody

Lines of one paragraph are joined; an empty line, or a list, breaks the text. A line of nothing but
cash-tags names symbols and is not shown. Anything that cannot be read is told with its line and
left out; the rest of the entry stands.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from tui.market.catalysts import Catalyst
from tui.market.linking.tags import TAG, cash_tags
from tui.market.plaintext import plain
from tui.market.times import JST

MOST_CHARACTERS = 1024 * 1024
MOST_ENTRIES = 2_000
MOST_PROBLEMS = 100
HEADLINE = 300
TEXT = 8_000
_SOURCE = 80
_LINK = 2_000

_HEADING = re.compile(r"(#{1,6})(?:\s+(.*))?")
_FIELD = re.compile(r"(?:[-*]\s+)?(date|due|kind|link|source)\s*[:：]\s*(.*)", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?:\s*JST)?(?=\s|$)\s*", re.IGNORECASE)
_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)\s?(Z|[+-]\d{2}:?\d{2})?)?(?=\s|$)\s*"
)
_LIST = re.compile(r"(?:[-*+•・]|\d{1,3}[.)])\s*\S")
_ONLY_TAGS = re.compile(r"[\s,、;]*")
_KIND = re.compile(r"[^\W_][\w-]{0,31}")
_WEB = re.compile(r"https?://[^\s/@\\<>\"]+(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of notes that cannot be read.

    Attributes:
        line: Its number, from 1.
        text: What is wrong, in a clause.
    """

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Notes:
    """What a file of notes holds.

    Attributes:
        catalysts: The entries, in the order of the file.
        problems: What could not be read.
    """

    catalysts: tuple[Catalyst, ...]
    problems: tuple[Problem, ...]


def parse_notes(text: str, *, name: str, session: date | None = None) -> Notes:
    """Read notes; nothing in them makes this fail.

    Args:
        text: The file's text.
        name: What the entries' keys begin with: the same file, the same name. A key is made of
            it, of the entry's date and time, and of its headline.
        session: The session that the entries belong to where the text has no ``date:``.
    """
    reader = _Reader(plain(name, HEADLINE), session)
    if len(text) > MOST_CHARACTERS:
        reader.problem(1, f"longer than {MOST_CHARACTERS:,} characters; the rest is left out")
        text = text[:MOST_CHARACTERS]
    for number, line in enumerate(re.split(r"\r\n?|\n", text), 1):
        if not reader.read(number, plain(line, TEXT)):
            break
    return reader.finish()


@dataclass(slots=True)
class _Entry:
    """An entry being read."""

    headline: str
    clock: time | None = None
    moment: datetime | None = None
    session: date | None = None
    kind: str = ""
    source: str = ""
    link: str = ""
    due: date | None = None
    line: int = 0
    size: int = 0
    lines: list[str] = field(default_factory=list)


class _Reader:
    """Reads line after line.

    Args:
        name: What keys begin with.
        session: The session of entries that name none.
    """

    def __init__(self, name: str, session: date | None) -> None:
        self._name = name
        self._whole = _Entry("", session=session)
        self._entry: _Entry | None = None
        self._catalysts: list[Catalyst] = []
        self._problems: list[Problem] = []
        self._keys: dict[str, int] = {}

    def problem(self, line: int, text: str) -> None:
        """Tell of a line that cannot be read."""
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(Problem(line, text))

    def read(self, number: int, line: str) -> bool:
        """Read a line; False where no more can be taken."""
        heading = _HEADING.fullmatch(line)
        if heading and len(heading[1]) == 1:
            self._close()
            return True
        if heading:
            self._close()
            if len(self._catalysts) >= MOST_ENTRIES:
                self.problem(number, f"more than {MOST_ENTRIES:,} entries; the rest is left out")
                return False
            self._open(number, _unclosed(heading[2] or ""))
            return True
        entry = self._entry or self._whole
        if found := _FIELD.fullmatch(line):
            self._field(number, entry, found[1].lower(), found[2].strip())
        elif self._entry is not None:
            self._text(number, self._entry, line)
        return True

    def finish(self) -> Notes:
        """Close the last entry."""
        self._close()
        return Notes(tuple(self._catalysts), tuple(self._problems))

    def _open(self, number: int, heading: str) -> None:
        entry = _Entry("", line=number)
        headline = heading
        if iso := _ISO.match(heading):
            headline = heading[iso.end() :]
            try:
                if iso[2] is None:
                    entry.session = date.fromisoformat(iso[1])
                else:
                    entry.moment = _instant(iso[1], iso[2], iso[3])
                    entry.session = entry.moment.astimezone(JST).date()
            except (ValueError, OverflowError):
                self.problem(number, f"“{iso[0].strip()}” is not a date or time")
                headline = heading
        elif clock := _CLOCK.match(heading):
            try:
                entry.clock = time(int(clock[1]), int(clock[2]))
                headline = heading[clock.end() :]
            except ValueError:
                self.problem(number, f"“{clock[0].strip()}” is not a time of day")
        entry.headline = plain(headline, HEADLINE)
        if not entry.headline:
            self.problem(number, "an entry without a headline is left out")
        self._entry = entry

    def _text(self, number: int, entry: _Entry, line: str) -> None:
        room = TEXT - entry.size
        entry.size += len(line) + 1
        if len(line) <= room:
            entry.lines.append(line)
        elif room >= 0:
            self.problem(number, f"more than {TEXT:,} characters of text; the rest is left out")

    def _field(self, number: int, entry: _Entry, name: str, value: str) -> None:
        match name:
            case "date" | "due":
                try:
                    day = date.fromisoformat(value)
                except ValueError:
                    self.problem(number, f"“{plain(value, 40)}” is not a date such as 2025-07-09")
                    return
                if name == "date":
                    entry.session = day
                else:
                    entry.due = day
            case "kind":
                if _KIND.fullmatch(value):
                    entry.kind = value.lower()
                else:
                    self.problem(number, f"“{plain(value, 40)}” is not one word")
            case "link":
                if len(value) <= _LINK and _WEB.fullmatch(value):
                    entry.link = value
                else:
                    self.problem(number, "a link must be an http or https address")
            case _:
                entry.source = plain(value, _SOURCE)

    def _close(self) -> None:
        entry, self._entry = self._entry, None
        if entry is None or not entry.headline:
            return
        whole = self._whole
        session = entry.session or whole.session
        moment = entry.moment
        if entry.clock is not None:
            moment = self._at(entry, session)
        text, tags = _body(entry.lines)
        key = f"{self._name}:{session or ''}:{_mark(moment)}:{entry.headline}"
        times = self._keys[key] = self._keys.get(key, 0) + 1
        self._catalysts.append(
            Catalyst(
                key=key if times == 1 else f"{key}#{times}",
                headline=entry.headline,
                text=text,
                time=moment,
                session=session,
                kind=entry.kind or whole.kind,
                symbols=cash_tags(f"{entry.headline}\n{tags}"),
                source=entry.source or whole.source,
                link=entry.link,
                due=entry.due,
            )
        )

    def _at(self, entry: _Entry, session: date | None) -> datetime | None:
        """The time of day of an entry on its session."""
        if session is None:
            self.problem(entry.line, "a time of day needs a “date:” line; the time is left out")
            return None
        try:
            return datetime.combine(session, entry.clock or time(), JST).astimezone(UTC)
        except OverflowError:
            self.problem(entry.line, "the time is before the year 1; it is left out")
            return None


def _unclosed(heading: str) -> str:
    """A heading without the number signs that may close it."""
    bare = heading.rstrip("#")
    return bare.rstrip() if not bare or bare.endswith(" ") else heading


def _instant(day: str, clock: str, offset: str | None) -> datetime:
    moment = datetime.fromisoformat(f"{day}T{clock}{offset or '+09:00'}")
    return moment.astimezone(UTC)


def _mark(moment: datetime | None) -> str:
    return f"{moment:%H%M}" if moment else ""


def _body(lines: Sequence[str]) -> tuple[str, str]:
    """The text of an entry as shown, and all of it for its cash-tags."""
    out: list[str] = []
    joining = False
    for line in lines:
        if not line:
            out.append("")
            joining = False
        elif TAG.search(line) and _ONLY_TAGS.fullmatch(TAG.sub("", line)):
            joining = False
        elif joining and not _LIST.match(line):
            out[-1] += _seam(out[-1], line) + line
        else:
            out.append(line)
            joining = True
    return plain("\n".join(out), TEXT, lines=True), "\n".join(lines)


def _seam(left: str, right: str) -> str:
    """What joins two lines: nothing between two that meet in Japanese, else a space."""
    return "" if ord(left[-1]) >= _KANA_AND_ON and ord(right[0]) >= _KANA_AND_ON else " "


_KANA_AND_ON = 0x3000
