"""What is printed of other instants, lists and sources."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

DAY = "2025-05-26"
BOTH = f"6857.T,7101,6815,1000,{DAY}T15:30+09:00\n8035.T,23355,22755,,{DAY}T15:30+09:00\n"
HEAD = "symbol,last,previous_close,volume,time\n"


def document(call: Call, *arguments: str) -> Any:
    done = call("print", "--format", "json", *arguments)
    assert (done.status, done.err) == (0, "")
    return json.loads(done.out)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("08:59", "pre_open"),
        ("09:30", "morning"),
        ("12:00", "lunch"),
        (f"{DAY}T14:32+09:00", "afternoon"),
        (f"{DAY}T06:26Z", "pre_closing"),
    ],
)
def test_an_instant_is_the_session_s_own(call: Call, at: str, state: str) -> None:
    told = document(call, "--at", at)
    assert told["session_state"] == state
    assert not any(row["stale"] for row in told["rows"])


def test_before_the_open_nothing_has_a_price_and_nothing_is_zero(call: Call) -> None:
    told = document(call, "--at", "08:59")
    assert {row["last"] for row in told["rows"]} == {None}
    states = {row["code"]: row["state"] for row in told["rows"]}
    # Of 9613 the base price is derived too.
    assert states.pop("9613") == "derived"
    assert set(states.values()) == {"no trade"}
    nikkei = told["indices"][0]
    assert (nikkei["last"], nikkei["change"], nikkei["streak"]) == (None, None, None)
    assert nikkei["base"] == 37160.47
    assert told["breadth"]["missing"] == 225
    assert told["contribution"]["residual"] is None
    text = call("print", "--at", "08:59").out.splitlines()
    assert text[1] == "Nikkei 225  37,160.47  previous close"


def test_the_options_may_stand_before_the_command(call: Call) -> None:
    assert call("--at", "14:32", "print").out == call("print", "--at", "14:32").out


def test_a_list_is_found_by_either_name_and_by_a_part_of_one(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "config" / "zaraba"
    folder.mkdir(parents=True)
    (folder / "lists.toml").write_text(
        '[[list]]\nname = "Steel"\nsymbols = ["5411", "5401", "9999X"]\n', encoding="utf-8"
    )
    assert document(call, "--list", "日経225")["list"] == "Nikkei 225"
    core = document(call, "--list", "CORE30")
    assert (core["list"], len(core["rows"])) == ("TOPIX Core30", 30)
    percents = [row["percent"] for row in core["rows"]]
    known = [percent for percent in percents if percent is not None]
    assert known == sorted(known, reverse=True)
    assert percents[: len(known)] == known
    steel = document(call, "--list", "steel")
    assert [row["symbol"] for row in steel["rows"]][:2] == ["5411.T", "5401.T"]
    assert steel["rows"][2]["state"] == "no data"


def test_names_come_in_the_language_asked_for(call: Call) -> None:
    assert document(call, "--names", "ja")["rows"][0]["name"] == "アドバンテスト"


def file(tmp_path: Path, content: str) -> tuple[str, ...]:
    (tmp_path / "quotes.csv").write_text(content, encoding="utf-8")
    return ("--provider", "file", "--path", "quotes.csv")


def test_a_file_without_the_index_has_its_sum_and_no_level(call: Call, tmp_path: Path) -> None:
    told = document(call, *file(tmp_path, HEAD + BOTH))
    assert (told["source"], told["feed_state"]) == ("file", "DELAYED")
    assert told["as_of"] == f"{DAY}T15:30:00+09:00"
    for index in told["indices"]:
        assert [index[key] for key in ("last", "change", "percent", "streak")] == [None] * 4
    part = told["contribution"]
    assert (part["change"], part["residual"]) == (None, None)
    assert round(part["sum"], 2) == 135.98
    assert part["coverage"] == {"observed": 2, "derived": 0, "missing": 223, "total": 225}
    assert told["breadth"] == {
        "index": "^N225", "up": 2, "down": 0, "unchanged": 0, "missing": 223,
    }  # fmt: skip
    first, second = told["rows"][:2]
    assert (first["code"], first["volume"], second["volume"]) == ("6857", 1000, None)
    assert {row["points"] for row in told["rows"][2:]} == {None}


def test_a_file_with_the_index_reconciles_what_it_can(call: Call, tmp_path: Path) -> None:
    index = f"^N225,37531.53,37160.47,,{DAY}T15:30+09:00\n^TOPX,2751.91,2735.52,,\n"
    told = document(call, *file(tmp_path, HEAD + BOTH + index))
    assert told["indices"][0]["change"] == 371.06
    assert [each["streak"] for each in told["indices"]] == [2, 2]
    assert round(told["contribution"]["residual"], 2) == 235.08


def test_a_bad_row_is_told_with_its_line(call: Call, tmp_path: Path) -> None:
    told = document(call, *file(tmp_path, HEAD + BOTH + f"7203.T,dear,1,,{DAY}T15:30+09:00\n"))
    assert any("line 4" in remark for remark in told["remarks"])


def test_a_file_without_times_is_of_the_day_that_at_names(call: Call, tmp_path: Path) -> None:
    quotes = file(tmp_path, "code,last,previous_close\n6857,7101,6815\n")
    told = document(call, *quotes, "--at", f"{DAY}T16:00+09:00")
    assert (told["session"], told["session_state"]) == (DAY, "closed")
    assert round(told["rows"][0]["points"], 2) == 76.10


def test_quotes_that_are_later_than_asked_for_are_refused(call: Call, tmp_path: Path) -> None:
    done = call("print", *file(tmp_path, HEAD + BOTH), "--at", f"{DAY}T14:00+09:00")
    assert done.status == 2
    assert "only a replay can be moved" in done.complaint


def test_a_date_without_tables_leaves_points_and_counts_blank(call: Call, tmp_path: Path) -> None:
    quotes = file(tmp_path, "code,last,previous_close,time\n6857,7101,6815,2024-02-01T10:00\n")
    told = document(call, *quotes)
    assert told["contribution"]["sum"] is None
    assert told["contribution"]["coverage"]["total"] is None
    assert told["breadth"]["up"] is None
    assert "none for 1 Feb 2024" in told["contribution"]["missing_table"]
    row = next(row for row in told["rows"] if row["code"] == "6857")
    assert (row["change"], row["points"]) == (286, None)
    assert "none for 1 Feb 2024" in call("print", *quotes).out


def test_a_source_that_never_rests_is_printed_and_marked(call: Call) -> None:
    told = document(call, "--provider", "synthetic")
    assert (told["feed_state"], told["feed_note"]) == ("SYNTHETIC", "invented prices")
    assert "SYNTHETIC · invented prices" in call("print", "--provider", "synthetic").out


def on_a_terminal(tmp_path: Path, **more: str) -> str:
    command = Path(sys.executable).with_name("zaraba")
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    environment |= {"TERM": "xterm-256color", "XDG_CONFIG_HOME": str(tmp_path), **more}
    ours, theirs = pty.openpty()
    with subprocess.Popen(  # noqa: S603 - our own command
        [str(command), "print", "--at", "15:30"],
        stdout=theirs,
        stdin=subprocess.DEVNULL,
        env=environment,
    ) as process:
        os.close(theirs)
        pieces = []
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux's way to say that the other end is closed
                break
            if not piece:
                break
            pieces.append(piece)
        assert process.wait(60) == 0
    os.close(ours)
    return b"".join(pieces).decode()


def test_a_terminal_gets_the_colours_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "zaraba").mkdir()
    (tmp_path / "zaraba" / "config.toml").write_text('convention = "western"\n', encoding="utf-8")
    line = next(line for line in on_a_terminal(tmp_path).splitlines() if "Advantest" in line)
    assert line.startswith("\x1b[32m")
    assert "\x1b" not in on_a_terminal(tmp_path, NO_COLOR="1")
