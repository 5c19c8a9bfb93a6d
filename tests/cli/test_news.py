"""``zaraba news``: the latest, and out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

NOTES = """source: Desk

## 2026-02-03T10:15+09:00 Nippon Steel to buy back its own shares
link: https://example.com/steel

## 2026-02-03T11:00+09:00 Toyota Motor raises its full-year forecast
## 2199-01-01T09:00+09:00 Told in the future
"""


@pytest.fixture
def configured(tmp_path: Path) -> Path:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "a.md").write_text(NOTES, encoding="utf-8")
    file = tmp_path / "config.toml"
    file.write_text(f'[providers.notes]\nfolder = "{tmp_path / "desk"}"\n', encoding="utf-8")
    return file


def told(call: Call, config: Path, *arguments: str) -> Any:
    done = call("news", "--format", "json", "--config", str(config), *arguments)
    assert (done.status, done.err) == (0, "")
    return json.loads(done.out)


def test_the_newest_come_first_with_kind_and_names_filled_in(call: Call, configured: Path) -> None:
    document = told(call, configured, "--limit", "2")
    toyota, steel = document["news"]
    assert toyota["title"] == "Toyota Motor raises its full-year forecast"
    assert toyota["symbols"] == ["7203.T"]
    assert toyota["rule"]
    assert steel["symbols"] == ["5401.T"]
    assert steel["time"] == "2026-02-03T01:15:00+00:00"
    assert (steel["source"], steel["link"]) == ("Desk", "https://example.com/steel")
    assert document["found"] == 6
    assert document["remarks"] == []
    assert steel.keys() == {
        "key", "time", "session", "title", "text", "kind", "rule", "symbols", "source", "sources",
        "link", "due", "pinned",
    }  # fmt: skip


def test_filters_narrow(call: Call, configured: Path) -> None:
    titles = [each["title"] for each in told(call, configured, "--symbol", "7203")["news"]]
    assert titles[0] == "Toyota Motor raises its full-year forecast"
    kinds = {each["kind"] for each in told(call, configured, "--kind", "policy")["news"]}
    assert kinds == {"policy"}
    assert told(call, configured, "--kind", "nothing")["news"] == []
    assert told(call, configured, "--list", "core30")["found"] >= 1


def test_an_edit_by_hand_counts_here_too(call: Call, configured: Path) -> None:
    key = told(call, configured)["news"][0]["key"]
    edits = configured.with_name("catalysts.toml")
    edits.write_text(
        f'[[catalyst]]\nkey = {json.dumps(key)}\nkind = "mine"\nsymbols = ["7267"]\n',
        encoding="utf-8",
    )
    first = told(call, configured)["news"][0]
    assert (first["kind"], first["rule"], first["symbols"]) == ("mine", None, ["7267.T"])


def test_a_table_says_when_what_and_how_many_more(call: Call, configured: Path) -> None:
    done = call("news", "--limit", "1", "--config", str(configured))
    lines = done.out.splitlines()
    assert lines[0].startswith("2026-02-03 11:00")
    assert lines[0].endswith("7203  Desk")
    assert lines[1] == "The newest 1 of 6; --limit shows more."


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--limit", "0"), "--limit: 0 is out of range"),
        (("--symbol", "xyzzy"), "nothing is known by “xyzzy”"),
        (("--list", "xyzzy"), "there is no list “xyzzy”"),
    ],
)
def test_what_cannot_be_asked_for(
    call: Call, configured: Path, arguments: tuple[str, ...], says: str
) -> None:
    done = call("news", "--config", str(configured), *arguments)
    assert done.status == 2
    assert says in done.err


def test_without_any_source_it_says_what_to_do(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[sources]\nnews = []\n", encoding="utf-8")
    done = call("news", "--config", str(file))
    assert done.status == 2
    assert "no source of news is named" in done.err
    file.write_text('[sources]\nnews = ["nowhere"]\n', encoding="utf-8")
    done = call("news", "--config", str(file))
    assert done.status == 2
    assert "nowhere" in done.err


def test_one_source_that_fails_leaves_the_others(call: Call, configured: Path) -> None:
    text = configured.read_text(encoding="utf-8")
    configured.write_text('[sources]\nnews = ["notes", "nowhere"]\n' + text, encoding="utf-8")
    document = told(call, configured, "--limit", "1")
    assert len(document["news"]) == 1
    assert "nowhere" in document["remarks"][0]
