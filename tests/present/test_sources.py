"""The sources as their screen reads them, in either language."""

from datetime import UTC, datetime, timedelta

import pytest

from tui.feed.health import FeedState, Health
from tui.market.quotes import Delay, DelayKind
from tui.present.catalogue import Catalogue
from tui.present.sources import SourceRow, health_lines, role_rows
from tui.providers.contracts import Role

NOW = datetime(2025, 5, 26, 5, 0, tzinfo=UTC)
FAILING = Health(
    source="yahoo",
    role=Role.QUOTES,
    state=FeedState.RETRYING,
    title="Yahoo Finance",
    delay=Delay(DelayKind.DELAYED, 20),
    data_time=NOW - timedelta(minutes=21),
    received=NOW - timedelta(seconds=40),
    quotes=1_200,
    errors=2,
    last_error="yahoo: the connection was refused",
    remarks=1,
    last_remark="a remark",
    retry_at=NOW + timedelta(seconds=8),
    restarts=3,
)


@pytest.fixture
def row() -> SourceRow:
    used = {Role.QUOTES: ("yahoo",)}
    (found,) = role_rows(Catalogue(place=lambda _: ""), used, [FAILING], NOW)[0].rows
    return found


def test_a_failing_source_tells_its_next_try_its_age_and_what_went_wrong(row: SourceRow) -> None:
    assert (row.state, row.tone) == ("RETRYING in 8 s", "warn")
    assert (row.age, row.errors, row.delay) == ("21 m", "2", "20 m late")
    assert row.trouble == "the connection was refused"


def test_all_of_it_is_told_in_either_language() -> None:
    told = "1,200 received, newest of 26 May 13:39:00 JST, last came 40 s ago, 3 restarts"
    assert health_lines(FAILING, NOW) == [
        (f"RETRYING in 8 s · 21 m old: {told}", "warn"),
        ("2 errors, the last: yahoo: the connection was refused", "warn"),
        ("1 remark, the last: a remark", ""),
    ]
    told = "受信1,200件, 最新値 05-26 13:39:00 JST, 40秒前に受信, 再接続3回"
    assert health_lines(FAILING, NOW, "ja") == [
        (f"再試行まで8秒 · 21分前の値: {told}", "warn"),
        ("エラー2件、直近: yahoo: 接続を拒否されました", "warn"),
        ("付記1件、直近: a remark", ""),
    ]
