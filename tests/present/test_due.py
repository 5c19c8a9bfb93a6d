"""What falls due: asked of sources, read from the user's file, told with what is wrong."""

from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tui.feed.calendars import CalendarFault
from tui.present import due
from tui.present.due import AFTER_FAILURE, LOOK, DueDates, due_entries
from tui.present.sources import RoleRows, SourceRow, with_failures
from tui.providers.contracts import DatedEvent, Role
from tui.report.day_moves import DayMove
from tui.report.timeline import Entry

NOTHING: Any = None


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """Every question by the name of its source: the answers to come, in order."""
    held: dict[str, list[Any]] = {}

    def ask(feed: Any, name: str, settings: Any, start: date, end: date) -> Any:
        del feed, settings
        answer: Any = Future()
        answer.span = start, end
        held.setdefault(name, []).append(answer)
        return answer

    monkeypatch.setattr(due, "ask_calendar", ask)
    return held


def dates(desk: Any, own: Path | None = None, woken: list[int] | None = None) -> DueDates:
    wake = (lambda: None) if woken is None else (lambda: woken.append(1))
    return DueDates(desk.market, NOTHING, {"one": {}, "two": {}}, own, wake)


def test_answers_are_taken_up_at_the_look_after_they_came(
    desk: Any, asked: dict[str, list[Any]]
) -> None:
    woken: list[int] = []
    timeline, now = dates(desk, woken=woken), desk.jst("10:00")
    timeline.look(now, 0.0)
    assert asked["one"][0].span == (date(2025, 5, 19), date(2025, 8, 26))
    assert timeline.entries(now) == ()
    asked["one"][0].set_result((DatedEvent(on=date(2025, 6, 13), title="SQ"),))
    answered = [timeline.answered]
    assert woken == [1]
    timeline.look(now, 1.0)
    assert [*answered, timeline.answered] == [True, False]
    assert [entry.title for entry in timeline.entries(now)] == ["SQ"]
    assert len(asked["one"]) == len(asked["two"]) == 1


def test_a_source_that_failed_is_told_and_asked_again_after_a_while(
    desk: Any, asked: dict[str, list[Any]]
) -> None:
    timeline, now = dates(desk), desk.jst("10:00")
    timeline.look(now, 0.0)
    asked["two"][0].set_exception(CalendarFault("two: no such plan"))
    timeline.look(now, 1.0)
    assert timeline.problems == ("calendar two: no such plan",)
    timeline.look(now, AFTER_FAILURE)
    assert len(asked["two"]) == 1
    timeline.look(now, 1.0 + AFTER_FAILURE)
    assert len(asked["two"]) == 2
    asked["two"][1].set_result(())
    timeline.look(now, 2.0 + AFTER_FAILURE)
    assert list(timeline.problems) == []


def test_another_day_is_asked_for_anew(desk: Any, asked: dict[str, list[Any]]) -> None:
    timeline = dates(desk)
    timeline.look(desk.jst("10:00"), 0.0)
    asked["one"][0].set_result(())
    timeline.look(desk.jst("10:00", date(2025, 5, 27)), 1.0)
    assert len(asked["one"]) == 2


def test_the_user_s_file_is_read_when_it_changes(
    desk: Any, asked: dict[str, list[Any]], tmp_path: Path
) -> None:
    path, now = tmp_path / "events.toml", desk.jst("10:00")
    timeline = dates(desk, path)
    timeline.look(now, 0.0)
    assert timeline.notice == ""
    path.write_text('[[event]]\non = 2025-05-29\ntitle = "Nvidia"\n')
    timeline.look(now, LOOK / 2)
    assert timeline.entries(now) == ()
    timeline.look(now, LOOK)
    assert [entry.title for entry in timeline.entries(now)] == ["Nvidia"]
    path.write_text("[[event]]\n")
    timeline.look(now, LOOK * 2)
    assert "events.toml" in timeline.notice
    assert timeline.problems[0] == timeline.notice
    assert len(asked) == 2


ADVANTEST = DayMove("6857.T", "6857", "6857", 4.2)


def index_move(percent: float) -> tuple[DayMove, ...]:
    return (DayMove("^TOPX", "TOPIX", "TOPIX", percent),)


def test_what_is_to_come_stands_before_what_has_passed_with_its_outcome() -> None:
    entries = [
        Entry(on=date(2025, 5, 20), title="Long over", days=-6, indices=index_move(1.0)),
        Entry(on=date(2025, 5, 23), title="Over", days=-3, indices=index_move(0.68)),
        Entry(on=date(2025, 5, 24), title="Nothing known", days=-2),
        Entry(on=date(2025, 5, 26), title="Today", days=0, moves=(ADVANTEST,)),
        Entry(on=date(2025, 6, 13), title="SQ", days=18),
    ]
    views = due_entries(entries, "en")
    assert [(v.when, v.headline, v.left, v.outcome, v.passed) for v in views] == [
        ("26 May", "Today", "today", "6857 +4.20%", False),
        ("13 Jun", "SQ", "in 18 days", "", False),
        ("23 May", "Over", "3 days ago", "TOPIX +0.68%", True),
    ]
    assert (due_entries(entries, "ja")[1].when, due_entries(entries, "ja")[1].left) == (
        "6/13", "あと18日",
    )  # fmt: skip


def test_a_calendar_that_failed_says_so_in_its_row() -> None:
    rows = [
        RoleRows("Calendar", "any", (SourceRow(role="calendar", name="two", mark="●", title="T"),)),
        RoleRows("News", "any", (SourceRow(role="news", name="two", mark="●", title="T"),)),
    ]
    calendar, news = with_failures(rows, Role.CALENDAR, {"two": "calendar two: no such plan"})
    assert calendar.rows[0].trouble == "calendar two: no such plan"
    assert (calendar.rows[0].state, calendar.rows[0].tone) == ("failed", "warn")
    assert news == rows[1]
