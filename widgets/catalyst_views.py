"""What the catalysts' pane reads: catalysts, moves without one, and what falls due."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalystView:
    """One catalyst; every text is ready to print.

    Attributes:
        key: Its identity.
        when: When it was published: ``09:14``, ``pre-open``, or empty.
        kind: ``policy``, ``deal``, …; may be empty.
        headline: One line of text.
        detail: What it did: names and figures; may be empty.
        tone: A tone for the detail.
        symbols_count: How many instruments it concerns; 0 is not shown.
        warning: What is doubtful about it, on a line of its own; may be empty.
        marked: Whether it stands out, as one that concerns what is selected elsewhere.
    """

    key: str
    when: str = ""
    kind: str = ""
    headline: str
    detail: str = ""
    tone: str = ""
    symbols_count: int = 0
    warning: str = ""
    marked: bool = False


class Catalysts(Protocol):
    """What the pane reads: catalysts in an order, each formatted when it comes into view."""

    @property
    def keys(self) -> Sequence[str]:
        """The identity of each."""
        ...

    def view(self, place: int) -> CatalystView:
        """The one at a place."""
        ...

    def lines(self, place: int) -> int:
        """How few lines the one at a place may take."""
        ...

    def same_as(self, earlier: object) -> bool:
        """Whether these look as earlier ones did."""
        ...


class ReadyCatalysts:
    """Catalysts that are formatted already."""

    def __init__(self, views: Sequence[CatalystView] = ()) -> None:
        self.views = tuple(views)
        self.keys = tuple(view.key for view in self.views)

    def view(self, place: int) -> CatalystView:
        """The one at a place."""
        return self.views[place]

    def lines(self, place: int) -> int:
        """How few lines the one at a place may take."""
        view = self.views[place]
        return 1 + bool(view.detail) + bool(view.warning)

    def same_as(self, earlier: object) -> bool:
        """Whether these are equal to earlier ones."""
        return isinstance(earlier, ReadyCatalysts) and self.views == earlier.views


@dataclass(frozen=True, slots=True, kw_only=True)
class DueView:
    """Something that falls due.

    Attributes:
        when: Its date: ``9 Jul``.
        headline: What it is.
        left: How far off it is: ``in 3 days``; may be empty.
        brief: The same where there is little room: ``3d``; may be empty.
        outcome: What became of it; may be empty.
        passed: Whether it is over.
        label: What it begins with; ``due``, or ``was`` where it is over, unless given.
    """

    when: str
    headline: str
    left: str = ""
    brief: str = ""
    outcome: str = ""
    passed: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnexplainedView:
    """A name that moved without a catalyst.

    Attributes:
        key: Its identity.
        name: Who.
        move: By how much.
        note: What makes it stand out; may be empty.
        tone: A tone for the move.
        label: What the line begins with.
    """

    key: str
    name: str
    move: str
    note: str = ""
    tone: str = ""
    label: str = "no news"
