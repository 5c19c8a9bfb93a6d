"""The figures that a text states of one or several instruments, while its sentence is read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from tui.market.claims import Claim
from tui.market.commentary.mentions import Mention

_MOST_TEXT = 400


class Kind(Enum):
    """What a figure tells."""

    LEVEL = "level"
    CHANGE = "change"
    PERCENT = "percent"


@dataclass(slots=True)
class Figure:
    """One figure; a change has a sign of 0 as long as nothing tells whether it rose or fell."""

    kind: Kind
    size: Decimal
    sign: int = 1

    @property
    def value(self) -> Decimal | None:
        """The figure with its sign; None where that is not known."""
        return self.size * self.sign if self.sign else None


@dataclass(slots=True)
class Stated:
    """What is stated of the instruments of one subject.

    Attributes:
        members: The instruments: several in *Toyota and Honda rose 1.2% and 0.8%*.
        figures: In the order of the sentence.
        each: Whether one figure is said to hold for each of them.
    """

    members: list[Mention]
    figures: list[Figure] = field(default_factory=list)
    each: bool = False

    def pending(self) -> list[Figure]:
        """Figures of which it is not known yet whether they rose or fell."""
        return [figure for figure in self.figures if not figure.sign]

    def turn(self, sign: int) -> None:
        """Learn which way the pending ones went."""
        for figure in self.pending():
            figure.sign = sign

    def claims(self, text: str) -> Iterator[Claim]:
        """One claim for each instrument of which something is known."""
        columns = {kind: self._column(kind) for kind in Kind}
        for place, member in enumerate(self.members):
            level, change, percent = (columns[kind][place] for kind in Kind)
            if level is None and change is None and percent is None:
                continue
            yield Claim(
                symbol=member.symbol,
                as_written=member.as_written,
                level=level,
                change=change,
                percent=percent,
                text=text if len(text) <= _MOST_TEXT else f"{text[: _MOST_TEXT - 1]}…",
            )

    def _column(self, kind: Kind) -> list[Decimal | None]:
        """The figure of one kind of each member; blank where it is not clear whose it is."""
        told = [figure.value for figure in self.figures if figure.kind is kind]
        count = len(self.members)
        if count == 1:
            return [told[0] if told else None]
        if len(told) == count:
            return told
        if len(told) == 1 and self.each and kind is Kind.PERCENT:
            return told * count
        return [None] * count


def rounded_off(size: Decimal) -> Decimal:
    """A figure that is said to be about so much: its closing zeros state nothing."""
    return size.normalize() if size else size
