"""Rows and header where several sources serve, and where something was held back."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from tui.feed.chain_disputes import Dispute
from tui.feed.health import FeedState, Health
from tui.market.quotes import Delay, DelayKind, Field, Quality, QuoteBatch
from tui.market.times import to_datetime64
from tui.present.detail import detail_view
from tui.providers.contracts import Role
from tui.report.feed import feed_report
from tui.report.rows import Badge, rows_report

LAST, BASE = Field.LAST, Field.BASE
ADVANTEST, ELECTRON = "6857.T", "8035.T"
NOW = datetime(2025, 5, 26, 1, 30, tzinfo=UTC)


def told(desk: Any, source: str, symbol: str, clock: str, delay: Delay) -> None:
    desk.market.apply(
        QuoteBatch(
            symbols=(symbol,),
            rows=np.zeros(1, np.int32),
            fields={LAST: np.array([7000.0]), BASE: np.array([6815.0])},
            time=np.array([to_datetime64(desk.jst(clock))]),
            source=source,
            delay=delay,
            epoch=1,
            session=desk.market.session,
        ),
        1.0,
    )


def test_a_row_is_old_by_its_own_source_s_delay(desk: Any) -> None:
    told(desk, "kabu", ADVANTEST, "10:05", Delay(DelayKind.REALTIME))
    told(desk, "yahoo", ELECTRON, "10:05", Delay(DelayKind.DELAYED, 20))
    report = rows_report(desk.market, (ADVANTEST, ELECTRON), desk.jst("10:30"))
    assert report.stale.tolist() == [True, False]
    assert [desk.market.board.sources[code] for code in report.source.tolist()] == ["kabu", "yahoo"]
    later = rows_report(desk.market, (ADVANTEST, ELECTRON), desk.jst("10:36"))
    assert later.stale.tolist() == [True, True]


def test_what_is_held_back_or_disputed_has_a_word(desk: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 6900.0, BASE: 6815.0}, ELECTRON: {LAST: 22_800.0, BASE: 22_755.0}})
    desk.tell({ADVANTEST: {LAST: 69_000.0}}, "10:01")
    desk.tell({ELECTRON: {LAST: 22_810.0}}, "10:01", quality=int(Quality.DISPUTED))
    report = rows_report(desk.market, (ADVANTEST, ELECTRON), desk.jst("10:02"))
    assert report.last.tolist() == [6900.0, 22_810.0]
    assert report.badge.tolist() == [Badge.HELD_BACK, Badge.DISPUTED]
    assert [Badge(code).word for code in report.badge.tolist()] == ["held back", "differs"]


@pytest.mark.parametrize(
    ("language", "label", "words"),
    [
        ("en", "Held back", "69,000 from test at 10:01, outside limits 5,815–7,815"),
        ("ja", "保留値", "69,000 (test 10:01) 制限値幅 5,815–7,815 外"),
    ],
)
def test_the_detail_tells_what_was_held_back(
    desk: Any, language: str, label: str, words: str
) -> None:
    desk.tell({ADVANTEST: {LAST: 6900.0, BASE: 6815.0}})
    desk.tell({ADVANTEST: {LAST: 69_000.0}}, "10:01")
    report = rows_report(desk.market, (ADVANTEST,), desk.jst("10:02"))
    view = detail_view(desk.market, report, language)
    facts = {fact.label: fact for fact in view.facts}
    assert facts[label].value == words
    assert facts[label].tone == "warn"
    desk.tell({ADVANTEST: {LAST: 6910.0}}, "10:02")
    report = rows_report(desk.market, (ADVANTEST,), desk.jst("10:02"))
    facts = {fact.label: fact for fact in detail_view(desk.market, report, language).facts}
    assert facts[label].tone == "muted"


def test_the_detail_tells_what_another_source_says(desk: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 6900.0, BASE: 6815.0}})
    report = rows_report(desk.market, (ADVANTEST,), desk.jst("10:02"))
    dispute = Dispute(
        source="kabu", price=6900.0, other="yahoo", other_price=6850.0, ticks=10.0, time=None
    )
    facts = {
        fact.label: fact.value for fact in detail_view(desk.market, report, "en", dispute).facts
    }
    assert facts["Sources differ"] == "kabu 6,900, yahoo 6,850"


KABU = Health(
    source="kabu", role=Role.QUOTES, state=FeedState.LIVE, delay=Delay(DelayKind.REALTIME)
)
YAHOO = Health(
    source="yahoo", role=Role.QUOTES, state=FeedState.DELAYED, delay=Delay(DelayKind.DELAYED, 20)
)


def test_no_delay_hides_behind_another_s_real_time() -> None:
    report = feed_report((KABU, YAHOO), NOW, {"": 3, "kabu": 50, "yahoo": 175})
    assert report.words == "kabu 50 · yahoo 175 DELAYED 20 m"
    assert report.brief == "DELAYED 20 m"
    assert report.source == "kabu + yahoo"
    assert report.state == "DELAYED"
    assert report.trouble == ""


def test_a_chain_of_which_one_serves_all_reads_as_that_one() -> None:
    failing = replace(KABU, state=FeedState.RETRYING, last_error="refused", errors=1)
    report = feed_report((failing, YAHOO), NOW, {"yahoo": 225})
    assert report.words == "DELAYED 20 m"
    assert report.source == "yahoo"
    assert report.trouble == "kabu: refused"
