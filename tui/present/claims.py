"""Claims as the story and the pane tell them: stated, and the market's figure beside."""

import math
from datetime import datetime
from decimal import Decimal

from tui.market.catalysts import Catalyst
from tui.market.market import Market
from tui.market.pricing import format_level, format_percent, format_points, format_price
from tui.report.claims import CheckedClaim, Verdict, check_claims, disagreeing

_WORDS = {"level": "the level", "change": "the change", "percent": "the percentage"}


def mark(market: Market, catalyst: Catalyst, now: datetime) -> str:
    """What the pane says of a catalyst whose text and the market disagree; empty else."""
    if not catalyst.claims:
        return ""
    count = disagreeing(market, catalyst, now)
    if not count:
        return ""
    claims = "1 claim differs" if count == 1 else f"{count} claims differ"
    return f"≠ {claims} from the market"


def claim_lines(
    market: Market, catalyst: Catalyst, language: str, now: datetime
) -> list[tuple[str, str]]:
    """A title, and then a line for each claim with its tone; nothing where there is no claim."""
    checked = check_claims(market, catalyst.claims, catalyst.session, now)
    if not checked:
        return []
    title = ("\nStated in the text, and the market", "muted")
    return [title, *(_line(market, each, language) for each in checked)]


def _line(market: Market, checked: CheckedClaim, language: str) -> tuple[str, str]:
    claim = checked.claim
    instrument = market.universe.get(claim.symbol)
    name = claim.symbol
    if instrument is not None:
        name = instrument.name_ja if language == "ja" else instrument.name
    stated = "  ".join(
        part
        for part in (
            _stated(claim.level),
            _stated(claim.change, signed=True),
            f"{_stated(claim.percent, signed=True)}%" if claim.percent is not None else "",
        )
        if part
    )
    figures = [
        _level(claim.symbol, checked, market) if claim.level is not None else "",
        _points(checked) if claim.change is not None else "",
        format_percent(checked.percent) if claim.percent is not None else "",
    ]
    told = "  ".join(figure for figure in figures if figure)
    derived = " (derived)" if checked.derived and told else ""
    text = f"{name}  {stated}  ·  market {told or 'no quote'}{derived}"
    if checked.verdict is Verdict.DISAGREES:
        wrong = " and ".join(_WORDS[each] for each in checked.disagrees)
        return f"{text}  ·  ≠ text and market disagree on {wrong}", "warn"
    if checked.verdict is Verdict.OPEN:
        return f"{text} so far  ·  judged at the close", "muted"
    if checked.verdict is Verdict.UNKNOWN:
        return f"{text}  ·  cannot be checked", "muted"
    return f"{text}  ·  = agrees", ""


def _stated(figure: Decimal | None, *, signed: bool = False) -> str:
    """A figure with the places it is stated with."""
    if figure is None:
        return ""
    exponent = figure.as_tuple().exponent
    about = "about " if isinstance(exponent, int) and exponent > 0 else ""
    return f"{about}{figure:{'+' if signed else ''},f}".replace("-", "−")


def _level(symbol: str, checked: CheckedClaim, market: Market) -> str:
    if not math.isfinite(checked.level):
        return ""
    instrument = market.universe.get(symbol)
    if symbol.startswith("^") or instrument is None:
        return format_level(checked.level)
    return format_price(checked.level, instrument.currency, fine=instrument.topix500)


def _points(checked: CheckedClaim) -> str:
    return format_points(checked.change) if math.isfinite(checked.change) else ""
