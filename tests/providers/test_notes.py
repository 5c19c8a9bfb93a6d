import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tui.errors import ConfigError
from tui.market.catalysts import Catalyst
from tui.market.text_rules import TextRules
from tui.providers.conformance import ManualClock, NewsConformance
from tui.providers.conformance.base import FewInstruments
from tui.providers.contracts import Host
from tui.providers.notes import MOST_BYTES, MOST_ENTRIES, USUAL_INTERVAL, NotesProvider

DAY = date(2025, 5, 26)


class Desk:
    """A provider on a folder, with what it remarked."""

    def __init__(self, **settings: object) -> None:
        self.remarks: list[str] = []
        self.clock = ManualClock()
        self.provider = NotesProvider(
            Host(
                clock=self.clock,
                instruments=FewInstruments(),
                settings=settings,
                remark=self.remarks.append,
            )
        )

        self._stream = self.provider.stream()
        self._next: asyncio.Task[Sequence[Catalyst]] | None = None

    async def next(self) -> Sequence[Catalyst]:
        """The next delivery, moving the clock as far as it takes."""
        return await self.clock.until(self._delivery())

    async def nothing(self, *, looks: int) -> None:
        """See that so many looks at the files deliver nothing."""
        self._next = asyncio.ensure_future(_anext(self._stream))
        for _ in range(looks):
            await self.clock.asleep()
            await self.clock.advance(USUAL_INTERVAL)
        await self.clock.asleep()
        assert not self._next.done()

    async def _delivery(self) -> Sequence[Catalyst]:
        waiting, self._next = self._next, None
        return await (waiting or _anext(self._stream))


async def _anext(stream: AsyncIterator[Sequence[Catalyst]]) -> Sequence[Catalyst]:
    return await anext(stream)


def put(file: Path, body: str | bytes) -> None:
    """Write a file in one step."""
    whole = body if isinstance(body, bytes) else body.encode()
    beside = file.with_name("beside")
    beside.write_bytes(whole)
    beside.replace(file)


def own(catalysts: Sequence[Catalyst]) -> list[Catalyst]:
    return [each for each in catalysts if not each.key.startswith("shipped/")]


def headlines(catalysts: Sequence[Catalyst]) -> list[str]:
    return [each.headline for each in own(catalysts)]


def test_the_shipped_notes_hold_the_facts_of_26_may_2025() -> None:
    desk = Desk()

    notes = asyncio.run(desk.next())
    assert desk.remarks == []
    assert len(notes) == 4
    assert {each.session for each in notes} == {DAY}
    assert {each.time for each in notes} == {None}
    assert [each.kind for each in notes] == ["policy", "deal", "flow", "policy"]
    assert [each.due for each in notes] == [date(2025, 7, 9), None, None, None]
    assert "5401.T" in notes[1].symbols
    assert all(each.symbols and each.text for each in notes)


def test_a_folder_s_notes_are_read_and_dated_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "2025-05-23 friday.md").write_text("## A\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("﻿## 9:05 B\ndate: 2025-05-26\n", encoding="utf-8")
    (tmp_path / "c.csv").write_text("## C\n", encoding="utf-8")
    (tmp_path / ".hidden.md").write_text("## D\n", encoding="utf-8")

    notes = own(asyncio.run(Desk(folder=str(tmp_path)).next()))
    assert [(each.headline, each.session) for each in notes] == [
        ("A", date(2025, 5, 23)),
        ("B", DAY),
    ]
    assert notes[1].time == datetime(2025, 5, 26, 0, 5, tzinfo=UTC)


def test_an_edit_delivers_what_is_new_and_withdraws_what_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "desk.md"
    put(file, "date: 2025-05-26\n## A\n## B\nold\n")
    desk = Desk(file=str(file))

    async def watch() -> None:
        assert headlines(await desk.next()) == ["A", "B"]
        put(file, "date: 2025-05-26\n## A\n## B\nnewer\n## C\n")
        changed = await desk.next()
        assert headlines(changed) == ["B", "C"]
        assert changed[0].text == "newer"
        put(file, "date: 2025-05-26\n## C\n")
        gone = await desk.next()
        assert [(each.headline, each.withdrawn) for each in gone] == [("A", True), ("B", True)]
        file.unlink()
        last = await desk.next()
        assert [(each.headline, each.withdrawn) for each in last] == [("C", True)]

    asyncio.run(watch())
    assert desk.remarks == [f"{file}: not there (yet)"]


def test_files_are_looked_at_as_often_as_the_interval_says(tmp_path: Path) -> None:
    file = tmp_path / "desk.md"
    put(file, "## A\n")
    desk = Desk(file=str(file), interval=5)

    async def watch() -> None:
        await desk.next()
        put(file, "## B\n")
        started = desk.clock.monotonic()
        await desk.next()
        assert desk.clock.monotonic() - started == 5

    asyncio.run(watch())


def test_a_file_that_is_not_there_yet_is_waited_for_and_told_once(tmp_path: Path) -> None:
    file = tmp_path / "later.md"
    desk = Desk(file=str(file))

    async def watch() -> None:
        assert headlines(await desk.next()) == []
        await desk.nothing(looks=3)
        put(file, "## A\n")
        assert headlines(await desk.next()) == ["A"]

    asyncio.run(watch())
    assert desk.remarks == [f"{file}: not there (yet)"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [(b"## A\n\xff\xfe", "UTF-8"), (b"## A\n" + b"x" * MOST_BYTES, "larger")],
)
def test_a_file_that_cannot_be_used_is_told_and_its_last_reading_stands(
    tmp_path: Path, body: bytes, reason: str
) -> None:
    file = tmp_path / "desk.md"
    put(file, "## Good\n")
    desk = Desk(file=str(file))

    async def watch() -> None:
        assert headlines(await desk.next()) == ["Good"]
        put(file, body)
        await desk.nothing(looks=3)
        put(file, "## Better\n")
        news = await desk.next()
        assert [(each.headline, each.withdrawn) for each in news] == [
            ("Good", True),
            ("Better", False),
        ]

    asyncio.run(watch())
    assert len(desk.remarks) == 1
    assert reason in desk.remarks[0]


def test_a_line_that_cannot_be_read_is_remarked_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "desk.md").write_text("## A\ndue: soon\n", encoding="utf-8")
    desk = Desk(folder=str(tmp_path))

    assert headlines(asyncio.run(desk.next())) == ["A"]
    assert len(desk.remarks) == 1
    assert desk.remarks[0].startswith("desk.md, line 2: “soon”")


def test_more_notes_than_can_be_held_are_left_out_and_told(tmp_path: Path) -> None:
    for name in ("a.md", "b.md", "c.md", "d.md"):
        put(tmp_path / name, "## A\n" * 2000)
    desk = Desk(folder=str(tmp_path))
    assert len(asyncio.run(desk.next())) == MOST_ENTRIES
    assert "5,000" in desk.remarks[-1]


def test_a_folder_that_is_a_file_and_a_file_that_is_a_folder_are_survived(tmp_path: Path) -> None:
    file = tmp_path / "desk.md"
    file.write_text("## A\n", encoding="utf-8")
    desk = Desk(folder=str(file), file=str(tmp_path))

    assert headlines(asyncio.run(desk.next())) == []
    assert len(desk.remarks) == 2


@pytest.mark.parametrize(
    ("key", "value"),
    [("folder", 3), ("file", ""), ("interval", "2"), ("interval", 0), ("interval", True)],
)
def test_a_setting_that_cannot_be_used_is_named(key: str, value: object) -> None:
    with pytest.raises(ConfigError) as caught:
        Desk(**{key: value})
    assert caught.value.subject == f"[providers.notes] {key}"
    assert caught.value.remedy


COMMENTARY = """\
Tokyo close, 26 May 2025

The Nikkei 225 ($^N225) rose 371.06 points, or 1.00%, to close at 37,531.53.

Key catalysts

- Tariff delay. The higher levy waits until 9 July. $TM
- Steel deal. Backed. $5401.T
"""


def test_a_pasted_commentary_becomes_separate_catalysts_with_claims(tmp_path: Path) -> None:
    put(tmp_path / "wrap.txt", COMMENTARY)
    desk = Desk(folder=str(tmp_path))

    async def watch() -> None:
        whole, tariff, steel = own(await desk.next())
        assert (whole.kind, whole.headline) == ("commentary", "Tokyo close, 26 May 2025")
        assert [(claim.symbol, str(claim.level)) for claim in whole.claims] == [
            ("^N225", "37531.53")
        ]
        assert (tariff.headline, tariff.symbols) == ("Tariff delay", ("7203.T",))
        assert (tariff.due, tariff.session) == (date(2025, 7, 9), DAY)
        assert (tariff.kind, bool(tariff.rule)) == ("tariff", True)
        assert steel.symbols == ("5401.T",)
        put(tmp_path / "wrap.txt", COMMENTARY.replace("Backed.", "Endorsed."))
        (changed,) = await desk.next()
        assert (changed.key, changed.text) == (steel.key, "Endorsed. $5401.T")

    asyncio.run(watch())
    assert desk.remarks == []


class TestConformance(NewsConformance):
    def make(self, host: Host) -> NotesProvider:
        return NotesProvider(host)


def test_the_program_s_own_rules_are_used_and_no_others(tmp_path: Path) -> None:
    names = tmp_path / "aliases.toml"
    names.write_text('[companies]\n7203 = ["Big T"]\n', encoding="utf-8")
    (tmp_path / "desk.md").write_text("date: 2025-05-26\n## Big T is late\n", encoding="utf-8")
    rules = TextRules(aliases=names)
    host = Host(
        clock=ManualClock(),
        instruments=FewInstruments(),
        settings={"file": str(tmp_path / "desk.md")},
        rules=rules,
    )
    provider = NotesProvider(host)
    found = own(asyncio.run(_anext(provider.stream())))
    assert [each.symbols for each in found] == [("7203.T",)]
