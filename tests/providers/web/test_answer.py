from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.providers.web.answer import LONGEST_PAUSE, retry_after

NOW = datetime(2025, 5, 26, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30.0),
        (" 1.5 ", 1.5),
        ("Mon, 26 May 2025 06:02:00 GMT", 120.0),
        ("Mon, 26 May 2025 05:00:00 GMT", 0.0),
        ("999999999", LONGEST_PAUSE),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_a_pause_is_read_from_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.text(max_size=60))
def test_no_header_makes_it_fail(value: str) -> None:
    pause = retry_after(value, NOW)
    assert pause is None or 0.0 <= pause <= LONGEST_PAUSE
