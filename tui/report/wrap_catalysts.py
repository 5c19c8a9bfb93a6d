"""What moved the day, and what its names did."""

from dataclasses import dataclass
from typing import Final

from tui.market.attribution import Together
from tui.market.catalysts import Catalyst
from tui.report.attribution import AttributionReport, selected
from tui.report.impact import Impact, ImpactReport
from tui.report.wrap_names import Mover, Names

_MOST_CATALYSTS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalystMoves:
    """A catalyst with the day of its names.

    Attributes:
        catalyst: As its source told it.
        impact: What its names did since, as the screen has it.
        movers: Its names that are on the board.
        together: Their points to the Nikkei 225.
    """

    catalyst: Catalyst
    impact: Impact
    movers: tuple[Mover, ...]
    together: Together


def catalyst_moves(
    report: ImpactReport, names: Names, attribution: AttributionReport
) -> tuple[CatalystMoves, ...]:
    """The session's catalysts, in the order of their report, but for those of no known day."""
    dated = [
        each
        for each in report.impacts
        if each.catalyst.time is not None or each.catalyst.session is not None
    ]
    return tuple(
        CatalystMoves(
            catalyst=each.catalyst,
            impact=each,
            movers=names.of(each.catalyst.symbols),
            together=selected(attribution.nikkei, each.catalyst.symbols),
        )
        for each in dated[:_MOST_CATALYSTS]
    )
