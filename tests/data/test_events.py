"""The user's file of events: read whole, or left out whole with what to mend."""

from datetime import date
from pathlib import Path

import pytest

from tui.data.events import OwnEvents, read_events


def held(tmp_path: Path, text: str) -> OwnEvents:
    path = tmp_path / "events.toml"
    path.write_text(text, encoding="utf-8")
    return read_events(path)


def test_events_are_in_order_of_date_with_symbols_in_the_program_s_form(tmp_path: Path) -> None:
    found = held(
        tmp_path,
        """
[[event]]
on = 2025-07-09
title = "EU  tariff deadline"
kind = "policy"
symbols = ["7203", "285a", "^N225", "７２６７"]

[[event]]
on = 2025-05-29
title = "決算 エヌビディア"
""",
    )
    assert found.notice == ""
    first, second = found.rows
    assert (first.on, first.title, first.kind) == (date(2025, 5, 29), "決算 エヌビディア", "")
    assert second.title == "EU tariff deadline"
    assert second.symbols == ("7203.T", "285A.T", "^N225", "7267.T")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[event]]\ntitle = 'x'", "`on`"),
        ("[[event]]\non = 2025-07-09", "`title`"),
        ("[[event]]\non = '9 July'\ntitle = 'x'", "event 1"),
        ("[[event]]\non = 2025-07-09T10:00:00\ntitle = 'x'", "has a time"),
        ("[[event]]\non = 2025-07-09\ntitle = ' '", "title"),
        ('[[event]]\non = 2025-07-09\ntitle = "a\\u001b[2Jb"', "cannot be shown"),
        ("[[event]]\non = 2025-07-09\ntitle = 'x'\nwhen = 1", "when"),
        ("[[event]]\non = 2025-07-09\ntitle = 'x'\nkind = 'two words'", "one word"),
        ("[[event]]\non = 2025-07-09\ntitle = 'x'\nsymbols = ['[red]']", "no symbol"),
        ("[[events]]\non = 2025-07-09", "[[event]]"),
        ("event = 3", "[[event]]"),
        ("[[event]\n", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_shown(tmp_path: Path, text: str, said: str) -> None:
    found = held(tmp_path, text)
    assert found.rows == ()
    assert said in found.notice
    assert "events.toml" in found.notice


def test_a_file_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert read_events(tmp_path / "events.toml") == OwnEvents()
