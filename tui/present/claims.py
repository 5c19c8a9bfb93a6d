"""Claims as the story and the pane tell them: stated, and the market's figure beside."""

import math
from datetime import datetime
from decimal import Decimal

from tui.market.catalysts import Catalyst
from tui.market.market import Market
from tui.market.pricing import format_level, format_percent, format_points, format_price
from tui.report.claims import CheckedClaim, Verdict, check_claims, disagreeing

_WORDS = {"level": "the level", "change": "the change", "percent": "the percentage"}
_WORDS_JA = {"level": "水準", "change": "値幅", "percent": "騰落率"}


def mark(market: Market, catalyst: Catalyst, now: datetime, language: str = "en") -> str:
    """What the pane says of a catalyst whose text and the market disagree; empty else."""
    if not catalyst.claims:
        return ""
    count = disagreeing(market, catalyst, now)
    if not count:
        return ""
    if language == "ja":
        return f"≠ 市場の値と異なる記述 {count}件"
    claims = "1 claim differs" if count == 1 else f"{count} claims differ"
    return f"≠ {claims} from the market"


def claim_lines(
    market: Market, catalyst: Catalyst, language: str, now: datetime
) -> list[tuple[str, str]]:
    """A title, and then a line for each claim with its tone; nothing where there is no claim."""
    checked = check_claims(market, catalyst.claims, catalyst.session, now)
    if not checked:
        return []
    title = "文中の記述と市場の値" if language == "ja" else "Stated in the text, and the market"
    return [(f"\n{title}", "muted"), *(_line(market, each, language) for each in checked)]


def _line(market: Market, checked: CheckedClaim, language: str) -> tuple[str, str]:
    claim = checked.claim
    japanese = language == "ja"
    instrument = market.universe.get(claim.symbol)
    name = claim.symbol
    if instrument is not None:
        name = instrument.name_ja if japanese else instrument.name
    stated = "  ".join(
        part
        for part in (
            _stated(claim.level, language),
            _stated(claim.change, language, signed=True),
            f"{_stated(claim.percent, language, signed=True)}%"
            if claim.percent is not None
            else "",
        )
        if part
    )
    figures = [
        _level(claim.symbol, checked, market) if claim.level is not None else "",
        _points(checked) if claim.change is not None else "",
        format_percent(checked.percent) if claim.percent is not None else "",
    ]
    told = "  ".join(figure for figure in figures if figure)
    if japanese:
        text = f"{name}  {stated}  ·  市場 {told or '値なし'}"
        return _judged_ja(f"{text}{'（算出）' if checked.derived and told else ''}", checked)
    text = f"{name}  {stated}  ·  market {told or 'no quote'}"
    return _judged(f"{text}{' (derived)' if checked.derived and told else ''}", checked)


def _judged(text: str, checked: CheckedClaim) -> tuple[str, str]:
    if checked.verdict is Verdict.DISAGREES:
        wrong = " and ".join(_WORDS[each] for each in checked.disagrees)
        return f"{text}  ·  ≠ text and market disagree on {wrong}", "warn"
    if checked.verdict is Verdict.OPEN:
        return f"{text} so far  ·  judged at the close", "muted"
    if checked.verdict is Verdict.UNKNOWN:
        return f"{text}  ·  cannot be checked", "muted"
    return f"{text}  ·  = agrees", ""


def _judged_ja(text: str, checked: CheckedClaim) -> tuple[str, str]:
    if checked.verdict is Verdict.DISAGREES:
        wrong = "・".join(_WORDS_JA[each] for each in checked.disagrees)
        return f"{text}  ·  ≠ {wrong}が異なる", "warn"
    if checked.verdict is Verdict.OPEN:
        return f"{text}（現時点）  ·  引け後に照合", "muted"
    if checked.verdict is Verdict.UNKNOWN:
        return f"{text}  ·  照合できず", "muted"
    return f"{text}  ·  = 一致", ""


def _stated(figure: Decimal | None, language: str, *, signed: bool = False) -> str:
    """A figure with the places it is stated with."""
    if figure is None:
        return ""
    exponent = figure.as_tuple().exponent
    about = ""
    if isinstance(exponent, int) and exponent > 0:
        about = "約" if language == "ja" else "about "
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
