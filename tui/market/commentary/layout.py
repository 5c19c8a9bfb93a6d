"""The layout of a commentary: title, body, and the items of its section of catalysts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tui.market.commentary.bullets import bulleted, cells, is_row, is_separators
from tui.market.commentary.headings import is_ending, is_section, turns_away
from tui.market.commentary.items import Item, parted, read_item, unmarked
from tui.market.commentary.runs import unrolled

MOST_ITEMS: Final = 200

_HEADING: Final = re.compile(r"(#{1,6})\s*(\S.*?)\s*#*")
_BOLD_LINE: Final = re.compile(r"(?:\*\*|__)([^*_]{1,120})(?:\*\*|__)\s*[:：]?")
_RULE: Final = re.compile(r"[-=*_~\s]{3,}")
_TERMINAL: Final = re.compile(r"[.!?。;；,、][\"”’)」]?$")
_SHORT: Final = 64
_MARKED: Final = re.compile(r"[^.。:：—–]{2,64}?(?:\s[—–-]{1,2}\s|[:：]\s)")
"""A title that ends in a dash or a colon."""


@dataclass(slots=True)
class Layout:
    """What a commentary consists of.

    Attributes:
        title: Its title; empty where it has none.
        body: Its paragraphs outside the section of catalysts.
        items: The items of that section.
        sectioned: Whether it has such a section.
        head: The first lines, in which its date stands.
    """

    title: str = ""
    body: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    sectioned: bool = False
    head: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    indent: int
    after_blank: bool
    before_blank: bool
    before_list: bool
    table_head: bool = False


@dataclass(slots=True)
class _Draft:
    """An item being read."""

    lines: list[str]
    title_line: str = ""

    def item(self, width: int) -> Item:
        if self.title_line:
            return read_item(" ".join(self.lines), self.title_line)
        first, *rest = self.lines
        if rest and (_is_title(first) or _broken_off(self.lines, width)):
            return read_item(joined(rest), first)
        return read_item(joined(self.lines))

    @property
    def bare(self) -> bool:
        """Whether there is no explanation yet."""
        if self.title_line:
            return not self.lines
        return len(self.lines) == 1 and not parted(unmarked(self.lines[0]))[1].strip()


def lay_out(lines: Sequence[tuple[str, int]]) -> Layout:
    """Read the layout.

    Args:
        lines: Each line, safe to show, with the number of blanks that it began with.
    """
    return _Reader().read(
        list(_lines(unrolled([(_unquoted(text), indent) for text, indent in lines])))
    )


def joined(lines: Sequence[str]) -> str:
    """Lines of one paragraph, without a blank where Japanese meets Japanese."""
    out: list[str] = []
    for line in filter(None, lines):
        if out and not (ord(out[-1][-1]) >= 0x3000 and ord(line[0]) >= 0x3000):
            out.append(" ")
        out.append(line)
    return "".join(out)


def _lines(lines: Sequence[tuple[str, int]]) -> Iterator[_Line]:
    last = len(lines) - 1
    for place, (text, indent) in enumerate(lines):
        if not text or (_RULE.fullmatch(text) and len(text) > 2) or is_separators(text):
            continue
        yield _Line(
            text,
            indent,
            after_blank=place == 0 or not lines[place - 1][0],
            before_blank=place == last or not lines[place + 1][0],
            before_list=place < last and bulleted(lines[place + 1][0]) is not None,
            table_head=place < last and is_row(text) and is_separators(lines[place + 1][0]),
        )


def _unquoted(line: str) -> str:
    """A line without the mark of a quotation, as of a message that is passed on."""
    return line.removeprefix(">").strip() if line.startswith(">") else line


def _broken_off(lines: Sequence[str], width: int) -> bool:
    """Whether the first line is a title with a colon in it, which ends before it is full.

    A paragraph that is wrapped breaks a line only where the next word has no room.

    Args:
        lines: The item's.
        width: Of the longest line of the whole text.
    """
    first, following = unmarked(lines[0]), unmarked(lines[1])
    if not following or following[0].islower() or len(first) > _SHORT or _TERMINAL.search(first):
        return False
    return len(first) + 1 + len(following.split()[0]) <= width


def _is_title(line: str) -> bool:
    plain = unmarked(line)
    return len(plain) <= _SHORT and not _TERMINAL.search(plain) and not parted(plain)[1].strip()


class _Reader:
    """Reads line after line."""

    def __init__(self) -> None:
        self._made = Layout()
        self._paragraph: list[str] = []
        self._in_section = False
        self._level = 0
        self._width = 0
        self._bulleted: int | None = None
        self._draft: _Draft | None = None
        self._drafts: list[_Draft] = []

    def read(self, lines: Sequence[_Line]) -> Layout:
        """Every line, and what they make."""
        self._width = max((len(line.text) for line in lines), default=0)
        for place, line in enumerate(lines):
            if place < 12:
                self._made.head.append(line.text)
            self._read(line)
        self._close()
        self._made.items = [draft.item(self._width) for draft in self._drafts[:MOST_ITEMS]]
        return self._made

    def _read(self, line: _Line) -> None:
        heading = _heading(line)
        if heading is not None:
            level, text = heading
            self._heading(level, text)
        elif self._plain_heading(line):
            return
        elif self._in_section:
            self._entry(line)
        elif not self._made.title and not self._made.body and not self._paragraph and _titled(line):
            self._made.title = unmarked(line.text)
        else:
            self._body(line)

    def _heading(self, level: int, text: str) -> None:
        self._close()
        if is_section(text):
            self._begin(level)
        elif (
            self._in_section
            and not is_ending(text)
            and (level > self._level or (level == self._level == _BOLD and self._bulleted is None))
        ):
            self._start(_Draft([], unmarked(_numberless(text))))
        else:
            self._in_section = False
            if not self._made.title and (level != _BOLD or not self._begun()):
                self._made.title = unmarked(text)
            else:
                self._made.body.append(unmarked(text))

    def _begun(self) -> bool:
        """Whether anything stands above."""
        return bool(self._made.body or self._drafts or self._made.sectioned)

    def _plain_heading(self, line: _Line) -> bool:
        """A heading without any sign of one: a short line by itself."""
        text = line.text
        alone = line.after_blank or line.before_list
        if not alone or len(text) > 80 or (len(text) > _SHORT and _TERMINAL.search(text)):
            return False
        if is_section(text) and (line.before_list or not text[0].islower()):
            self._close()
            self._begin(_PLAIN)
            return True
        if self._in_section and is_ending(text):
            self._close()
            self._in_section = False
            self._made.body.append(text)
            return True
        return False

    def _begin(self, level: int) -> None:
        self._in_section, self._made.sectioned = True, True
        self._level, self._bulleted = level, None

    def _start(self, draft: _Draft) -> None:
        self._draft = draft
        if len(self._drafts) < MOST_ITEMS:
            self._drafts.append(draft)

    def _entry(self, line: _Line) -> None:
        draft = self._draft
        bullet = bulleted(line.text)
        if is_row(line.text):
            self._row(line)
        elif bullet is not None:
            if draft is not None and (
                (draft.title_line and self._bulleted is None)
                or (self._bulleted is not None and line.indent > self._bulleted + 1)
            ):
                draft.lines.append(bullet)
                return
            if self._bulleted is None:
                self._bulleted = line.indent
            self._start(_Draft([bullet]))
        elif draft is None or self._on_its_own_line(draft, line):
            self._start(_Draft([line.text]))
        elif not line.after_blank or draft.bare or (self._bulleted is not None and line.indent > 0):
            draft.lines.append(line.text)
        elif draft.title_line:
            if self._level in (_PLAIN, _BOLD) and _is_title(line.text):
                self._start(_Draft([line.text]))
            else:
                draft.lines.append(line.text)
        elif (
            self._bulleted is not None
            or turns_away(line.text)
            or (_is_title(line.text) and line.before_blank and not self._title_lines())
        ):
            self._close()
            self._in_section = False
            self._body(line)
        else:
            self._start(_Draft([line.text]))

    def _on_its_own_line(self, draft: _Draft, line: _Line) -> bool:
        """Whether a line without a bullet is an item by itself, and so was the one above it."""
        if self._bulleted is not None or draft.title_line or line.indent or line.after_blank:
            return False
        above, text = draft.lines[-1], unmarked(line.text)
        title, rest = parted(text)
        return (
            bool(rest.strip())
            and len(title) <= _SHORT
            and not title[:1].islower()
            and _TERMINAL.search(above) is not None
            and not draft.bare
            and (
                len(above) + 1 + len(text.split()[0]) <= self._width
                or bool(_MARKED.match(text) and _MARKED.match(unmarked(draft.lines[0])))
            )
        )

    def _row(self, line: _Line) -> None:
        """A row of a table: its first cell is the title."""
        title, *rest = cells(line.text) or [""]
        if title and rest and not line.table_head:
            self._start(_Draft([" | ".join(rest)], title))

    def _title_lines(self) -> bool:
        """Whether the items so far have their titles on lines of their own."""
        return all(draft.title_line or _is_title(draft.lines[0]) for draft in self._drafts)

    def _body(self, line: _Line) -> None:
        apart = bulleted(line.text) is not None or line.text.startswith("|")
        if line.after_blank or apart:
            self._flush()
        self._paragraph.append(line.text)
        if apart and line.text.startswith("|"):
            self._flush()

    def _flush(self) -> None:
        if self._paragraph:
            self._made.body.append(unmarked(joined(self._paragraph)))
            self._paragraph = []

    def _close(self) -> None:
        self._flush()
        self._draft = None


_BOLD: Final = 7
"""The level of a heading that is a bold line."""
_PLAIN: Final = 8
"""The level of a heading that is a line by itself."""


def _heading(line: _Line) -> tuple[int, str] | None:
    if found := _HEADING.fullmatch(line.text):
        return len(found[1]), found[2]
    if found := _BOLD_LINE.fullmatch(line.text):
        return _BOLD, found[1]
    return None


def _numberless(text: str) -> str:
    return re.sub(r"^\(?\d{1,2}[.)．、]\s*", "", text)


def _titled(line: _Line) -> bool:
    return len(line.text) <= 160 and not _TERMINAL.search(line.text)
