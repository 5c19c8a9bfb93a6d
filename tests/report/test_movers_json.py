"""Movers for machines agree with the rest of the document and leave unknown null."""

from typing import Any

import pytest

from tui.report.movers_json import movers_document, movers_snapshot


def document(desk: Any, clock: str, language: str = "en") -> dict[str, Any]:
    desk.replay(clock)
    return movers_document(desk.market, movers_snapshot(desk.market, desk.jst(clock)), language)


def test_the_close(desk: Any) -> None:
    told = document(desk, "15:30")
    nikkei, topix = told["breadth"]
    assert (nikkei["up"], nikkei["down"], nikkei["unchanged"], nikkei["missing"]) == (147, 77, 1, 0)
    assert topix["missing"] == 1681 - 225
    assert sum(sector["up"] for sector in told["sectors"]) == 147
    lists = {each["list"]: each for each in told["lists"]}
    assert lists["leaders"]["names"][0]["symbol"] == "9009.T"
    assert len(lists["leaders"]["names"]) == 147
    assert len(lists["laggards"]["names"]) == 77
    assert len(lists["most_traded"]["names"]) == told["concentration"]["names"] == 10
    assert lists["highs"]["names"][0]["of_year"] is None
    assert not lists["unusual_volume"]["known"]
    assert (told["advance_decline_ratio"], told["year_since"]) == (None, None)
    assert told["history_sessions"] == 5


def test_today_against_the_session_before(desk: Any) -> None:
    told = document(desk, "15:30")["previous"]
    assert told["session"] == "2025-05-23"
    assert told["change"] == pytest.approx(174.6)
    assert told["sum"] == pytest.approx(174.6, abs=0.005)
    assert sum(name["points"] for name in told["names"]) == pytest.approx(371.06, abs=0.005)
    assert sum(name["before"] for name in told["names"]) == pytest.approx(told["sum"])


def test_before_the_open_nothing_is_known_and_nothing_is_zero(desk: Any) -> None:
    told = document(desk, "08:30", "ja")
    assert told["breadth"][0]["missing"] == 225
    assert told["above_vwap"] == {"names": None, "known": 0}
    assert told["concentration"]["share"] is None
    assert all(not each["names"] for each in told["lists"])
    assert told["sectors"][0]["name"] == "水産・農林業"
