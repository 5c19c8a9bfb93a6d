"""The snapshot as JSON, CSV and text."""

import csv
import io
import json
import math
from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.quotes import Delay, DelayKind, Field, QuoteState
from tui.providers.contracts import About
from tui.report.feed import delivered
from tui.report.rows import rows_report
from tui.report.snapshot import ROW_FIELDS, Snapshot, to_csv, to_json
from tui.report.summary import summarise
from tui.report.text import to_text
from tui.report.width import fit, width

ABOUT = About(name="test", title="Test", summary="", delay=Delay(DelayKind.REALTIME))
LAST, BASE = Field.LAST, Field.BASE
ADVANTEST = "6857.T"


def snapshot(desk: Any, symbols: tuple[str, ...], clock: str = "10:00") -> Snapshot:
    now = desk.jst(clock)
    return Snapshot(
        summary=summarise(desk.market, now),
        rows=rows_report(desk.market, symbols, now),
        feed=delivered(ABOUT, None, now),
        list_name="Mine",
        remarks=("line 3 is bad",),
    )


def texts(desk: Any, taken: Snapshot, language: str = "en") -> list[str]:
    return [line.text for line in to_text(desk.market, taken, language)]


def test_nothing_known_is_null_and_never_zero(desk: Any) -> None:
    document = json.loads(to_json(desk.market, snapshot(desk, (ADVANTEST,))))
    (row,) = document["rows"]
    figures = ("last", "change", "percent", "points", "volume", "turnover", "base", "time")
    assert [row[key] for key in figures] == [None] * len(figures)
    assert document["nt_ratio"] is None
    assert document["turnover"] == {"index": "^N225", "total": None, "names": 0}
    assert [index["last"] for index in document["indices"]] == [None, None]
    assert document["contribution"]["sum"] is None


def test_figures_are_not_rounded_but_differences_carry_no_dust(desk: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 838.3, BASE: 828.4, Field.VOLUME: 100.0}})
    row = json.loads(to_json(desk.market, snapshot(desk, (ADVANTEST,))))["rows"][0]
    assert (row["last"], row["change"], row["volume"]) == (838.3, 9.9, 100)
    assert row["percent"] == (838.3 - 828.4) / 828.4 * 100
    assert row["points"] != round(row["points"], 6)
    assert row["time"] == "2025-05-26T10:00:00+09:00"


def test_a_list_without_names_is_a_document_all_the_same(desk: Any) -> None:
    document = json.loads(to_json(desk.market, snapshot(desk, ())))
    assert (document["rows"], document["list"]) == ([], "Mine")
    assert document["remarks"] == ["line 3 is bad"]


def test_the_language_is_of_names_only(desk: Any) -> None:
    english, japanese = (
        json.loads(to_json(desk.market, snapshot(desk, (ADVANTEST,)), language))
        for language in ("en", "ja")
    )
    assert english["rows"][0].pop("name") == "Advantest"
    assert japanese["rows"][0].pop("name") == "アドバンテスト"
    assert japanese["indices"][0].pop("name") != english["indices"][0].pop("name")
    del english["indices"][1]["name"], japanese["indices"][1]["name"]
    for document in (english, japanese):
        for sector in document["movers"]["sectors"]:
            del sector["name"]
        for named in (*document["tape"], *document["bridge"]["receipts"]):
            del named["name"]
        for name in document["movers"]["previous"]["names"]:
            del name["name"]
    assert english == japanese


def test_csv_quotes_what_it_must_and_leaves_blank_what_is_unknown(desk: Any) -> None:
    desk.market.watch(["A,B"])
    desk.tell({ADVANTEST: {LAST: 7101.0, BASE: 6815.0}})
    text = to_csv(desk.market, snapshot(desk, (ADVANTEST, "A,B")))
    first, second = csv.DictReader(io.StringIO(text))
    assert tuple(first) == ROW_FIELDS
    assert (first["last"], first["volume"]) == ("7101", "")
    assert (second["symbol"], second["last"], second["state"]) == ("A,B", "", "no data")
    assert "\r" not in text


def test_an_auction_shows_the_indicative_price(desk: Any) -> None:
    desk.tell(
        {ADVANTEST: {BASE: 6815.0, Field.INDICATIVE: 6900.0}, "^N225": {BASE: 37160.47}}, None
    )
    lines = texts(desk, snapshot(desk, (ADVANTEST,), "08:50"))
    assert "気配 " in lines[1]
    assert "(1/225)" in lines[1]
    row = next(line for line in lines if line.startswith("6857"))
    assert "気    6,900" in row
    desk.tell({ADVANTEST: {LAST: 6910.0, Field.INDICATIVE: math.nan}}, "09:00")
    row = next(
        line for line in texts(desk, snapshot(desk, (ADVANTEST,))) if line.startswith("6857")
    )
    assert "6,910" in row
    assert "気" not in row


def test_every_row_is_as_wide_as_the_heading(desk: Any) -> None:
    desk.replay("14:32")
    symbols = desk.market.basket.symbols
    for language in ("en", "ja"):
        lines = texts(desk, snapshot(desk, symbols, "14:32"), language)
        head = next(line for line in lines if line.startswith("Code"))
        end = head.index("  State")
        for line in lines[lines.index(head) + 1 : -1]:
            places = list(accumulate(width(character) for character in line))
            if places[-1] > end:
                # No character stands across the end of the figures, and two blanks follow.
                assert line[places.index(end) + 1 :].startswith("  "), line


def test_remarks_end_the_print_out_and_old_quotes_are_marked(desk: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 7101.0, BASE: 6815.0}}, state=QuoteState.SPECIAL_BID)
    lines = texts(desk, snapshot(desk, (ADVANTEST,), "14:00"))
    assert lines[-1] == "note: line 3 is bad"
    assert lines[-2].endswith("special bid old")
    assert texts(desk, snapshot(desk, (ADVANTEST,), "14:00"), "ja")[-2].endswith("特買 old")


def test_a_missing_table_stands_where_the_sum_would(desk_on: Callable[[date], Any]) -> None:
    desk = desk_on(date(2024, 2, 1))
    lines = texts(desk, snapshot(desk, ()))
    assert any("none for 1 Feb 2024" in line for line in lines)
    assert not any(line.startswith(("up ", "points ")) for line in lines)


@given(st.text(max_size=40), st.integers(2, 30))
def test_fitted_text_is_exactly_as_wide_as_asked(text: str, cells: int) -> None:
    assert width(fit(text, cells)) == cells


@given(st.text(st.characters(codec="ascii"), max_size=20))
def test_what_fits_is_only_padded(text: str) -> None:
    assert fit(text, 20).startswith(text)


@pytest.mark.parametrize(
    ("kind", "minutes", "age", "words"),
    [
        (DelayKind.REALTIME, 0, 10, "LIVE"),
        (DelayKind.REALTIME, 0, 600, "STALE 10 m"),
        (DelayKind.DELAYED, 20, 1210, "DELAYED 20 m"),
        (DelayKind.UNKNOWN, 0, 10, "DELAY UNKNOWN"),
        (DelayKind.SYNTHETIC, 0, 9999, "SYNTHETIC"),
        (DelayKind.REPLAY, 0, 9999, "REPLAY"),
    ],
)
def test_a_source_asked_once_is_judged_by_the_age_of_its_data(
    desk: Any, kind: DelayKind, minutes: int, age: int, words: str
) -> None:
    about = About(name="test", title="Test", summary="", delay=Delay(kind, minutes), note="so")
    now = desk.jst("14:00")
    report = delivered(about, now - timedelta(seconds=age), now)
    assert report.words == words
    assert report.well == (not words.startswith("STALE"))
    assert report.note == "so"
    assert delivered(about, now - timedelta(days=2), now, lambda _: True).state != "STALE"
