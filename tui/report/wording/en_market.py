"""Sentences about the market as a whole; each is empty where its figures are missing."""

from collections.abc import Iterator
from math import isfinite

from tui.market.pricing import format_level, format_rate, format_yen
from tui.market.times import JST
from tui.report.indices import IndexReport
from tui.report.wording.direction import way
from tui.report.wording.en_words import day, listed, nth, sentences, share, size, streak, the, upper
from tui.report.wrap import Stage, Wrap
from tui.report.wrap_names import Mover


def at(wrap: Wrap) -> str:
    """``at the close``, ``at 10:30``."""
    match wrap.stage:
        case Stage.CLOSED:
            return "at the close"
        case Stage.BREAK:
            return "at the midday break"
        case Stage.BEFORE:
            return "before the open"
        case Stage.TRADING:
            return f"at {wrap.told_at.astimezone(JST):%H:%M}"


def title(wrap: Wrap) -> str:
    """The headline: the first index whose level is known."""
    closed = wrap.stage is Stage.CLOSED
    known = [index for index in wrap.summary.indices if isfinite(index.last)]
    if wrap.stage is Stage.BEFORE or not known:
        return f"Tokyo {at(wrap)}, {day(wrap.summary.session)}"
    index, level = known[0], format_level(known[0].last)
    match way(index.change):
        case "":
            told = f"at {level}"
        case "unchanged":
            told = f"unchanged at {level}"
        case direction:
            told = f"{direction} {size(index.change)} to {level}"
    if not closed:
        return f"{index.name} {told} {at(wrap)}"
    count = streak(index)
    row = f", {nth(count)} {'rise' if count > 0 else 'fall'} in a row" if abs(count) > 1 else ""
    return f"{index.name} {told}{row}"


def where(wrap: Wrap) -> str:
    """Place, day and time."""
    moment = wrap.told_at.astimezone(JST)
    told = day(wrap.summary.session)
    if moment.date() != wrap.summary.session:
        return f"Tokyo, {told}, {at(wrap)}; told on {day(moment.date())}, {moment:%H:%M} JST."
    if wrap.stage is Stage.TRADING:
        return f"Tokyo, {told}, {at(wrap)} JST."
    return f"Tokyo, {told}, {at(wrap)} ({moment:%H:%M} JST)."


def before_open(wrap: Wrap) -> str:
    """What is known before the first trade."""
    known = [index for index in wrap.summary.indices if isfinite(index.base)]
    levels = [f"{the(index)} at {format_level(index.base)}" for index in known]
    last = f"The session before ended with {listed(levels)}." if levels else ""
    nikkei, implied = wrap.nikkei, ""
    if isfinite(nikkei.estimate):
        implied = (
            f"Indicative prices of {nikkei.estimate_coverage} of its {len(wrap.summary.members)} "
            f"names imply a Nikkei 225 of {format_level(nikkei.estimate)}."
        )
    return sentences(last, *_rows_before(wrap), implied, yen(wrap))


def levels(wrap: Wrap) -> Iterator[str]:
    """Both indices, a sentence each."""
    lead = "" if wrap.stage is Stage.CLOSED else f"{upper(at(wrap))} "
    for index in wrap.summary.indices:
        if isfinite(index.last):
            yield upper(f"{lead}{the(index)} {_moved(index, closed=_over(wrap))}.")
            lead = ""


def _over(wrap: Wrap) -> bool:
    return wrap.stage is Stage.CLOSED


def _moved(index: IndexReport, *, closed: bool) -> str:
    level = format_level(index.last)
    moved = f"{size(index.change)} points"
    if isfinite(index.percent):
        moved += f", or {share(index.percent)},"
    match way(index.change):
        case "":
            return f"{'closed' if closed else 'stood'} at {level}"
        case "unchanged":
            return f"{'closed' if closed else 'was'} unchanged at {level}"
        case direction if closed:
            return f"{'rose' if direction == 'up' else 'fell'} {moved} to close at {level}"
        case direction:
            return f"was {direction} {moved} at {level}"


def rows(wrap: Wrap) -> Iterator[str]:
    """How many sessions in a row, from the second on."""
    counts = {the(index): streak(index) for index in wrap.summary.indices}
    for subject, count in _together(counts):
        if _over(wrap):
            verb = "rose" if count > 0 else "fell"
            yield f"{subject} {verb} for the {nth(count)} session in a row."
        else:
            be, noun = "were" if subject == "Both" else "was", "rise" if count > 0 else "fall"
            yield f"{subject} {be} on course for a {nth(count)} {noun} in a row."


def _rows_before(wrap: Wrap) -> Iterator[str]:
    counts = {the(index): wrap.before.get(index.symbol, 0) for index in wrap.summary.indices}
    for subject, count in _together(counts):
        verb = "risen" if count > 0 else "fallen"
        yield f"{subject} had {verb} for the {nth(count)} session in a row."


def _together(counts: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Who has been moving one way for how long, both at once where it is the same."""
    known = {name: count for name, count in counts.items() if abs(count) > 1}
    if len(known) > 1 and len(set(known.values())) == 1:
        yield "Both", next(iter(known.values()))
    else:
        yield from ((upper(name), count) for name, count in known.items())


def span(wrap: Wrap) -> str:
    """Open, high and low of the Nikkei 225, at the close and where they are real."""
    index = wrap.nikkei
    told = (index.open, index.low, index.high, index.last)
    if not _over(wrap) or index.modelled or not all(map(isfinite, told)):
        return ""
    opened, low, high, _ = map(format_level, told)
    name = the(index)
    if index.last >= index.high > index.low:
        return f"Having opened at {opened} and been as low as {low}, {name} ended at its high."
    if index.last <= index.low < index.high:
        return f"Having opened at {opened} and been as high as {high}, {name} ended at its low."
    return f"{upper(name)} opened at {opened} and moved between {low} and {high}."


def ratio(wrap: Wrap) -> str:
    """Nikkei 225 ÷ TOPIX."""
    told = wrap.summary.nt_ratio
    return f"The NT ratio was {told:.2f}." if isfinite(told) else ""


def yen(wrap: Wrap) -> str:
    """The dollar in yen."""
    told = wrap.yen
    if told is None:
        return ""
    text = f"The dollar stood at {format_rate(told.last)} yen"
    if not isfinite(told.change):
        return f"{text}."
    moved = format_rate(abs(told.change))
    if not float(moved):
        return f"{text}, unchanged."
    return f"{text}, {moved} {'more' if told.change > 0 else 'less'} than at the close before."


def breadth(wrap: Wrap) -> str:
    """How many names rose and fell."""
    told = wrap.summary.breadth
    if told.missing == told.total:
        return ""
    were = "was" if told.unchanged == 1 else "were"
    missing = f"; {told.missing} had no price" if told.missing else ""
    return (
        f"Of the {told.total} names in the Nikkei 225, {told.up} rose, {told.down} fell and "
        f"{told.unchanged} {were} unchanged{missing}."
    )


def turnover(wrap: Wrap) -> str:
    """What changed hands, and in how many names."""
    told = wrap.summary
    if not isfinite(told.turnover):
        return ""
    names = "name" if told.turnover_names == 1 else "names"
    money = format_yen(told.turnover)
    return f"Turnover came to {money}, counted over {told.turnover_names} {names}."


def limits(wrap: Wrap) -> str:
    """Names at a price limit, or that none is."""
    verb = "ended" if _over(wrap) else "stood"

    def side(movers: tuple[Mover, ...], word: str) -> str:
        names = listed([mover.name for mover in movers])
        return f"{names} {verb} at the {word} limit" if names else ""

    told = [side(wrap.limit_up, "upper"), side(wrap.limit_down, "lower")]
    if any(told):
        return f"{', and '.join(filter(None, told))}."
    if not wrap.limits_known:
        return ""
    complete = wrap.limits_known == wrap.summary.breadth.total
    whom = "" if complete else f" of the {wrap.limits_known} with a price"
    return f"No name{whom} {verb} at a price limit."
