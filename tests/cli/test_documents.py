"""What the documents say is what the program does."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def keys(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from keys(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from keys(value[0], f"{path}[]")
    else:
        yield path


def documented() -> dict[str, str]:
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    text = text.partition("# What `zaraba wrap` writes")[0]
    return dict(re.findall(r"^\| `([^`]+)` \| ([^|]+?) \|", text, re.MULTILINE))


KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "time": (str,),
    "date": (str,),
    "number": (int, float),
    "whole number": (int,),
    "true or false": (bool,),
    "array of text": (list,),
}


def test_every_key_of_the_json_is_documented_and_no_other(zaraba: Callable[..., Any]) -> None:
    document = json.loads(zaraba("print", "--format", "json").out)
    assert set(keys(document)) == set(documented())


def test_every_figure_is_of_the_documented_type(zaraba: Callable[..., Any]) -> None:
    for at in ("08:59", "15:30"):
        document = json.loads(zaraba("print", "--at", at, "--format", "json").out)
        for path, kind in documented().items():
            plain, _, nullable = kind.partition(" or null")
            del nullable
            for value in found(document, path):
                if value is None:
                    assert kind.endswith("or null"), path
                else:
                    assert isinstance(value, KINDS[plain]), (path, value)
                    assert isinstance(value, bool) == (plain == "true or false"), path


def found(value: Any, path: str) -> list[Any]:
    head, _, rest = path.partition(".")
    inner = value[head.removesuffix("[]")]
    values = inner if head.endswith("[]") else [inner]
    return [each for one in values for each in (found(one, rest) if rest else [one])]


def test_the_example_of_the_json_is_the_output(zaraba: Callable[..., Any]) -> None:
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    document = json.loads(zaraba("print", "--at", "15:30", "--format", "json").out)
    for row in document["rows"][:3]:
        assert f"{row['name']}\t{row['points']}\n" in text


def test_the_readme_shows_what_print_prints(zaraba: Callable[..., Any]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"\$ zaraba print --at 15:30\n(.*?)\n…\n", readme, re.DOTALL)
    assert shown is not None
    assert zaraba("print", "--at", "15:30").out.startswith(shown[1] + "\n")


def test_the_file_of_the_readme_works(zaraba: Callable[..., Any], tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    content = re.search(r"```csv\n(.*?)```", readme, re.DOTALL)
    assert content is not None
    (tmp_path / "quotes.csv").write_text(content[1], encoding="utf-8")
    done = zaraba("print", "--provider", "file", "--path", "quotes.csv", "--format", "json")
    document = json.loads(done.out)
    assert [round(row["points"], 2) for row in document["rows"][:2]] == [76.10, 59.87]


def test_the_readme_has_the_two_commands_and_no_dead_link() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\npip install uv && uv run zaraba\n" in readme
    assert "\npip install uv && uv run pytest\n" in readme
    for name in ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/json.md"):
        page = ROOT / name
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in link:
                assert (page.parent / link).exists(), (name, link)


def test_the_picture_of_the_readme_asks_nothing_of_the_network() -> None:
    picture = (ROOT / "docs" / "pictures" / "monitor.svg").read_text(encoding="utf-8")
    assert "url(" not in re.sub(r"url\(#[^)]*\)", "", picture)
    assert "37,471.41" in picture
