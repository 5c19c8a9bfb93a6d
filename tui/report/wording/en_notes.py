"""What has to be said about the figures, in English."""

from collections.abc import Iterator
from math import isfinite

from tui.market.pricing import format_points
from tui.market.times import JST
from tui.market.topix import Basis
from tui.report.wording.en_words import day, listed, sentences, short_day
from tui.report.wrap import Stage, Wrap


def notes(wrap: Wrap) -> str:
    """Source, model, estimates, and what is missing."""
    return sentences(*_source(wrap), *_nikkei(wrap), *_topix(wrap), *_remarks(wrap))


def _source(wrap: Wrap) -> Iterator[str]:
    feed = wrap.feed
    if feed is None or not feed.source:
        return
    match feed.state:
        case "REPLAY":
            yield f"Replayed from the recorded session of {day(wrap.summary.session)}."
        case "SYNTHETIC":
            yield f"The prices are invented by the source “{feed.source}”; this is no market."
        case "LIVE":
            yield f"Prices are live, from “{feed.source}”."
        case _:
            yield f"Prices are from “{feed.source}”: {feed.words.lower()}."
    newest = feed.data_time
    if feed.state == "STALE" and newest is not None:
        told = newest.astimezone(JST)
        yield f"The newest price is of {told:%H:%M} on {short_day(told.date(), wrap.told_at)}."
    if wrap.modelled:
        yield "The path inside the day is modelled: these are not prices at which it traded."
    elif feed.note and feed.state not in {"REPLAY", "SYNTHETIC"}:
        yield f"The source says: {feed.note}."
    if feed.trouble:
        yield f"The source has trouble: {feed.trouble}."


def _nikkei(wrap: Wrap) -> Iterator[str]:
    summary = wrap.summary
    if summary.missing_table:
        yield f"Points are missing: {summary.missing_table}."
        return
    contribution = summary.contribution
    coverage = contribution.coverage
    if wrap.stage is not Stage.BEFORE and isfinite(contribution.sum):
        known = coverage.observed + coverage.derived
        names = f"all {known}" if coverage.complete else f"{known} of {coverage.total}"
        yield (
            f"The points of {names} names to the Nikkei 225 add up to "
            f"{format_points(contribution.sum)}."
        )
        if contribution.show_residual:
            yield f"They leave {format_points(contribution.residual)} unexplained."
    if wrap.derived:
        names = listed([_coded(mover.name, mover.code) for mover in wrap.derived])
        was = "is" if len(wrap.derived) == 1 else "are"
        whose = "its" if len(wrap.derived) == 1 else "their"
        yield f"{names} {was} derived: {whose} price is solved from other figures, not observed."
    if wrap.attribution.nikkei.derived:
        yield "The factors or the divisor of that date are partly derived, not all published."


def _coded(name: str, code: str) -> str:
    return f"{name} ({code})" if code else name


def _topix(wrap: Wrap) -> Iterator[str]:
    topix = wrap.attribution.topix
    if topix.basis is Basis.NONE or topix.vintage is None or wrap.stage is Stage.BEFORE:
        return
    if not topix.covered_share > 0:
        return
    when = short_day(topix.vintage, wrap.summary.session)
    later = ", a later day," if topix.vintage >= wrap.summary.session else ""
    used = {
        Basis.CARRIED: " carried by price to the close before",
        Basis.PARTLY_CARRIED: " carried by price to the close before where prices allow",
        Basis.AS_PUBLISHED: " used as published",
    }.get(topix.basis, "")
    rest = format_points(topix.rest)
    tail = f"; the rest, {rest}, stands by itself" if rest and topix.show_rest else ""
    verb = "are estimates that" if topix.estimate else ""
    yield (
        f"Points to the TOPIX {f'{verb} ' if verb else ''}rest on weights of {when}{later}{used} "
        f"and cover {topix.covered_share * 100:.2f}% of the index{tail}."
    )


def _remarks(wrap: Wrap) -> Iterator[str]:
    if wrap.baskets and wrap.stage is not Stage.BEFORE:
        yield "Returns of baskets and sectors are weighted as in the TOPIX; baskets may overlap."
    for remark in wrap.remarks:
        yield f"{remark[:1].upper()}{remark[1:].rstrip('.')}."
