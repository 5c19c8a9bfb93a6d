"""Pictures without a terminal."""

import html
import stat
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.cli.shot import parse_size, standing_alone
from tui.errors import UsageError

Call = Callable[..., Any]


def text_of(file: Path) -> str:
    tree = ET.fromstring(file.read_text(encoding="utf-8"))  # noqa: S314 - written a moment ago
    return html.unescape("".join(tree.itertext())).replace("\xa0", " ")


def test_the_close_is_drawn_with_its_figures(call: Call, tmp_path: Path) -> None:
    assert call("shot", "close.svg", "--size", "120x40").status == 0
    text = text_of(tmp_path / "close.svg")
    for figure in ("37,531.53", "371.06", "2,751.91", "+76.10", "+59.87", "path modelled"):
        assert figure in text
    assert stat.S_IMODE((tmp_path / "close.svg").stat().st_mode) & stat.S_IRUSR


def test_another_screen_and_language_are_drawn(call: Call, tmp_path: Path) -> None:
    arguments = ("--screen", "detail", "--names", "ja", "--size", "80x24", "--theme", "paper")
    assert call("shot", "detail.svg", *arguments).status == 0
    assert "アドバンテスト" in text_of(tmp_path / "detail.svg")


def test_a_source_that_fails_says_why_and_leaves_no_file(call: Call, tmp_path: Path) -> None:
    (tmp_path / "quotes.csv").write_text("name\nx\n", encoding="utf-8")
    done = call("shot", "a.svg", "--provider", "file", "--path", "quotes.csv")
    assert done.status == 2
    assert "lacks the columns" in done.complaint
    assert not (tmp_path / "a.svg").exists()


@pytest.mark.parametrize(("text", "size"), [("20x5", (20, 5)), ("400x200", (400, 200))])
def test_a_size_is_columns_by_rows(text: str, size: tuple[int, int]) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "80", "80x", "19x5", "20x4", "401x5", "20x201", "8 0x24"])
def test_any_other_size_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a size"):
        parse_size(text)


def test_fonts_are_those_of_the_reader_s_machine() -> None:
    before = (
        '<svg a="b">src: local("Mono"),\n url("https://x.example/f.woff") format("woff");</svg>'
    )
    after = standing_alone(before)
    assert after == '<svg xml:space="preserve" a="b">src: local("Mono");</svg>'
