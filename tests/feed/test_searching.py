"""Search sources asked through the feed: checked, plain, kept until another is chosen."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import pytest

from tui.feed.feed import Feed
from tui.feed.searching import MOST, SearchDesk, SearchFault
from tui.market.instruments import Instrument
from tui.market.quotes import Delay, DelayKind
from tui.providers.conformance.base import FewInstruments
from tui.providers.contracts import About, Host, SearchProvider


def named(symbol: str, name: str = "A name", **more: Any) -> Instrument:
    return Instrument(symbol=symbol, name=name, name_ja=name, **more)


class Fake(SearchProvider):
    about: ClassVar[About] = About(
        name="fake", title="Fake", summary="x", delay=Delay(DelayKind.UNKNOWN)
    )
    answer: ClassVar[Any] = ()
    made: ClassVar[list["Fake"]] = []

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.asked: list[str] = []
        self.closed = False
        self.made.append(self)

    async def search(self, query: str, limit: int) -> Sequence[Instrument]:
        self.asked.append(query)
        self.host.secret("key")
        assert limit == MOST
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer  # type: ignore[no-any-return]

    async def close(self) -> None:
        self.closed = True


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Feed]:
    monkeypatch.setattr(Fake, "made", [])
    monkeypatch.setattr(Fake, "answer", ())

    def load(role: object, wanted: str) -> type[SearchProvider]:
        del role
        if wanted == "nobody":
            raise LookupError("there is no source “nobody”")
        return Fake

    monkeypatch.setattr("tui.providers.registry.load", load)
    running = Feed(instruments=FewInstruments(), secret=lambda _: "hush-hush")
    running.start()
    yield running
    running.stop()


def ask(feed: Feed, answer: object, desk: SearchDesk | None = None, name: str = "fake") -> Any:
    Fake.answer = answer
    return (desk or SearchDesk(feed)).ask(name, {}, "sony").result(20)


def test_what_is_found_is_plain_and_each_once(feed: Feed) -> None:
    found = ask(
        feed,
        [
            named("SONY", "Sony\x1b[31m \u202eGroup", exchange="NYQ\x07"),
            named("SONY", "Another"),
            named("bad symbol"),
            named("\x1b[2J"),
            named("NAMELESS", "\u200b"),
            *(named(f"X{n}") for n in range(40)),
        ],
    )
    assert found.title == "Fake"
    assert [each.symbol for each in found.instruments[:2]] == ["SONY", "NAMELESS"]
    assert len(found.instruments) <= MOST
    sony, nameless = found.instruments[:2]
    assert (sony.name, sony.exchange) == ("Sony Group", "NYQ")
    assert nameless.name == nameless.name_ja == "NAMELESS"


@pytest.mark.parametrize(
    "answer",
    [["text"], None, 3, [named(7)], RuntimeError("key hush-hush\x1b[2J")],  # type: ignore[arg-type]
)
def test_what_breaks_the_contract_is_told_in_words(feed: Feed, answer: object) -> None:
    with pytest.raises(SearchFault) as raised:
        ask(feed, answer)
    assert str(raised.value).isprintable()
    assert "fake" in str(raised.value)
    assert "hush" not in str(raised.value)


def test_a_name_that_nobody_has_is_a_fault(feed: Feed) -> None:
    with pytest.raises(SearchFault, match="nobody"):
        ask(feed, (), name="nobody")


def test_a_source_is_kept_from_question_to_question_and_closed_at_the_end(feed: Feed) -> None:
    desk = SearchDesk(feed)
    ask(feed, (), desk)
    ask(feed, (), desk)
    assert [source.asked for source in Fake.made] == [["sony", "sony"]]
    ask(feed, (), desk, "other")
    assert [source.closed for source in Fake.made] == [True, False]
    desk.close()
    assert [source.closed for source in Fake.made] == [True, True]
    desk.close()
