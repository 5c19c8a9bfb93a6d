"""The timeline as its screen reads it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tui.present.timeline import (
    TimelineWish,
    entry_key,
    kinds,
    own_words,
    symbols_of,
    timeline_rows,
    wish_words,
)
from tui.report.day_moves import DayMove
from tui.report.timeline import Entry
from widgets.date_list import DateHeading, DateView

FRIDAY, TODAY, LATER = date(2025, 5, 23), date(2025, 5, 26), date(2025, 6, 13)
INDICES = (DayMove("^N225", "Nikkei 225", "日経平均", 0.47),)
NVIDIA = Entry(on=LATER, title="Nvidia", days=18, kind="earnings", symbols=("6857.T", "8035.T"))
ENTRIES = (
    Entry(on=FRIDAY, title="A vote", days=-3, kind="policy", indices=INDICES),
    Entry(on=FRIDAY, title="A speech", days=-3, indices=INDICES, source="events",
          symbols=("7203.T",), moves=(DayMove("7203.T", "7203", "7203", -1.2),)),
    NVIDIA,
)  # fmt: skip


@pytest.fixture
def rows(desk: Any) -> Callable[..., Any]:
    def make(entries: Any = ENTRIES, language: str = "en", **how: Any) -> Any:
        wish = how.pop("wish", TimelineWish())
        return timeline_rows(desk.market, entries, desk.jst("10:00"), language, wish=wish, **how)

    return make


def headings(made: Any) -> list[str]:
    return [each.text for each in made.shown if isinstance(each, DateHeading)]


def views(made: Any) -> list[DateView]:
    return [each for each in made.shown if isinstance(each, DateView)]


def test_the_past_week_today_and_the_months_have_headings(rows: Any) -> None:
    assert headings(rows()) == ["Past week", "Today Mon 26 May · nothing falls due", "June 2025"]
    assert headings(rows(language="ja")) == ["過去1週間", "本日 5/26(月) · 期日なし", "2025年6月"]
    today = Entry(on=TODAY, title="Now", days=0)
    assert headings(rows([today])) == ["Today Mon 26 May"]
    assert headings(rows([])) == ["Today Mon 26 May · nothing falls due"]


def test_what_both_indices_did_is_told_once_a_day_and_names_each(rows: Any) -> None:
    vote, speech, _ = views(rows())
    assert vote.figures == (("Nikkei 225 +0.47%", "up"),)
    assert speech.figures == (("7203 −1.20%", "down"),)
    assert (vote.day, speech.day) == ("Fri 23 May", "")
    assert views(rows(language="ja"))[0].figures == (("日経平均 +0.47%", "up"),)


def test_the_countdown_and_the_names_are_in_the_reader_s_language(rows: Any) -> None:
    (english,) = [each for each in views(rows()) if each.title == "Nvidia"]
    assert (english.left, english.brief, english.kind) == ("in 18 days", "18d", "earnings")
    assert english.names == ("6857 Advantest +1", "6857 +1")
    (japanese,) = [each for each in views(rows(language="ja")) if each.title == "Nvidia"]
    assert (japanese.left, japanese.brief, japanese.kind) == ("あと18日", "18日", "決算")
    assert japanese.names[0].startswith("6857 アドバンテスト")


def test_it_begins_on_what_comes_next(rows: Any) -> None:
    assert rows().first == entry_key(NVIDIA)
    assert rows(ENTRIES[:2]).first == entry_key(ENTRIES[1])
    assert rows([]).first == ""


FLOOD = tuple(
    Entry(on=LATER, title=f"Results: {code}", days=18, kind="earnings", symbols=(f"{code}.T",))
    for code in (7203, 6857, 8035, 6501)
)


def test_a_flood_of_results_is_one_line_that_can_be_opened(rows: Any) -> None:
    made = rows(FLOOD)
    (line,) = views(made)
    assert (line.title, line.sign, made.count) == ("Results of 4 companies", "▸", 4)
    assert symbols_of(made.entries[line.key]) == ("7203.T", "6857.T", "8035.T", "6501.T")
    opened = views(rows(FLOOD, opened={line.key}))
    assert [each.sign for each in opened] == ["▾", "", "", "", ""]
    assert [each.title for each in opened[1:]] == [each.title for each in FLOOD]
    assert all(each.indent and not each.day for each in opened[1:])
    assert len({each.key for each in opened}) == 5


def test_wishes_narrow_by_kind_and_to_what_is_the_user_s(rows: Any) -> None:
    only = rows(wish=TimelineWish(kind="policy"))
    assert [each.title for each in views(only)] == ["A vote"]
    own = rows(wish=TimelineWish(own=True))
    assert [each.title for each in views(own)] == ["A speech"]
    assert wish_words(TimelineWish(kind="policy", own=True), 1, 3, "en")[1] == (
        "Timeline  ·  1 date of 3  ·  policy  ·  my lists only"
    )
    assert "政策" in wish_words(TimelineWish(kind="policy"), 1, 3, "ja")[0]


def test_kinds_are_counted_the_most_frequent_first() -> None:
    assert kinds((*ENTRIES, *FLOOD), "ja") == [("earnings", "決算", 5), ("policy", "政策", 1)]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_user_is_told_where_dates_are_written_and_what_is_wrong(
    tmp_path: Path, language: str
) -> None:
    path = tmp_path / "events.toml"
    _, text = own_words(path, "event 1: no title", language)
    assert str(path) in text
    assert "[[event]]" in text
    assert text.endswith("event 1: no title")
    missing = {"en": "not there yet", "ja": "まだファイルはありません"}[language]
    assert missing in text
    path.write_text("")
    assert missing not in own_words(path, "", language)[1]
