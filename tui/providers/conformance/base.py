"""What every source promises, whatever its role."""

import asyncio
import re
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, NoReturn, TypeVar

from tui.errors import ProviderError
from tui.market.instruments import Instrument
from tui.market.quotes import Delay
from tui.providers.conformance.clock import ManualClock
from tui.providers.conformance.loopback.wire import TASK
from tui.providers.contracts import About, Host, Provider

T = TypeVar("T")

_SLOW: Final = frozenset(
    {
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "subprocess.Popen",
        "time.sleep",
    }
)
"""Audit events of what no constructor may do."""


@dataclass(frozen=True)
class FewInstruments:
    """Reference tables that hold what they are given."""

    held: tuple[Instrument, ...] = ()

    def get(self, symbol: str) -> Instrument | None:
        """The instrument of a symbol, if it is held."""
        return next((each for each in self.held if each.symbol == symbol), None)

    def search(self, query: str, limit: int = 20) -> Sequence[Instrument]:
        """Held instruments whose symbol or name contains the query."""
        wanted = query.casefold()
        hits = [
            each
            for each in self.held
            if wanted in f"{each.symbol} {each.name} {each.name_ja}".casefold()
        ]
        return hits[:limit]


@dataclass
class Bench:
    """One source under test, with everything it was lent."""

    provider: Provider
    host: Host
    clock: ManualClock
    remarks: list[str] = field(default_factory=list)


def skip(reason: str) -> NoReturn:
    """Leave a check out, and say so in pytest's summary."""
    import pytest

    pytest.skip(reason)


def source_tasks() -> set["asyncio.Task[Any]"]:
    """The loop's tasks but those of a `LoopbackServer`, which end when the other side has gone."""
    return {task for task in asyncio.all_tasks() if not task.get_name().startswith(TASK)}


class ProviderConformance:
    """Checks for a source of any role.

    Derive from the class of the role, name the derived class ``Test…`` so that pytest collects
    it, and implement `make`. The time is a `ManualClock`, so a source that waits an hour between
    two calls is checked in an instant; a source that talks to a service is pointed at a
    `LoopbackServer` or at recorded answers, never at the service.

    Attributes:
        instruments: What the reference tables hold.
        settings: The source's table of the configuration.
        secrets: The keys that the keyring holds.
        patience: Real seconds that one answer may take.
    """

    instruments: ClassVar[tuple[Instrument, ...]] = ()
    settings: ClassVar[Mapping[str, object]] = {}
    secrets: ClassVar[Mapping[str, str]] = {}
    patience: ClassVar[float] = 10.0

    def make(self, host: Host) -> Provider:
        """Construct the source under test."""
        raise NotImplementedError("implement make(host)")

    def make_broken(self, host: Host) -> Provider | None:  # noqa: ARG002 - for who overrides it
        """Construct the source so that its data cannot be had: no file, a port that refuses.

        None leaves the check of its errors out.
        """
        return None

    async def prepare(self) -> None:
        """Start what a check needs, on the loop of the check; `release` ends it."""

    async def release(self) -> None:
        """End what `prepare` started."""

    async def exercise(self, bench: Bench) -> None:
        """Ask the source once for its data."""
        raise NotImplementedError

    def run(
        self,
        check: Callable[[Bench], Coroutine[Any, Any, T]],
        make: Callable[[Host], Provider | None] | None = None,
    ) -> T:
        """Run one check on a source of its own, and see that nothing is left behind.

        Args:
            check: What to do with the source.
            make: Constructs it; `make` of the class where it is left out.

        Returns:
            What the check returns.
        """

        async def whole() -> T:
            clock = ManualClock()
            remarks: list[str] = []
            await self.prepare()
            try:
                host = Host(
                    clock=clock,
                    instruments=FewInstruments(self.instruments),
                    settings=self.settings,
                    secret=self.secrets.get,
                    remark=remarks.append,
                )
                before = source_tasks()
                provider = (make or self.make)(host)
                if provider is None:
                    skip("the suite has no source to check this on")
                try:
                    result = await check(Bench(provider, host, clock, remarks))
                finally:
                    await provider.close()
                await clock.settle()
                left = source_tasks() - before
                assert not left, f"tasks are left running after close: {left}"
            finally:
                await self.release()
            return result

        return asyncio.run(whole())

    def test_it_says_who_it_is(self) -> None:
        """`about` is complete, and its name can be registered."""

        async def check(bench: Bench) -> None:
            about = getattr(type(bench.provider), "about", None)
            assert isinstance(about, About), "`about` is no About"
            assert re.fullmatch(r"[a-z0-9][a-z0-9_.-]{0,39}", about.name), (
                f"the name {about.name!r} is not in lower case without spaces"
            )
            assert about.title.strip(), "`about.title` is empty"
            assert about.summary.strip(), "`about.summary` is empty"
            assert isinstance(about.delay, Delay), "`about.delay` is no Delay"

        self.run(check)

    def test_construction_does_nothing_slow(self) -> None:
        """No connection, no process, no wait and no task before it is asked for data."""

        async def check(bench: Bench) -> None:
            before = source_tasks()
            with _watched() as seen:
                extra = self.make(bench.host)
            try:
                assert not seen, f"the constructor caused {', '.join(seen)}"
                started = source_tasks() - before
                assert not started, f"the constructor started {started}"
            finally:
                await extra.close()

        self.run(check)

    def test_close_may_come_at_any_time(self) -> None:
        """Before it was used, and a second time."""

        async def check(bench: Bench) -> None:
            await bench.provider.close()
            await bench.provider.close()

        self.run(check)

    def test_close_may_follow_use(self) -> None:
        """After it was used, and a second time."""

        async def check(bench: Bench) -> None:
            await self.exercise(bench)
            await bench.provider.close()

        self.run(check)

    def test_failure_is_an_error_of_the_tree(self) -> None:
        """A source whose data cannot be had raises a `ProviderError` that says what to do."""

        async def check(bench: Bench) -> None:
            raised: ProviderError | None = None
            try:
                await self.exercise(bench)
            except ProviderError as error:
                raised = error
            assert raised is not None, "the broken source raised nothing"
            assert raised.what.strip(), "the error does not say what happened"
            assert raised.remedy.strip(), f"the error says no remedy: {raised}"

        self.run(check, self.make_broken)


class _Watch:
    """Collects audit events while it is on. An audit hook cannot be taken out again."""

    def __init__(self) -> None:
        self.seen: list[str] | None = None
        self.hooked = False

    def __call__(self, event: str, _arguments: tuple[object, ...]) -> None:
        if self.seen is not None and event in _SLOW:
            self.seen.append(event)


_watch = _Watch()


@contextmanager
def _watched() -> Iterator[list[str]]:
    if not _watch.hooked:
        sys.addaudithook(_watch)
        _watch.hooked = True
    seen: list[str] = []
    _watch.seen = seen
    try:
        yield seen
    finally:
        _watch.seen = None
