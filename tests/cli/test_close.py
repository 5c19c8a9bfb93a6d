"""What the installed command says of the close of 26 May 2025."""

import csv
import io
import json
import math
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(scope="module")
def _once() -> dict[str, Any]:
    return {}


@pytest.fixture
def close(zaraba: Callable[..., Any], _once: dict[str, Any]) -> Any:
    if not _once:
        done = zaraba("print", "--at", "15:30", "--format", "json")
        assert (done.status, done.err) == (0, "")
        _once.update(json.loads(done.out))
    return _once


def test_the_indices_are_those_of_the_day_and_up_for_the_second_session(close: Any) -> None:
    nikkei, topix = close["indices"]
    assert (nikkei["symbol"], nikkei["last"], nikkei["change"]) == ("^N225", 37531.53, 371.06)
    assert (topix["symbol"], topix["last"], topix["change"]) == ("^TOPX", 2751.91, 16.39)
    assert round(nikkei["percent"], 2) == 1.00
    assert round(topix["percent"], 2) == 0.60
    assert (nikkei["streak"], topix["streak"]) == (2, 2)


def test_breadth_is_that_of_the_day(close: Any) -> None:
    assert close["breadth"] == {
        "index": "^N225", "up": 147, "down": 77, "unchanged": 1, "missing": 0,
    }  # fmt: skip


def test_the_two_largest_contributions_come_first(close: Any) -> None:
    first, second = close["rows"][:2]
    assert (first["code"], round(first["points"], 2)) == ("6857", 76.10)
    assert (second["code"], round(second["points"], 2)) == ("8035", 59.87)


def test_the_sum_reconciles_and_says_what_stands_behind_it(close: Any) -> None:
    told = close["contribution"]
    assert f"{abs(told['residual']):.2f}" == "0.00"
    assert math.isclose(told["change"] - told["sum"], told["residual"], abs_tol=1e-9)
    points = [row["points"] for row in close["rows"]]
    assert math.isclose(math.fsum(points), told["sum"], abs_tol=1e-9)
    assert told["coverage"] == {"observed": 224, "derived": 1, "missing": 0, "total": 225}


def test_points_are_not_rounded(close: Any) -> None:
    points = [row["points"] for row in close["rows"] if row["points"]]
    assert sum(round(each, 4) != each for each in points) > 200


def test_the_derived_name_is_marked_and_has_no_volume(close: Any) -> None:
    (row,) = [row for row in close["rows"] if row["derived"]]
    assert (row["code"], row["state"]) == ("9613", "derived")
    assert (row["volume"], row["turnover"]) == (None, None)


def test_source_and_session_are_told(close: Any) -> None:
    assert close["as_of"] == "2025-05-26T15:30:00+09:00"
    told = (close["source"], close["feed_state"], close["feed_note"], close["session_state"])
    assert told == ("replay", "REPLAY", "path modelled", "closed")


def test_a_pipe_gets_plain_text_with_the_same_figures(zaraba: Callable[..., Any]) -> None:
    done = zaraba("print")
    lines = done.out.splitlines()
    assert "\x1b" not in done.out
    assert lines[1] == "Nikkei 225  37,531.53  +371.06  +1.00%  2nd session up"
    assert lines[2].split() == ["TOPIX", "2,751.91", "+16.39", "+0.60%", "2nd", "session", "up"]
    assert lines[3].startswith("up 147  down 77  unchanged 1  NT 13.64")
    assert lines[4] == (
        "at the day's high 18  low 3  above VWAP 142 of 224  top 10 names 44% of turnover"
    )
    assert lines[5] == (
        "points +371.06  residual 0.00  coverage 224 observed, 1 derived, 0 missing of 225"
    )
    assert lines[9].split()[:6] == ["6857", "Advantest", "7,101", "+286", "+4.20%", "+76.10"]


def test_csv_has_the_rows_of_the_json(zaraba: Callable[..., Any], close: Any) -> None:
    done = zaraba("print", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [row["symbol"] for row in rows] == [row["symbol"] for row in close["rows"]]
    assert float(rows[0]["points"]) == close["rows"][0]["points"]
    assert next(row for row in rows if row["code"] == "9613")["volume"] == ""
