"""The text of one TOML array of symbols, edited in place.

Whoever keeps a list by hand lays it out by hand: one symbol a line with a word on each, or ten in
a row under a heading. So the text is cut into its values and what stands between them, and an
edit touches no more than the values it is about. A comment behind a symbol that has a line to
itself is about that symbol: it moves with it and goes with it. Every other comment stays.
"""

import re
from dataclasses import dataclass

from tui.errors import WatchlistError

_TOKEN = re.compile(
    r"""(?P<value>
          \"\"\"(?:[^\\]|\\.)*?\"{3,5} | '''.*?'{3,5}
        | \"(?:[^"\\\n]|\\.)*\" | '[^'\n]*'
        | [+\-\w]+)
      | (?P<comment>\#[^\n]*)
      | (?P<comma>,)
      | (?P<blank>[ \t\r\n]+)""",
    re.VERBOSE | re.DOTALL,
)
_INDENT = "    "


@dataclass(slots=True)
class _Entry:
    """One value with what stands around it.

    Attributes:
        lead: What stands before it: line ends, indentation, comments on lines of their own.
        value: The value as written.
        comma: Whether a comma follows.
        note: The comment behind it on the same line, with the space before.
    """

    lead: str
    value: str
    comma: bool = False
    note: str = ""

    @property
    def breaks(self) -> bool:
        """Whether the value begins a line."""
        return "\n" in self.lead


class ArrayText:
    """An array of symbols as text.

    A comma that stands on a line after its value is drawn up to it; all else is kept as it is.

    Args:
        text: The array with its brackets; valid TOML.

    Raises:
        WatchlistError: It holds something else than strings and whole numbers.
    """

    def __init__(self, text: str) -> None:
        self._entries: list[_Entry] = []
        between = ""
        position, end = 1, len(text) - 1
        while position < end:
            token = _TOKEN.match(text, position, end)
            if token is None:
                raise WatchlistError(
                    "an array holds something that is not a symbol",
                    remedy='Write symbols in quotation marks, as in ["7203", "285A"].',
                )
            position = token.end()
            last = self._entries[-1] if self._entries else None
            if token.lastgroup == "value":
                self._entries.append(_Entry(between, token[0]))
                between = ""
            elif token.lastgroup == "comma" and last is not None:
                last.comma = True
                between = between.rstrip(" \t") if "\n" not in between else between
            elif token.lastgroup == "comment" and last and not last.note and "\n" not in between:
                last.note, between = between + token[0], ""
            else:
                between += token[0]
        self._tail = between

    def __str__(self) -> str:
        parts = ["["]
        for entry in self._entries:
            parts += [entry.lead, entry.value, "," if entry.comma else "", entry.note]
        return "".join((*parts, self._tail, "]"))

    def append(self, symbol: str) -> None:
        """Add a symbol behind the last, laid out as that one is."""
        if not self._entries:
            self._append_first(quoted(symbol))
            return
        last = self._entries[-1]
        if last.breaks:
            lead = "\n" + last.lead.rpartition("\n")[2]
        elif last.note:
            lead = "\n" + self._indent()
        else:
            lead = last.lead if len(self._entries) > 1 else " "
        self._entries.append(_Entry(lead, quoted(symbol), comma=last.comma))
        last.comma = True

    def _append_first(self, value: str) -> None:
        above, line, closing = self._tail.rpartition("\n")
        if not line:
            self._entries.append(_Entry("", value))
            self._tail = ""
            return
        self._entries.append(_Entry(f"{above}\n{closing}{_INDENT}", value, comma=True))
        self._tail = f"\n{closing}"

    def _indent(self) -> str:
        leads = [entry.lead for entry in self._entries if entry.breaks]
        return leads[-1].rpartition("\n")[2] if leads else _INDENT

    def delete(self, index: int) -> None:
        """Take a value out; if it has a line to itself, the line goes too."""
        alone = self._alone(index)
        gone = self._entries.pop(index)
        if alone:
            # Comments above the line stay, each on the line it has.
            self._set_after(index, gone.lead.rpartition("\n")[0] + self._after(index))
        elif gone.breaks or index == 0:
            # What follows on the line, a value or the bracket, begins the line now.
            self._set_after(index, gone.lead)
        elif gone.note:
            self._entries[index - 1].note = gone.note
        if index == len(self._entries) and index:
            self._entries[-1].comma = gone.comma

    def swap(self, one: int, other: int) -> None:
        """Let two values change places; a comment behind each on a line of its own follows it."""
        first, second = self._entries[one], self._entries[other]
        first.value, second.value = second.value, first.value
        if self._alone(one) and self._alone(other):
            first.note, second.note = second.note, first.note

    def _alone(self, index: int) -> bool:
        """Whether a value has a line to itself."""
        return (index == 0 or self._entries[index].breaks) and "\n" in self._after(index + 1)

    def _after(self, index: int) -> str:
        """What stands before the value at an index, or before the bracket after the last."""
        return self._entries[index].lead if index < len(self._entries) else self._tail

    def _set_after(self, index: int, text: str) -> None:
        if index < len(self._entries):
            self._entries[index].lead = text
        else:
            self._tail = text


def quoted(text: str) -> str:
    """A printable text as a TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
