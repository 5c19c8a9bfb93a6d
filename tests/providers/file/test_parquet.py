import io
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from tui.errors import BadPayload
from tui.market.quotes import Field
from tui.providers.conformance import check_quotes
from tui.providers.file import read_quotes
from tui.providers.file.sheet import ROWS_LIMIT, Unfinished, read_sheet

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

DAY = date(2025, 5, 26)


def content(**columns: object) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def test_columns_of_many_types_are_read(tmp_path: Path) -> None:
    path = tmp_path / "quotes.parquet"
    path.write_bytes(
        content(
            code=[7203, 6501],
            last=[2500.5, None],
            previous_close=pa.array([Decimal("2480.0"), Decimal("3400.5")], pa.decimal128(9, 1)),
            volume=[1_200_000, None],
            turnover=["3,000,000", ""],
            time=pa.array([datetime(2025, 5, 26, 9), None], pa.timestamp("ns", "UTC")),
            anything=[[1], [2]],
        )
    )

    batch, problems = read_quotes(path)

    check_quotes(batch)
    assert problems == []
    assert batch.symbols == ("7203.T", "6501.T")
    assert batch.fields[Field.LAST][0] == 2500.5
    assert np.isnan(batch.fields[Field.LAST][1])
    assert batch.fields[Field.PREVIOUS_CLOSE].tolist() == [2480.0, 3400.5]
    assert batch.fields[Field.TURNOVER][0] == 3e6
    assert batch.time[0] == np.datetime64("2025-05-26T09:00", "ms")
    assert np.isnat(batch.time[1])


@pytest.mark.parametrize(
    "times",
    [
        pa.array([datetime(2025, 5, 26, 9)], pa.timestamp("us")),
        pa.array(["09:00"]),
        pa.array([time(9)], pa.time32("s")),
        pa.array([time(9)], pa.time64("ns")),
        pa.array(["2025-05-26T09:00:00"]).dictionary_encode(),
    ],
)
def test_times_without_a_zone_are_tokyos(times: object) -> None:
    sheet = read_sheet(
        content(symbol=["285A.T"], last=[1800], previous_close=[1790], time=times), DAY, DAY
    )

    assert sheet.time.tolist() == [datetime(2025, 5, 26, 0)]


def test_a_bad_row_is_skipped_and_told_with_its_number() -> None:
    sheet = read_sheet(
        content(code=["7203", None, "6501"], last=[1.0, 2.0, -3.0], previous_close=[1, 2, 3]),
        DAY,
        DAY,
    )

    assert sheet.symbols == ("7203.T",)
    assert sheet.problems == (
        "line 2: has no symbol or code",
        "line 3: -3 in the column last is out of range",
    )


@pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
def test_a_file_cut_short_is_unfinished(part: float) -> None:
    whole = content(code=["7203"], last=[1.0], previous_close=[1.0])

    with pytest.raises(Unfinished):
        read_sheet(whole[: int(len(whole) * part)], DAY, DAY)


def test_a_damaged_page_is_unfinished() -> None:
    whole = bytearray(content(code=["7203"] * 50, last=[1.0] * 50, previous_close=[1.0] * 50))
    whole[4:60] = b"\xff" * 56

    with pytest.raises(Unfinished):
        read_sheet(bytes(whole), DAY, DAY)


def test_too_many_rows_are_refused_before_they_are_read() -> None:
    count = ROWS_LIMIT + 1
    whole = content(code=["7203"] * count, last=[1.0] * count, previous_close=[1.0] * count)

    with pytest.raises(BadPayload, match="more than 100,000 rows"):
        read_sheet(whole, DAY, DAY)


def test_a_column_of_another_kind_is_refused() -> None:
    with pytest.raises(BadPayload, match="in the column last"):
        read_sheet(content(code=["7203"], last=[[1.0]], previous_close=[1.0]), DAY, DAY)


def test_a_long_text_is_refused_before_it_is_multiplied() -> None:
    whole = content(code=["7" * 10_000] * 1000, last=[1.0] * 1000, previous_close=[1.0] * 1000)

    with pytest.raises(BadPayload, match="more than 64 characters"):
        read_sheet(whole, DAY, DAY)
