"""What somebody says by hand of a catalyst, over what its sources say."""

from dataclasses import dataclass, replace

from tui.market.catalysts import Catalyst


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What is said by hand of one catalyst; None stands for what its sources say.

    Attributes:
        kind: Its kind, one word, or empty for none.
        symbols: The instruments it concerns, in the program's own form; empty for none.
    """

    kind: str | None = None
    symbols: tuple[str, ...] | None = None


def amended(catalyst: Catalyst, amendment: Amendment) -> Catalyst:
    """A catalyst as somebody would have it; no rule stands for a kind that was given by hand."""
    if amendment.kind is not None:
        catalyst = replace(catalyst, kind=amendment.kind, rule="")
    if amendment.symbols is not None:
        catalyst = replace(catalyst, symbols=amendment.symbols)
    return catalyst
