"""Daily bars on the disk: kept whole, and believed only where they can be true."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.feed.daily_files import DailyFiles, HeldBars
from tui.market.past_days import cleaned, no_bars
from tui.market.quotes import DailyBars

START, END = date(2024, 5, 1), date(2025, 5, 23)
ASKED = datetime(2025, 5, 26, 1, 0, tzinfo=UTC)


def held(symbol: str = "7203.T", closes: tuple[float, ...] = (100.0, 101.0, 99.5)) -> HeldBars:
    close = np.array(closes)
    last = np.datetime64(END)
    bars = DailyBars(
        symbol=symbol,
        dates=last - np.arange(len(close))[::-1].astype("timedelta64[D]"),
        open=close,
        high=close + 1,
        low=close - 1,
        close=close,
        volume=close * 1_000,
    )
    return HeldBars(bars=cleaned(bars), start=START, end=END, asked=ASKED)


@settings(max_examples=25)
@given(st.lists(st.floats(2.0, 1e6), max_size=40), st.text(max_size=20))
def test_what_is_kept_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, closes: list[float], symbol: str
) -> None:
    files = DailyFiles(tmp_path_factory.mktemp("history"))
    given_bars = held(symbol, tuple(closes))
    assert files.write("yahoo", symbol, given_bars) == ""
    told, problem = files.read("yahoo", symbol)
    assert problem == ""
    assert told is not None
    assert (told.start, told.end, told.asked) == (START, END, ASKED)
    assert np.array_equal(told.bars.close, given_bars.bars.close)
    assert np.array_equal(told.bars.dates, given_bars.bars.dates)
    assert np.array_equal(told.bars.volume, given_bars.bars.volume)
    assert np.isnan(told.bars.turnover).all()


def test_nothing_kept_is_nothing_wrong(tmp_path: Path) -> None:
    assert DailyFiles(tmp_path / "none").read("yahoo", "7203.T") == (None, "")


def test_sources_and_cases_are_kept_apart(tmp_path: Path) -> None:
    files = DailyFiles(tmp_path)
    files.write("yahoo", "abc", held("abc"))
    assert files.read("stooq", "abc") == (None, "")
    assert files.read("yahoo", "ABC") == (None, "")


def only(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_a_file_cut_short_anywhere_is_not_believed(tmp_path: Path) -> None:
    files = DailyFiles(tmp_path)
    files.write("yahoo", "7203.T", held())
    path = only(tmp_path)
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        told, problem = files.read("yahoo", "7203.T")
        assert told is None
        assert "asked again" in problem


@settings(max_examples=60)
@given(st.data())
def test_a_file_with_a_wrong_byte_never_raises(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("history")
    files = DailyFiles(folder)
    files.write("yahoo", "7203.T", held())
    path = only(folder)
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    told, problem = files.read("yahoo", "7203.T")
    assert (told is None) == bool(problem)
    if told is not None:
        known = told.bars.close[np.isfinite(told.bars.close)]
        assert (known > 0).all()


def test_a_file_of_another_name_or_version_is_not_believed(tmp_path: Path) -> None:
    files = DailyFiles(tmp_path)
    files.write("yahoo", "7203.T", held())
    path = only(tmp_path)
    plain = msgspec.msgpack.decode(path.read_bytes())
    for place, wrong in ((0, 99), (1, "stooq"), (2, "6758.T"), (4, "2025-05-01"), (6, b"\x01")):
        changed = [*plain[:place], wrong, *plain[place + 1 :]]
        path.write_bytes(msgspec.msgpack.encode(changed))
        told, problem = files.read("yahoo", "7203.T")
        assert told is None, place
        assert problem, place


def test_a_file_too_large_is_left_unread(tmp_path: Path) -> None:
    files = DailyFiles(tmp_path)
    files.write("yahoo", "7203.T", held())
    only(tmp_path).write_bytes(b"\0" * (1 << 20))
    told, problem = files.read("yahoo", "7203.T")
    assert told is None
    assert "cannot be read" in problem


def test_the_oldest_files_go(tmp_path: Path) -> None:
    files = DailyFiles(tmp_path, most=2)
    for symbol in ("A", "B", "C"):
        files.write("yahoo", symbol, held(symbol))
    files.prune()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    problem = DailyFiles(tmp_path / "file" / "history").write("yahoo", "7203.T", held())
    assert "cannot be kept" in problem


def test_bars_serve_until_another_session_is_needed() -> None:
    whole = held()
    assert whole.serves(START, END, ASKED + timedelta(days=30))
    assert whole.serves(START + timedelta(days=9), END, ASKED)
    assert not whole.serves(START - timedelta(days=1), END, ASKED)
    assert not whole.serves(START, END + timedelta(days=1), ASKED)
    assert not whole.serves(START, END, ASKED - timedelta(hours=1))


def test_a_source_that_had_nothing_yet_is_asked_again_half_a_day_later() -> None:
    none = HeldBars(bars=no_bars("7203.T", "yahoo"), start=START, end=END, asked=ASKED)
    assert none.serves(START, END, ASKED + timedelta(hours=11))
    assert not none.serves(START, END, ASKED + timedelta(hours=13))
