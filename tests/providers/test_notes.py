import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tui.errors import ConfigError
from tui.market.catalysts import Catalyst
from tui.providers.contracts import Host
from tui.providers.notes import MOST_BYTES, NotesProvider

DAY = date(2025, 5, 26)


class StoppedClock:
    """Sleeping takes no time, and counts."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> datetime:
        return datetime(2025, 5, 26, tzinfo=UTC)

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)


class Desk:
    """A provider on a folder, with what it remarked."""

    def __init__(self, **settings: object) -> None:
        self.remarks: list[str] = []
        self.clock = StoppedClock()
        self.provider = NotesProvider(
            Host(
                clock=self.clock,
                instruments=EmptyTables(),
                settings=settings,
                remark=self.remarks.append,
            )
        )

    def stream(self) -> AsyncIterator[Sequence[Catalyst]]:
        return self.provider.stream()


def own(catalysts: Sequence[Catalyst]) -> list[Catalyst]:
    return [each for each in catalysts if not each.key.startswith("shipped/")]


def headlines(catalysts: Sequence[Catalyst]) -> list[str]:
    return [each.headline for each in own(catalysts)]


def test_the_shipped_notes_hold_the_facts_of_26_may_2025() -> None:
    desk = Desk()

    async def first() -> Sequence[Catalyst]:
        return await anext(desk.stream())

    notes = asyncio.run(first())
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

    async def first() -> Sequence[Catalyst]:
        return await anext(Desk(folder=str(tmp_path)).stream())

    notes = own(asyncio.run(first()))
    assert [(each.headline, each.session) for each in notes] == [
        ("A", date(2025, 5, 23)),
        ("B", DAY),
    ]
    assert notes[1].time == datetime(2025, 5, 26, 0, 5, tzinfo=UTC)


def test_an_edit_delivers_what_is_new_and_withdraws_what_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "desk.md"
    file.write_text("date: 2025-05-26\n## A\n## B\nold\n", encoding="utf-8")
    desk = Desk(file=str(file), interval=5)

    async def watch() -> None:
        stream = desk.stream()
        assert headlines(await anext(stream)) == ["A", "B"]
        file.write_text("date: 2025-05-26\n## A\n## B\nnewer\n## C\n", encoding="utf-8")
        changed = await anext(stream)
        assert headlines(changed) == ["B", "C"]
        assert changed[0].text == "newer"
        file.write_text("date: 2025-05-26\n## C\n", encoding="utf-8")
        gone = await anext(stream)
        assert [(each.headline, each.withdrawn) for each in gone] == [("A", True), ("B", True)]
        file.unlink()
        last = await anext(stream)
        assert [(each.headline, each.withdrawn) for each in last] == [("C", True)]

    asyncio.run(watch())
    assert set(desk.clock.slept) == {5.0}
    assert desk.remarks == [f"{file}: not there (yet)"]


def test_a_file_that_is_not_there_yet_is_waited_for_and_told_once(tmp_path: Path) -> None:
    file = tmp_path / "later.md"
    desk = Desk(file=str(file))

    async def watch() -> None:
        stream = desk.stream()
        assert headlines(await anext(stream)) == []
        pending = asyncio.ensure_future(anext(stream))
        while len(desk.clock.slept) < 3:
            await asyncio.sleep(0)
        assert not pending.done()
        file.write_text("## A\n", encoding="utf-8")
        assert headlines(await pending) == ["A"]

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
    file.write_text("## Good\n", encoding="utf-8")
    desk = Desk(file=str(file))

    async def watch() -> None:
        stream = desk.stream()
        assert headlines(await anext(stream)) == ["Good"]
        file.write_bytes(body)
        pending = asyncio.ensure_future(anext(stream))
        slept = len(desk.clock.slept)
        while len(desk.clock.slept) < slept + 3:
            await asyncio.sleep(0)
        assert not pending.done()
        file.write_text("## Better\n", encoding="utf-8")
        news = await pending
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

    async def first() -> Sequence[Catalyst]:
        return await anext(desk.stream())

    assert headlines(asyncio.run(first())) == ["A"]
    assert len(desk.remarks) == 1
    assert desk.remarks[0].startswith("desk.md, line 2: “soon”")


def test_a_folder_that_is_a_file_and_a_file_that_is_a_folder_are_survived(tmp_path: Path) -> None:
    file = tmp_path / "desk.md"
    file.write_text("## A\n", encoding="utf-8")
    desk = Desk(folder=str(file), file=str(tmp_path))

    async def first() -> Sequence[Catalyst]:
        return await anext(desk.stream())

    assert headlines(asyncio.run(first())) == []
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
