"""The timeline on the real program: what it shows, and what its keys do.

Read a changed golden as a trader would before accepting it; change them with
``uv run pytest tests/screens/test_keys_timeline.py --snapshot-update``.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

Stage = Callable[..., int]

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x60": (200, 60)}
EVENTS = """\
[[event]]
on = 2025-05-22
title = "Advantest's day for investors"
kind = "earnings"
symbols = ["6857", "8035"]
[[event]]
on = 2025-05-23
title = "Consumer prices of April"
kind = "macro"
[[event]]
on = 2025-05-26
title = "トヨタ自動車の説明会"
symbols = ["7203"]
[[event]]
on = 2025-05-29
title = "Nvidia's results, after New York's close"
kind = "earnings"
symbols = ["6857", "8035", "6146"]
"""
LISTS = '[[list]]\nname = "Mine"\nsymbols = ["6857.T"]\n'


@pytest.fixture
def dated(stage: Stage, tmp_path: Path) -> Stage:
    """The program with dates of the user's and of an iCalendar file."""
    (tmp_path / "events.toml").write_text(EVENTS, encoding="utf-8")
    (tmp_path / "lists.toml").write_text(LISTS, encoding="utf-8")
    entries = "".join(
        f"BEGIN:VEVENT\nUID:{n}\nDTSTART;VALUE=DATE:20250530\nSUMMARY:Results of company {n}\n"
        "CATEGORIES:earnings\nEND:VEVENT\n"
        for n in range(40)
    )
    file = tmp_path / "results.ics"
    file.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{entries}END:VCALENDAR\n")

    def run(script: Any, language: str = "en", **how: Any) -> int:
        config = (
            f'language = "{language}"\n[sources]\ncalendar = ["exchange", "dates", "ical"]\n'
            f'[providers.ical]\nfiles = ["{file}"]\n[providers.replay]\npaused = true\n'
        )
        return stage(script, config=config, **how)

    return run


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_timeline(
    dated: Stage, golden: SnapshotAssertion, language: str, size: tuple[int, int]
) -> None:
    async def script(play: Any) -> None:
        await play.press("T")
        assert play.text + "\n" == golden

    dated(script, language, size=size)


@pytest.mark.parametrize("theme", ["midnight", "paper", "amber", "contrast"])
def test_timeline_in_the_colours_of_a_theme(
    dated: Stage, golden: SnapshotAssertion, colours: Callable[[Any], str], theme: str
) -> None:
    async def script(play: Any) -> None:
        await play.press("T")
        assert colours(play) == golden

    dated(script, arguments=("--theme", theme))


def cursor(play: Any) -> str:
    return str(play.one("#dates").key).split("\0")[1]


async def go_to(play: Any, text: str) -> None:
    """Move down to an entry."""
    await play.press("g")
    for _ in range(60):
        if text in cursor(play):
            return
        await play.press("j")
    raise AssertionError(text)


@pytest.mark.carries_out("view.timeline")
def test_it_opens_on_what_comes_next_and_closes(dated: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("T")
        assert play.screen_name == "TimelineScreen"
        assert cursor(play) == "トヨタ自動車の説明会"
        await play.press("T")
        assert play.screen_name == "MainScreen"
        await play.command("timeline")
        assert play.screen_name == "TimelineScreen"
        await play.press("m")
        assert play.screen_name == "HeatmapScreen"
        await play.press("T", "escape")
        assert play.screen_name == "MainScreen"

    dated(check)


def test_an_entry_opens_its_name_its_story_or_those_it_stands_for(dated: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("T", "enter")
        assert play.screen_name == "DetailScreen"
        assert "Toyota Motor" in play.text
        await play.press("escape")
        await go_to(play, "Washington puts off")
        await play.press("enter")
        assert play.screen_name == "StoryScreen"
        await play.press("escape")
        await go_to(play, "earnings")
        assert "Results of company 7" not in play.text
        await play.press("enter")
        assert "Results of company 7" in play.text
        await play.press("j", "enter")
        assert play.notices[-1] == "This date names no instruments."
        await play.press("k", "enter")
        assert "Results of company 7" not in play.text

    dated(check)


def test_a_click_on_the_entry_under_the_cursor_opens_it(dated: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("T")
        place = next(n for n, line in enumerate(play.lines()) if "Nvidia" in line)
        await play.pilot.click(offset=(60, place))
        assert cursor(play).startswith("Nvidia")
        await play.pilot.click(offset=(60, place))
        await play.pilot.pause()
        assert play.screen_name == "DetailScreen"
        assert "Advantest" in play.text

    dated(check)


def test_the_names_of_an_entry_are_shown_alone(dated: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("T")
        await go_to(play, "Nvidia")
        await play.press("o")
        assert play.screen_name == "MainScreen"
        assert set(play.monitor.symbols()) == {"6857.T", "8035.T", "6146.T"}
        await play.press("T")
        await go_to(play, "Consumer prices")
        await play.press("o")
        assert play.screen_name == "TimelineScreen"
        assert play.notices[-1] == "This date names no instruments."

    dated(check)


@pytest.mark.carries_out("timeline.kind", "timeline.own")
def test_filters_narrow_and_escape_takes_them_away(dated: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("T", "l")
        assert "my lists only" in play.text
        assert "Nvidia" in play.text
        assert "Major SQ" not in play.text
        await play.press("l")
        assert "Major SQ" in play.text
        await play.press("K")
        assert play.screen_name == "PickScreen"
        await play.press("down", "down", "enter")
        assert play.one("#dates").key is not None
        assert "of 5" in play.text
        await play.press("escape")
        assert "Nvidia" in play.text
        await play.press("escape")
        assert play.screen_name == "MainScreen"

    dated(check)


@pytest.mark.carries_out("timeline.dates")
@pytest.mark.parametrize("language", ["en", "ja"])
def test_where_own_dates_are_written_is_told(dated: Stage, language: str) -> None:
    async def check(play: Any) -> None:
        await play.press("T", "e")
        assert "[[event]]" in play.text
        assert {"en": "Dates of your own", "ja": "自分の予定"}[language] in play.text
        await play.press("escape")
        assert play.screen_name == "TimelineScreen"

    dated(check, language)


def test_a_change_of_the_file_shows_without_a_key(dated: Stage, tmp_path: Path) -> None:
    async def check(play: Any) -> None:
        await play.press("T")
        (tmp_path / "events.toml").write_text('[[event]]\non = 2025-05-28\ntitle = "A new one"\n')
        play.monitor.due_dates._looked = float("-inf")
        play.app.screen._looked = float("-inf")
        await play.painted()
        assert "A new one" in play.text
        assert "Nvidia" not in play.text

    dated(check)
