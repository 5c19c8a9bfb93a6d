"""What files tell of catalysts, for machines and for paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from tui.market.cash_tags import Linker
from tui.market.catalysts import Catalyst
from tui.market.documents import Document, symbols_as_written
from tui.market.pricing import format_level, format_percent, format_points
from tui.market.times import JST
from tui.report.claims import CheckedClaim, Verdict
from tui.report.numbers import difference, number
from tui.report.width import fit

_VERDICTS = {Verdict.AGREES: True, Verdict.DISAGREES: False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file and what it holds.

    Attributes:
        name: As given on the command line.
        document: What it holds.
        checked: Its claims beside the market's figures.
    """

    name: str
    document: Document
    checked: tuple[CheckedClaim, ...]


def documents_json(found: Sequence[Found], linker: Linker, remarks: Sequence[str] = ()) -> bytes:
    """Everything as one JSON document; docs/json.md describes it. What is unknown is null."""
    symbols = {
        (each.symbol, each.as_written): {"symbol": each.symbol, "as_written": each.as_written}
        for one in found
        for each in symbols_as_written(one.document, linker)
    }
    document: dict[str, Any] = {
        "documents": [
            {
                "file": one.name,
                "form": one.document.form,
                "title": one.document.title,
                "session": _day(one.document.session),
                "problems": [str(problem) for problem in one.document.problems],
            }
            for one in found
        ],
        "catalysts": [_catalyst(each) for one in found for each in one.document.catalysts],
        "claims": [_claim(each) for one in found for each in one.checked],
        "symbols": list(symbols.values()),
        "remarks": list(remarks),
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2)


def documents_text(found: Sequence[Found], linker: Linker, remarks: Sequence[str] = ()) -> str:
    """Everything as plain lines."""
    lines: list[str] = []
    for one in found:
        lines += [*_lines(one, linker), ""]
    lines += [f"note: {remark}" for remark in remarks]
    return "\n".join(lines).rstrip() + "\n"


def _catalyst(catalyst: Catalyst) -> dict[str, Any]:
    return {
        "time": catalyst.time.astimezone(JST).isoformat() if catalyst.time else None,
        "title": catalyst.headline,
        "text": catalyst.text,
        "kind": catalyst.kind,
        "rule": catalyst.rule,
        "symbols": list(catalyst.symbols),
        "source": catalyst.source,
        "link": catalyst.link,
        "due": _day(catalyst.due),
    }


def _claim(checked: CheckedClaim) -> dict[str, Any]:
    claim = checked.claim
    market = None
    if checked.verdict is not Verdict.UNKNOWN:
        market = {
            "level": number(checked.level),
            "change": difference(checked.change),
            "percent": number(checked.percent),
        }
    return {
        "symbol": claim.symbol,
        "as_written": claim.as_written,
        "level": _figure(claim.level),
        "change": _figure(claim.change),
        "percent": _figure(claim.percent),
        "text": claim.text,
        "market": market,
        "agrees": _VERDICTS.get(checked.verdict),
        "disagrees": list(checked.disagrees),
    }


def _figure(stated: Decimal | None) -> float | int | None:
    return None if stated is None else number(float(stated))


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _lines(one: Found, linker: Linker) -> Iterator[str]:
    document = one.document
    head = (document.title or one.name, document.form, _day(document.session) or "no date")
    yield " · ".join(head)
    yield f"Catalysts · {len(document.catalysts)}"
    for each in document.catalysts:
        facts = (
            each.kind,
            _moment(each.time, document.session),
            f"due {each.due}" if each.due else "",
            " ".join(each.symbols),
        )
        told = "  ".join(fact for fact in facts if fact)
        yield f"  {each.headline}" + (f"  [{told}]" if told else "")
        if each.text:
            yield f"    {' '.join(each.text.split())}"
    yield f"Claims · {len(one.checked)}"
    if one.checked:
        yield f"  {'Symbol':<9}{'Level':>12}{'Change':>10}{'Chg%':>9}  Market"
    for checked in one.checked:
        claim = checked.claim
        yield (
            f"  {fit(claim.symbol, 9)}{_stated(claim.level):>12}"
            f"{_stated(claim.change, '+'):>10}{_stated(claim.percent, '+', '%'):>9}"
            f"  {_verdict(checked)}"
        )
    named = symbols_as_written(document, linker)
    yield f"Symbols · {len({place.symbol for place in named})}"
    for place in named:
        yield f"  {fit(place.symbol, 9)}  {place.as_written}"
    for problem in document.problems:
        yield f"note: {problem}"


def _moment(moment: datetime | None, session: date | None) -> str:
    """The time of day, after its date where that is not the file's own."""
    if moment is None:
        return ""
    local = moment.astimezone(JST)
    return f"{local:%H:%M}" if local.date() == session else f"{local:%Y-%m-%d %H:%M}"


def _verdict(checked: CheckedClaim) -> str:
    if checked.verdict is Verdict.UNKNOWN:
        return "not known"
    claim = checked.claim
    parts = (
        _level(checked) if claim.level is not None else "",
        format_points(checked.change) if claim.change is not None else "",
        format_percent(checked.percent) if claim.percent is not None else "",
    )
    told = "  ".join(part for part in parts if part)
    if checked.verdict is Verdict.DISAGREES:
        return f"≠ {told} (differs in {', '.join(checked.disagrees)})"
    return f"= {told}" if checked.verdict is Verdict.AGREES else told


def _level(checked: CheckedClaim) -> str:
    level = format_level(checked.level)
    return level if checked.claim.symbol.startswith("^") else level.removesuffix(".00")


def _stated(figure: Decimal | None, sign: str = "", unit: str = "") -> str:
    return "" if figure is None else f"{figure:{sign},f}{unit}".replace("-", "−")
