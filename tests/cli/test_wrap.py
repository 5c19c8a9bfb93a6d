"""What `zaraba wrap` writes."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

ROOT = Path(__file__).resolve().parents[2]
CLOSE = ("--at", "2025-05-26T15:30+09:00")
DAY = "2025-05-26"
MOVER = {
    "code", "symbol", "name", "last", "change", "percent", "points", "topix_points", "derived",
}  # fmt: skip


def written(call: Call, *arguments: str) -> str:
    done = call("wrap", *arguments)
    assert (done.status, done.err) == (0, "")
    return str(done.out)


def figures(call: Call, *arguments: str) -> Any:
    return json.loads(written(call, "--format", "json", *arguments))


def test_the_close_of_the_day_is_stated_by_the_installed_command(zaraba: Call) -> None:
    text = written(zaraba, *CLOSE)
    for stated in (
        "37,531.53", "+371.06", "+1.00%", "2,751.91", "+16.39", "+0.60%", "second rise in a row",
        "Both rose for the second session in a row", "147 rose, 77 fell and 1 was unchanged",
        "Advantest", "+76.10", "Tokyo Electron", "+59.87", "SoftBank Group", "+33.33",
        "Sony Group +1.55%", "Hitachi +1.47%", "Nippon Steel +2.13%", "77.26%",
    ):  # fmt: skip
        assert stated in text, stated
    assert text == written(zaraba)


def test_the_japanese_close_has_the_same_figures(call: Call) -> None:
    text = written(call, *CLOSE, "--lang", "ja")
    for stated in (
        "続伸", "37,531.53", "+371.06", "+1.00%", "2,751.91", "+16.39", "+0.60%",
        "アドバンテスト", "+76.10", "+59.87", "+33.33",
        "ソニーグループ +1.55%", "日立製作所 +1.47%", "日本製鉄 +2.13%",
    ):  # fmt: skip
        assert stated in text, stated
    assert re.search(r"\b(the|rose|fell|points)\b", text.split("## ")[0]) is None


def test_the_wrap_and_the_print_out_have_the_same_figures(call: Call) -> None:
    wrap = figures(call, "--at", "14:32")
    done = call("print", "--at", "14:32", "--format", "json")
    told = json.loads(done.out)
    for ours, theirs in zip(wrap["indices"], told["indices"], strict=True):
        assert ours == {key: theirs[key] for key in ours}
    assert wrap["breadth"] == told["breadth"]
    assert wrap["turnover"] == told["turnover"]
    assert wrap["nt_ratio"] == told["nt_ratio"]
    for key in ("change", "sum", "residual", "coverage", "factors_as_of", "missing_table"):
        assert wrap["nikkei"][key] == told["contribution"][key]
    rows = {row["symbol"]: row for row in told["rows"]}
    for mover in (*wrap["nikkei"]["leaders"], *wrap["nikkei"]["laggards"]):
        for key in ("code", "name", "last", "change", "percent", "points", "derived"):
            assert mover[key] == rows[mover["symbol"]][key]
    best = [row["symbol"] for row in told["rows"]][:5]
    assert [mover["symbol"] for mover in wrap["nikkei"]["leaders"]] == best


# --- JSON -------------------------------------------------------------------------------


def documented() -> dict[str, str]:
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    text = text.partition("# What `zaraba wrap` writes")[2].partition("key of a name")[0]
    return dict(re.findall(r"^\| `([^`]+)` \| ([^|]+?) \|", text, re.MULTILINE))


def paths(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    kind = documented().get(f"{path}[]") or documented().get(path)
    if kind is not None:
        yield (f"{path}[]" if f"{path}[]" in documented() else path), value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from paths(inner, f"{path}[]")
    else:
        yield path, value


def fits(kind: str, value: Any) -> bool:
    plain, _, nullable = kind.partition(" or ") if kind != "true or false" else (kind, "", "")
    if value is None:
        return nullable == "null"
    match plain:
        case "text" | "time" | "date":
            return isinstance(value, str)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "whole number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "true or false":
            return isinstance(value, bool)
        case "array of text":
            return all(isinstance(each, str) for each in value)
        case "array of names":
            return all(set(each) == MOVER for each in value)
        case "array of groups":
            return all(
                {"key", "name", "percent", "points", "topix_points"} < set(each) for each in value
            )
    return False


@pytest.mark.parametrize("at", ["08:30", "10:30", "15:30"])
def test_every_key_is_documented_and_of_its_type(call: Call, at: str) -> None:
    document = figures(call, "--at", at)
    told = documented()
    seen = set()
    for path, value in paths(document):
        assert path in told, path
        assert fits(told[path], value), (path, value)
        seen.add(path)
    if at == "15:30":
        assert seen == set(told)


def test_the_json_has_the_figures_of_the_day(call: Call) -> None:
    told = figures(call, *CLOSE)
    assert told["as_of"] == f"{DAY}T15:30:00+09:00"
    assert (told["stage"], told["feed_state"], told["modelled"]) == ("closed", "REPLAY", False)
    assert told["headline"] == "Nikkei 225 up 371.06 to 37,531.53, second rise in a row"
    assert round(told["nikkei"]["leading"]["points"], 2) == 198.24
    assert told["nikkei"]["derived"] == ["9613.T"]
    assert told["topix"]["weights_as_of"] == "2025-06-30"
    assert round(told["topix"]["covered_share"], 4) == 0.7726
    assert told["yen"] == {"symbol": "JPY=X", "last": None, "change": None}
    assert [(each["on"][5:], each["kind"]) for each in told["due"]] == [
        ("06-13", "sq"), ("07-09", "catalyst"), ("07-11", "sq"), ("07-21", "closed"),
        ("07-31", "rebalance"),
    ]  # fmt: skip
    keys = [basket["key"] for basket in told["baskets"]]
    assert set(keys) == {
        "exporters", "banks", "semiconductors", "trading-houses", "steel", "autos",
    }  # fmt: skip


# --- other sources, files and forms -----------------------------------------------------


def quotes(tmp_path: Path, content: str) -> tuple[str, ...]:
    (tmp_path / "quotes.csv").write_text(content, encoding="utf-8")
    return ("--provider", "file", "--path", "quotes.csv")


def test_a_file_with_few_names_says_what_it_covers_and_the_yen(call: Call, tmp_path: Path) -> None:
    stamp = f"{DAY}T15:30+09:00"
    rows = (
        "symbol,last,previous_close,time\n"
        f"6857.T,7101,6815,{stamp}\n7203.T,2627,2629,{stamp}\nJPY=X,142.8,142.5,{stamp}\n"
    )
    text = written(call, *quotes(tmp_path, rows))
    assert text.startswith("# Tokyo at the close, Monday 26 May 2025\n")
    assert "1 rose, 1 fell and 0 were unchanged; 223 had no price." in text
    assert "The dollar stood at 142.800 yen, 0.300 more than at the close before." in text
    assert "Turnover" not in text
    assert "2 of 225 names" in text
    assert "in a row" not in text


def test_the_user_s_baskets_are_used(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "config" / "zaraba"
    folder.mkdir(parents=True)
    (folder / "baskets.toml").write_text(
        '[games]\nname = "Games"\ncodes = ["9766", "7974"]\n[steel]\ncodes = []\n', encoding="utf-8"
    )
    keys = [basket["key"] for basket in figures(call, *CLOSE)["baskets"]]
    assert "games" in keys
    assert "steel" not in keys
    assert "in Games Nintendo rose 1.40%" in written(call, *CLOSE)


def test_a_broken_file_of_baskets_is_told_and_the_report_goes_on(
    call: Call, tmp_path: Path
) -> None:
    folder = tmp_path / "config" / "zaraba"
    folder.mkdir(parents=True)
    (folder / "baskets.toml").write_text("[games\n", encoding="utf-8")
    text = written(call, *CLOSE)
    assert "baskets.toml" in text
    assert "in steel Nippon Steel rose 2.13%" in text


def test_a_broken_source_of_news_is_told_and_the_report_goes_on(call: Call, tmp_path: Path) -> None:
    (tmp_path / "zaraba.toml").write_text("[providers.notes]\nfolder = 5\n", encoding="utf-8")
    told = figures(call, *CLOSE, "--config", "zaraba.toml")
    assert told["catalysts"] == []
    assert any("folder" in remark for remark in told["remarks"])


def test_the_language_of_the_configuration_counts_unless_another_is_asked_for(
    call: Call, tmp_path: Path
) -> None:
    (tmp_path / "zaraba.toml").write_text('language = "ja"\n', encoding="utf-8")
    assert "続伸" in written(call, "--config", "zaraba.toml")
    assert "second rise" in written(call, "--config", "zaraba.toml", "--lang", "en")


def test_text_has_no_markup_and_fits_the_terminal(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = written(call, *CLOSE, "--format", "text").splitlines()
    assert not any(line.startswith(("#", "|")) for line in lines)
    assert max(map(len, lines)) <= 60


def test_an_invented_market_is_called_one(call: Call) -> None:
    assert "this is no market" in written(call, "--provider", "synthetic")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "csv"), "csv"),
        (("--lang", "fr"), "fr"),
        (("--at", "25:99"), "is not a time"),
        (("--at", "2024-05-26T10:00"), "recorded session"),
    ],
)
def test_wrong_arguments_are_one_line(call: Call, arguments: tuple[str, ...], said: str) -> None:
    done = call("wrap", *arguments)
    assert done.status == 2
    assert said in done.complaint
