import asyncio
import io
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tui.errors import BadPayload, ConfigError, Unavailable
from tui.providers.conformance import FewInstruments, ManualClock
from tui.providers.contracts import Host
from tui.providers.file import FileProvider

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

Read = Callable[..., Any]

ALL = {"7203.T": 2500.0, "285A.T": 1800.0, "6501.T": 3500.0}


def csv(clock: str = "09:30", end: str = "\n", **prices: float) -> str:
    held = {"7203": 2500.0, "285A": 1800.0, "6501": 3500.0}
    held.update({name.lstrip("_"): price for name, price in prices.items()})
    rows = [f"{code},{price},1700,1000,{clock}" for code, price in held.items()]
    return "\n".join(["code,last,previous_close,volume,time", *rows]) + end


def put(path: Path, content: str | bytes, tick: int | None = None) -> None:
    """Write a file in place; its time of change is a tick of a coarse clock where one is given."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    if tick is not None:
        os.utime(path, (tick, tick))


def remove(path: Path) -> None:
    path.unlink()


def test_the_first_version_comes_whole_and_later_ones_as_what_changed(
    path: Path, read: Read
) -> None:
    async def steps() -> None:
        put(path, csv())
        reader = read()
        assert await reader.next() == ALL
        put(path, csv(_7203=2510.0))
        assert await reader.next() == {"7203.T": 2510.0}
        assert reader.batch.epoch == 1
        await reader.nothing(5)

    asyncio.run(steps())


def test_a_version_that_changes_nothing_wanted_brings_nothing(path: Path, read: Read) -> None:
    async def steps() -> None:
        put(path, csv())
        reader = read()
        await reader.next()
        put(path, csv() + "9984,7631,7464,5,09:31\n")
        await reader.nothing(5)

    asyncio.run(steps())


def test_a_version_is_shown_only_once_it_stands_still(path: Path, read: Read) -> None:
    async def steps() -> None:
        put(path, csv())
        reader = read()
        await reader.next()
        for size in range(40, len(csv()), 10):
            put(path, csv(_7203=9999.0)[:size])
            await reader.nothing(0.5)
        put(path, csv(_7203=2510.0))
        assert await reader.next() == {"7203.T": 2510.0}

    asyncio.run(steps())


def test_a_version_that_lacks_names_is_believed_later_than_a_whole_one(
    path: Path, read: Read
) -> None:
    async def steps() -> None:
        put(path, csv())
        reader = read()
        await reader.next()
        whole = csv(_7203=2510.0)
        put(path, "\n".join(whole.splitlines()[:3]) + "\n")
        await reader.nothing(0.9)
        put(path, whole)
        assert await reader.next() == {"7203.T": 2510.0}
        put(path, "\n".join(csv(_7203=2520.0).splitlines()[:3]) + "\n")
        assert await reader.next() == {"7203.T": 2520.0}

    asyncio.run(steps())


def test_a_last_line_without_its_end_waits_and_is_then_believed(path: Path, read: Read) -> None:
    async def steps() -> None:
        put(path, csv())
        reader = read()
        await reader.next()
        put(path, csv(_7203=2510.0, end=""))
        await reader.nothing(0.9)
        assert await reader.next() == {"7203.T": 2510.0}

    asyncio.run(steps())


@pytest.mark.parametrize("rubbish", [b"", b"code,la", b"\0" * 500, b"PAR1\x00", b"nothing\nhere\n"])
def test_rubbish_leaves_the_last_good_version_and_is_told_once(
    path: Path, read: Read, rubbish: bytes
) -> None:
    async def steps() -> None:
        put(path, csv())
        reader = read()
        await reader.next()
        put(path, rubbish)
        await reader.nothing(10)
        assert len(reader.remarks) == 1
        assert "last good version stays" in reader.remarks[0]
        put(path, csv(_7203=2510.0))
        assert await reader.next() == {"7203.T": 2510.0}

    asyncio.run(steps())


def test_a_rewrite_that_leaves_length_and_time_as_they_were_is_seen(path: Path, read: Read) -> None:
    async def steps() -> None:
        put(path, csv())
        reader = read()
        await reader.next()
        put(path, csv(_7203=2510.0), tick=7)
        await reader.nothing(0.05)
        put(path, csv(_7203=2520.0), tick=7)
        assert await reader.next() == {"7203.T": 2520.0}

    asyncio.run(steps())


def test_a_file_that_never_was_good_fails_after_a_moment(path: Path, read: Read) -> None:
    async def steps() -> None:
        put(path, "code,last")
        reader = read()
        await reader.nothing(0.9)
        with pytest.raises(BadPayload, match="first line"):
            await reader.next()

    asyncio.run(steps())


def test_a_missing_file_fails_at_once_and_is_taken_up_when_it_is_there(
    path: Path, read: Read
) -> None:
    async def steps() -> None:
        reader = read()
        with pytest.raises(Unavailable) as caught:
            await reader.next()
        assert reader.clock.monotonic() == 0
        assert caught.value.subject == str(path)
        put(path, csv())
        again = read()
        assert await again.next() == ALL

    asyncio.run(steps())


def test_a_file_gone_for_a_moment_is_waited_for(path: Path, read: Read) -> None:
    async def steps() -> None:
        put(path, csv())
        reader = read()
        await reader.next()
        remove(path)
        await reader.nothing(0.9)
        put(path, csv(_7203=2510.0))
        assert await reader.next() == {"7203.T": 2510.0}
        remove(path)
        with pytest.raises(Unavailable, match="no such file"):
            await reader.next()

    asyncio.run(steps())


def test_versions_that_renaming_replaces_at_every_look_come_all_the_same(
    path: Path, read: Read
) -> None:
    versions = [path.with_suffix(f".{price}") for price in range(2501, 2541)]
    for place, version in enumerate(versions):
        put(version, csv(_7203=2501.0 + place))

    async def steps() -> None:
        put(path, csv())
        reader = read()
        await reader.next()

        async def write() -> None:
            for version in versions:
                version.replace(path)
                await reader.clock.sleep(0.07)

        writing = asyncio.ensure_future(write())
        prices = [(await reader.next())["7203.T"] for _ in range(3)]
        assert not writing.done()
        assert prices == sorted(set(prices))
        assert prices[0] > 2500
        assert prices[2] <= 2540
        writing.cancel()

    asyncio.run(steps())


def test_a_file_that_never_stands_still_is_told(path: Path, read: Read) -> None:
    async def steps() -> None:
        put(path, csv())
        reader = read()
        await reader.next()
        for step in range(250):
            put(path, csv(_7203=2500.0 + step))
            await reader.nothing(0.05)
        assert any("never stands still" in remark for remark in reader.remarks)

    asyncio.run(steps())


def test_times_that_run_back_open_an_epoch_with_a_snapshot(path: Path, read: Read) -> None:
    async def steps() -> None:
        put(path, csv("10:00"))
        reader = read()
        await reader.next()
        put(path, csv("09:15", _7203=2490.0))
        assert await reader.next() == {**ALL, "7203.T": 2490.0}
        assert reader.batch.epoch == 2
        put(path, csv("09:16", _7203=2491.0))
        assert len(await reader.next()) == 3
        assert reader.batch.epoch == 2

    asyncio.run(steps())


def test_volumes_that_fall_open_an_epoch_where_no_times_are_told(path: Path, read: Read) -> None:
    def rows(volume: int) -> str:
        codes = ("7203", "285A", "6501")
        return "code,last,previous_close,volume\n" + "".join(
            f"{code},100,99,{volume}\n" for code in codes
        )

    async def steps() -> None:
        put(path, rows(5000))
        reader = read()
        await reader.next()
        put(path, rows(6000))
        await reader.next()
        assert reader.batch.epoch == 1
        put(path, rows(10))
        assert len(await reader.next()) == 3
        assert reader.batch.epoch == 2

    asyncio.run(steps())


def test_another_day_opens_an_epoch(path: Path, read: Read) -> None:
    async def steps() -> None:
        put(path, csv("2025-05-26T15:30"))
        reader = read()
        await reader.next()
        assert reader.provider.session() == date(2025, 5, 26)
        put(path, csv("2025-05-27T09:00"))
        await reader.next()
        assert (reader.batch.epoch, reader.batch.session) == (2, date(2025, 5, 27))

    asyncio.run(steps())


def test_the_epoch_outlives_a_stream(path: Path, read: Read) -> None:
    async def steps() -> None:
        put(path, csv("10:00"))
        reader = read()
        await reader.next()
        put(path, csv("09:00"))
        await reader.next()
        reader.start(("7203.T",))
        assert await reader.next() == {"7203.T": 2500.0}
        assert reader.batch.epoch == 2

    asyncio.run(steps())


def test_a_bad_row_is_told_once_with_its_line(path: Path, read: Read) -> None:
    async def steps() -> None:
        put(path, csv() + "9984,oops,1,1,1\n")
        reader = read()
        await reader.next()
        put(path, csv(_7203=2510.0) + "9984,oops,1,1,1\n")
        await reader.next()
        assert reader.remarks == ["quotes.csv line 5: “oops” in the column last is no number"]

    asyncio.run(steps())


def test_market_time_is_now_for_today_and_the_files_own_for_another_day(
    path: Path, read: Read
) -> None:
    async def steps() -> None:
        put(path, csv("2025-05-26T09:15"))
        today = read()
        await today.next()
        assert today.provider.market_time() == today.clock.now()
        put(path, csv("2025-05-23T15:30"))
        past = read()
        await past.next()
        assert past.provider.market_time() == datetime(2025, 5, 23, 6, 30, tzinfo=UTC)

    asyncio.run(steps())


def test_parquet_is_watched_as_well_and_never_half(path: Path, read: Read) -> None:
    def content(last: float) -> bytes:
        stream = io.BytesIO()
        codes = ["7203", "285A", "6501"]
        table = pa.table({"code": codes, "last": [last] * 3, "previous_close": [1700.0] * 3})
        parquet.write_table(table, stream)
        return stream.getvalue()

    async def steps() -> None:
        put(path, content(1000.0))
        reader = read()
        assert set((await reader.next()).values()) == {1000.0}
        put(path, content(1001.0)[:-6])
        await reader.nothing(0.9)
        put(path, content(1001.0))
        assert set((await reader.next()).values()) == {1001.0}

    asyncio.run(steps())


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({}, "path"),
        ({"path": ""}, "path"),
        ({"path": 3}, "path"),
        ({"path": "a\0b"}, "path"),
        ({"path": "x.csv", "poll": 0}, "poll"),
        ({"path": "x.csv", "poll": "fast"}, "poll"),
        ({"path": "x.csv", "poll": float("nan")}, "poll"),
        ({"path": "x.csv", "session": "today"}, "session"),
        ({"path": "x.csv", "session": datetime(2025, 5, 26)}, "session"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(settings: dict[str, object], key: str) -> None:
    host = Host(clock=ManualClock(), instruments=FewInstruments(), settings=settings)

    with pytest.raises(ConfigError, match=rf"\[providers.file\] {key}"):
        FileProvider(host)


def test_a_session_may_be_set(path: Path, read: Read) -> None:
    async def steps() -> None:
        put(path, csv("15:30"))
        for session in ("2025-05-23", date(2025, 5, 23)):
            reader = read(session=session)
            await reader.next()
            assert reader.batch.session == date(2025, 5, 23)

    asyncio.run(steps())
