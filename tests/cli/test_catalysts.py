"""What `zaraba catalysts` makes of files."""

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

Call = Callable[..., Any]

ROOT = Path(__file__).resolve().parents[2]
WRAP = """\
# Japan stocks extend gains

Monday, 26 May 2025

The Nikkei 225 ($^N225) rose 371.06 points, or 1.00%, to close at 37,531.53, while the broader TOPIX
added 0.8% to 2,751.91, both up for a second straight session.

Sony ($SONY) gained 1.55% and Hitachi ($6501.T) 1.5%.

## Key catalysts

1. **EU tariffs.** The higher levy is put off until 9 July, which lifted Toyota ($TM).
2. **Steel.** Washington backs the deal of Nippon Steel ($5401.T).
"""


@pytest.fixture
def wrap(tmp_path: Path) -> str:
    (tmp_path / "wrap.md").write_text(WRAP, encoding="utf-8")
    return "wrap.md"


def document(call: Call, *arguments: str) -> Any:
    done = call("catalysts", "--format", "json", *arguments)
    assert (done.status, done.err) == (0, "")
    return json.loads(done.out)


def test_a_commentary_yields_catalysts_symbols_and_checked_claims(call: Call, wrap: str) -> None:
    told = document(call, wrap)
    first, second = told["catalysts"]
    assert first == {
        "time": None,
        "title": "EU tariffs",
        "text": "The higher levy is put off until 9 July, which lifted Toyota ($TM).",
        "kind": "tariff",
        "rule": first["rule"],
        "symbols": ["7203.T"],
        "source": "wrap.md",
        "link": "",
        "due": "2025-07-09",
    }
    assert first["rule"]
    assert (second["title"], second["symbols"], second["due"]) == ("Steel", ["5401.T"], None)
    claims = {claim["symbol"]: claim for claim in told["claims"]}
    assert list(claims) == ["^N225", "^TOPX", "6758.T", "6501.T"]
    nikkei = claims["^N225"]
    assert (nikkei["level"], nikkei["change"], nikkei["percent"]) == (37531.53, 371.06, 1)
    assert (nikkei["market"]["level"], nikkei["market"]["change"]) == (37531.53, 371.06)
    assert (nikkei["agrees"], nikkei["disagrees"]) == (True, [])
    assert nikkei["text"].startswith("The Nikkei 225 ($^N225) rose")
    assert (claims["^TOPX"]["agrees"], claims["^TOPX"]["disagrees"]) == (False, ["percent"])
    assert claims["^TOPX"]["market"]["percent"] == pytest.approx(0.599, abs=0.001)
    assert claims["6758.T"]["as_written"] == "$SONY"
    assert {"symbol": "6758.T", "as_written": "$SONY"} in told["symbols"]
    assert {"symbol": "7203.T", "as_written": "$TM"} in told["symbols"]


def test_the_market_s_figures_are_those_of_the_wrap(call: Call, wrap: str) -> None:
    told = document(call, wrap)
    wrapped = json.loads(call("wrap", "--format", "json").out)
    indices = {index["symbol"]: index for index in wrapped["indices"]}
    for claim in told["claims"][:2]:
        index = indices[claim["symbol"]]
        assert claim["market"] == {
            "level": index["last"], "change": index["change"], "percent": index["percent"],
        }  # fmt: skip


def test_without_quotes_of_the_date_the_market_is_blank(call: Call, tmp_path: Path) -> None:
    text = WRAP.replace("Monday, 26 May 2025", "Tuesday, 27 May 2025")
    (tmp_path / "other.md").write_text(text, encoding="utf-8")
    told = document(call, "other.md")
    assert told["documents"][0]["session"] == "2025-05-27"
    assert {claim["market"] for claim in told["claims"]} == {None}
    assert {claim["agrees"] for claim in told["claims"]} == {None}


def test_the_table_marks_what_the_market_does_not_bear_out(zaraba: Call, wrap: str) -> None:
    done = zaraba("catalysts", wrap)
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "Japan stocks extend gains · commentary · 2025-05-26"
    (nikkei,) = [line for line in lines if line.startswith("  ^N225 ") and "37,531.53" in line]
    assert nikkei.split()[1:5] == ["37,531.53", "+371.06", "+1.00%", "="]
    (topix,) = [line for line in lines if line.startswith("  ^TOPX ") and "2,751.91" in line]
    assert topix.endswith("≠ 2,751.91  +0.60% (differs in percent)")


def test_several_files_notes_among_them(call: Call, wrap: str, tmp_path: Path) -> None:
    notes = "date: 2025-05-26\n## 14:05 Rumour\n$9984.T\nkind: flow\ndue: soon\n"
    (tmp_path / "notes.md").write_text(notes, encoding="utf-8")
    told = document(call, "notes.md", wrap, "notes.md")
    assert [each["form"] for each in told["documents"]] == ["notes", "commentary"]
    assert [each["title"] for each in told["catalysts"]] == ["Rumour", "EU tariffs", "Steel"]
    assert told["catalysts"][0]["time"] == "2025-05-26T14:05:00+09:00"
    assert told["documents"][0]["problems"] == ["line 5: “soon” is not a date such as 2025-07-09"]


def test_a_saved_feed_is_read_linked_and_filed(call: Call, tmp_path: Path) -> None:
    feed = (
        "<rss><channel><title>Wire</title><item><title>トヨタ自動車&lt;7203&gt;、業績予想を上方修正"
        "</title><link>https://example.com/1</link>"
        "<pubDate>Mon, 26 May 2025 10:30:00 +0900</pubDate></item></channel></rss>"
    )
    (tmp_path / "saved.xml").write_text(feed, encoding="utf-8")
    told = document(call, "saved.xml")
    assert told["documents"][0]["form"] == "feed"
    (only,) = told["catalysts"]
    assert only["time"] == "2025-05-26T10:30:00+09:00"
    assert (only["symbols"], only["kind"]) == (["7203.T"], "guidance")
    assert (only["source"], only["link"]) == ("Wire", "https://example.com/1")


def test_a_hyphen_reads_standard_input(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(WRAP.encode())))
    told = document(call, "-")
    assert [each["title"] for each in told["catalysts"]] == ["EU tariffs", "Steel"]
    assert told["catalysts"][0]["source"] == ""


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "there is no such file"),
        (b"\x89PNG\r\n\x1a\n\0", "this is not text"),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel/></rss>", "holds a DTD"),
        (b"<rss><channel><item><title>cut", "not well formed"),
        (b"x" * (2 << 20), "larger than 1,048,576 bytes"),
        (b"x" * (17 << 20), "larger than 16 MiB"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    call: Call, tmp_path: Path, content: bytes | None, told: str
) -> None:
    if content is not None:
        (tmp_path / "bad.md").write_bytes(content)
    done = call("catalysts", "bad.md")
    assert (done.status, done.out) == (2, "")
    assert told in done.complaint
    assert "bad.md" in done.complaint


def test_a_folder_and_no_file_at_all_are_errors(call: Call) -> None:
    assert "folder" in call("catalysts", ".").complaint
    assert "FILE" in call("catalysts").complaint


def test_hostile_text_prints_no_escape(zaraba: Call, tmp_path: Path) -> None:
    text = "26 May 2025\n\nCatalysts\n- \x1b[31mRed\x9b2J\u202e. [b]x[/b] \u200b$SONY gained 9%\n"
    (tmp_path / "bad.md").write_text(text, encoding="utf-8")
    for form in ("table", "json"):
        out = zaraba("catalysts", "bad.md", "--format", form).out
        assert "[b]x[/b]" in out
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]", out)


def test_an_empty_file_holds_nothing(call: Call, tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    told = document(call, "empty.md")
    assert (told["catalysts"], told["claims"], told["symbols"]) == ([], [], [])


# --- the document -----------------------------------------------------------------------


def documented() -> dict[str, str]:
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    text = text.partition("# What `zaraba catalysts` writes")[2].partition("\n# ")[0]
    return dict(re.findall(r"^\| `([^`]+)` \| ([^|]+?) \|", text, re.MULTILINE))


def keys(value: Any, path: str = "") -> set[str]:
    if isinstance(value, dict) and value:
        return {k for key, inner in value.items() for k in keys(inner, f"{path}.{key}".strip("."))}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return {key for each in value for key in keys(each, f"{path}[]")}
    return {path}


def test_every_key_of_the_json_is_documented_and_no_other(call: Call, wrap: str) -> None:
    assert keys(document(call, wrap)) == set(documented())
