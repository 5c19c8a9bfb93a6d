import math
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.providers.file.cells import column, moment, number, symbol


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("last", "last"),
        (" LAST ", "last"),
        ("Previous Close", "previous_close"),
        ("previous-close", "previous_close"),
        ("ｌａｓｔ", "last"),
        ("銘柄コード", "code"),
        ("現在値", "last"),
        ("前日終値", "previous_close"),
        ("売買代金", None),
        ("name", None),
        ("", None),
    ],
)
def test_columns_are_known_by_name(heading: str, name: str | None) -> None:
    assert column(heading) == name


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("7203", "7203.T"),
        (7203, "7203.T"),
        (7203.0, "7203.T"),
        ("285a", "285A.T"),
        ("７２０３", "7203.T"),
        ("7203.T", "7203.T"),
        ("^n225", "^N225"),
        ("JPY=X", "JPY=X"),
        ("SONY", "SONY"),
        ("25935", "25935.T"),
        ("", ""),
        (None, ""),
        (" - ", ""),
    ],
)
def test_symbols_take_the_programs_form(cell: str | float | None, name: str) -> None:
    assert symbol(cell) == name


@pytest.mark.parametrize("cell", ["トヨタ", "7203 T", "^", "A" * 30, "7203;", "\x1b[31m"])
def test_what_is_no_symbol_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="no symbol or code"):
        symbol(cell)


@given(st.floats(0.01, 1e8), st.booleans())
def test_a_number_is_read_with_and_without_thousands(value: float, grouped: bool) -> None:
    text = f"{value:,.4f}" if grouped else repr(value)

    assert number(text, "last") == pytest.approx(value, abs=1e-4)


@pytest.mark.parametrize("cell", ["", " ", "-", "－", "--", "N/A", "nan", None, math.nan, "0", 0])
def test_a_blank_price_is_unknown(cell: str | float | None) -> None:
    assert math.isnan(number(cell, "last"))


def test_no_volume_is_a_volume() -> None:
    assert number("0", "volume") == 0


@pytest.mark.parametrize(
    "cell", ["abc", "1,23", "12,3456", "1_000", "inf", "1e999", "-5", "0x10", "1 000", time(9)]
)
def test_what_is_no_price_is_refused(cell: str | time) -> None:
    with pytest.raises(ValueError, match="in the column last"):
        number(cell, "last")


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (symbol, moment, lambda cell: number(cell, "volume")):
        told = ""
        try:
            read(text)
        except ValueError as error:
            told = str(error)
        assert told.isprintable()


NINE = datetime(2025, 5, 26, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("09:00", timedelta(hours=9)),
        ("9:00:05", timedelta(hours=9, seconds=5)),
        ("15:29:59.5", timedelta(hours=15, minutes=29, seconds=59.5)),
        (time(9, 30), timedelta(hours=9, minutes=30)),
        ("2025-05-26T09:00", NINE),
        ("2025-05-26 09:00:00+09:00", NINE),
        ("2025-05-26T00:00:00Z", NINE),
        ("2025/5/26 9:00", NINE),
        ("2025/05/26 09:00:00", NINE),
        (int(NINE.timestamp()) * 1000, NINE),
        ("", None),
        ("-", None),
        (None, None),
    ],
)
def test_times_are_read_as_tokyos(
    cell: str | int | time | None, read: datetime | timedelta | None
) -> None:
    assert moment(cell) == read


@pytest.mark.parametrize(
    "cell", ["25:00", "09:61", "noon", "2025-05-26", "2025-02-30T09:00", "0001-01-01T00:00", "9"]
)
def test_what_is_no_time_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="in the column time"):
        moment(cell)
