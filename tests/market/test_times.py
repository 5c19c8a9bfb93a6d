from datetime import UTC, date, datetime, time, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import UsageError
from tui.market.times import JST, parse_at, to_datetime, to_datetime64

SESSION = date(2025, 5, 26)
MODERN = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1))


@given(st.times().map(lambda moment: moment.replace(microsecond=0)), st.dates(date(1950, 1, 2)))
def test_a_time_of_day_is_on_the_session_s_date_in_tokyo(moment: time, session: date) -> None:
    expected = datetime.combine(session, moment, JST)
    assert parse_at(moment.strftime("%H:%M:%S"), session) == expected
    short = parse_at(f" {moment.hour}:{moment:%M} ", session)
    assert short == expected.replace(second=0)
    assert short.tzinfo is UTC


@given(MODERN, st.integers(-14 * 60, 14 * 60))
def test_an_iso_time_is_the_instant_it_says(naive: datetime, minutes: int) -> None:
    aware = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert parse_at(aware.isoformat(), SESSION) == aware
    assert parse_at(naive.isoformat(), SESSION) == naive.replace(tzinfo=JST)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("9:05", "2025-05-26T00:05"),
        ("00:00", "2025-05-25T15:00"),
        ("15:30:59", "2025-05-26T06:30:59"),
        ("１４：３２", "2025-05-26T05:32"),
        ("2025-05-26T05:32Z", "2025-05-26T05:32"),
        ("2025-05-26 14:32", "2025-05-26T05:32"),
        ("20250526T143200+0900", "2025-05-26T05:32"),
        ("2025-05-26T01:32:00.5-04:00", "2025-05-26T05:32:00.5"),
        # New York is an hour further away in winter; Tokyo is not.
        ("2025-01-27T14:32", "2025-01-27T05:32"),
        ("2025-07-28T14:32", "2025-07-28T05:32"),
    ],
)
def test_times_in_usual_writing(text: str, utc: str) -> None:
    assert parse_at(text, SESSION) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", " ", "24:00", "9:5", "25:00", "14:60", "14:32:60", "14", "1432", "noon", "-1:00",
     "14:32 pm", "2025-05-26", "2025-13-01T10:00", "2025-02-29T10:00", "2025-05-26Z",
     "14:32+09:00", "14:32\x00",
     "0001-01-01T00:00+23:00", "9999-12-31T23:00-23:00", "٣:٠٥x"],
)  # fmt: skip
def test_what_is_no_time_is_told_with_the_remedy(text: str) -> None:
    with pytest.raises(UsageError, match="is not a time") as caught:
        parse_at(text, SESSION)
    assert str(caught.value).startswith("--at: ")
    assert "14:32" in str(caught.value)


def said(text: str, session: date) -> str:
    """What is said of a text that is no time; nothing where it is one."""
    try:
        parse_at(text, session)
    except UsageError as error:
        return str(error).partition(". Give")[0]
    return ""


@pytest.mark.parametrize("session", [date.min, date.max])
def test_a_session_at_the_end_of_all_dates_is_no_traceback(session: date) -> None:
    assert said("00:00", session) in {"", "--at: “00:00” is not a time"}


@given(st.text(max_size=30))
def test_anything_typed_is_an_aware_time_or_one_error(text: str) -> None:
    problem = said(text, SESSION)
    assert problem.isprintable()
    assert problem or parse_at(text, SESSION).tzinfo is UTC


@given(MODERN, st.integers(-14, 14))
def test_instants_survive_the_way_through_numpy_to_the_millisecond(
    naive: datetime, hours: int
) -> None:
    aware = naive.replace(tzinfo=timezone(timedelta(hours=hours)))
    held = to_datetime64(aware)
    assert held.dtype == np.dtype("datetime64[ms]")
    back = to_datetime(held)
    assert back is not None
    assert timedelta(0) <= aware - back < timedelta(milliseconds=1)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_every_unit_of_numpy_is_read(unit: str) -> None:
    moment = np.datetime64("2025-05-26T05:32:00").astype(f"datetime64[{unit}]")
    assert to_datetime(moment) == datetime(2025, 5, 26, 5, 32, tzinfo=UTC)


def test_an_unknown_instant_stays_unknown() -> None:
    assert to_datetime(np.datetime64("NaT")) is None
