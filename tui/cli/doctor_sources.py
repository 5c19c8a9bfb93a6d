"""The part of ``zaraba doctor`` about the sources in use: their keys, and whether they answer."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tui.cli.finding import Finding
from tui.cli.once import once
from tui.config import Config, Sources
from tui.errors import ConfigError, ProviderError
from tui.feed.clock import SystemClock
from tui.feed.sources import DEFAULT_QUOTES
from tui.feed.wording import error_words
from tui.market.times import JST
from tui.providers import registry
from tui.providers.budget import Budgets
from tui.providers.contracts import Host, InstrumentLookup, Role
from tui.secrets import place_of, read_key, variable

PATIENCE = 10.0
"""Seconds that a source is given to answer; all of them are asked at once."""
_SPARE = 2.0
_PROBE = "7203"


@dataclass(frozen=True, slots=True)
class _Used:
    role: Role
    name: str

    def __str__(self) -> str:
        return f"{self.role.value}: {self.name}"


def source_findings(config: Config, sources: Sources, *, online: bool) -> Iterator[Finding]:
    """Each source in use: whether its keys are there and, where asked for, whether it answers.

    Args:
        config: The configuration, for the sources' settings.
        sources: Which source fills which role.
        online: Whether to ask the sources, which takes `PATIENCE` seconds at most.
    """
    used = [each for each in _used(sources) if each.name in registry.names(each.role)]
    answers = _answers(used, config) if online else {}
    for each in used:
        try:
            keys = registry.load(each.role, each.name).about.keys
        except ProviderError:
            continue  # told among the installed ones
        places = {key: place_of(key) for key in keys}
        for key in (key for key, place in places.items() if not place):
            yield Finding(
                "bad",
                f"{each}: the key “{key}” is missing",
                f"zaraba keys set {key}, or set {variable(key)} in the environment.",
            )
        told = "".join(f", key “{key}” in the {place}" for key, place in places.items() if place)
        answer = answers.get(each)
        if answer is not None:
            yield Finding(answer.mark, f"{each}{told}: {answer.text}", answer.remedy)
        elif all(places.values()):
            yield Finding("ok", f"{each}{told}: in use")
    if not online:
        yield Finding("ok", "not asked whether they answer; zaraba doctor --online asks them")


def _used(sources: Sources) -> list[_Used]:
    quotes = sources.quote_names or (DEFAULT_QUOTES,)
    one = ((Role.HISTORY, sources.history), (Role.SEARCH, sources.search))
    return [
        *(_Used(Role.QUOTES, name) for name in quotes),
        *(_Used(Role.NEWS, name) for name in dict.fromkeys(sources.news)),
        *(_Used(role, name) for role, name in one if name),
        *(_Used(Role.CALENDAR, name) for name in sources.calendars),
    ]


def _answers(used: Sequence[_Used], config: Config) -> dict[_Used, Finding]:
    """What each source answers; one that blocks its thread is left behind in it."""
    from tui.market.universe import Universe

    today = datetime.now(UTC).astimezone(JST).date()
    universe, budgets = Universe(session=today), Budgets()
    answers: dict[_Used, Finding] = {}

    async def ask_all() -> None:
        await asyncio.gather(*(ask(each) for each in used))

    async def ask(each: _Used) -> None:
        remarks: list[str] = []
        host = _host(config, each.name, universe, remarks, budgets)
        try:
            async with asyncio.timeout(PATIENCE):
                told = await _probe(each, host)
        except TimeoutError:
            answers[each] = _silent()
        except (ProviderError, ConfigError) as error:
            answers[each] = Finding("bad", f"does not answer: {once(str(error))}", "")
        except Exception as error:  # noqa: BLE001 - a stranger's code, whatever it raises
            answers[each] = Finding("bad", f"failed: {error_words(error)}", "Tell its author.")
        else:
            answers[each] = Finding("ok", f"answers ({told})")

    thread = threading.Thread(target=lambda: asyncio.run(ask_all()), daemon=True)
    thread.start()
    thread.join(PATIENCE + _SPARE)
    return {each: answers.get(each) or _silent() for each in used}


def _silent() -> Finding:
    return Finding(
        "bad", f"no answer for {PATIENCE:g} s", "Check the network, or try again in a minute."
    )


def _host(
    config: Config,
    name: str,
    instruments: InstrumentLookup,
    remarks: list[str],
    budgets: Budgets,
) -> Host:
    return Host(
        clock=SystemClock(),
        instruments=instruments,
        settings=config.providers.get(name, {}),
        secret=read_key,
        remark=remarks.append,
        budgets=budgets,
    )


async def _probe(each: _Used, host: Host) -> str:
    """Ask a source something small; what came, in words."""
    today = host.clock.now().astimezone(JST).date()
    match each.role:
        case Role.QUOTES:
            quotes = registry.load(Role.QUOTES, each.name)(host)
            try:
                await anext(aiter(quotes.stream((f"{_PROBE}.T",))))
                return "quotes"
            finally:
                await quotes.close()
        case Role.NEWS:
            news = registry.load(Role.NEWS, each.name)(host)
            try:
                return f"{len(await anext(aiter(news.stream()))):,} catalysts"
            finally:
                await news.close()
        case Role.HISTORY:
            history = registry.load(Role.HISTORY, each.name)(host)
            try:
                await history.daily(f"{_PROBE}.T", today - timedelta(days=14), today)
                return "daily bars"
            finally:
                await history.close()
        case Role.SEARCH:
            search = registry.load(Role.SEARCH, each.name)(host)
            try:
                return f"{len(await search.search(_PROBE, 1)):,} found"
            finally:
                await search.close()
        case Role.CALENDAR:
            calendar = registry.load(Role.CALENDAR, each.name)(host)
            try:
                events = await calendar.events(today, today + timedelta(days=7))
                return f"{len(events):,} events this week"
            finally:
                await calendar.close()
