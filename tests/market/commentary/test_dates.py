from datetime import date

import pytest

from tui.market.commentary.dates import due_date, session_date

DAY = date(2025, 5, 26)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("by July 9", date(2025, 7, 9)),
        ("until 9 July", date(2025, 7, 9)),
        ("before the July 9th deadline", date(2025, 7, 9)),
        ("a deadline of 9 July 2026", date(2026, 7, 9)),
        ("postponed the tariffs to 9 July", date(2025, 7, 9)),
        ("extend the deadline to Wednesday, July 9", date(2025, 7, 9)),
        ("due on 2025-07-09", date(2025, 7, 9)),
        ("7月9日まで延期", date(2025, 7, 9)),
        ("期限は7月9日", date(2025, 7, 9)),
        ("2026年1月5日を期限", date(2026, 1, 5)),
        ("by 5 January", date(2026, 1, 5)),
        ("by the end of June", date(2025, 6, 30)),
        ("6月末までに合意", date(2025, 6, 30)),
        ("a decision by Friday", date(2025, 5, 30)),
        ("until 26 May", DAY),
        ("Investors await the 40-year JGB auction on Wednesday.", date(2025, 5, 28)),
        ("chip names rose ahead of Nvidia's results on May 28", date(2025, 5, 28)),
        ("focus turns to Friday's Tokyo CPI", date(2025, 5, 30)),
        ("bracing for the Fed's minutes next Tuesday", date(2025, 6, 3)),
        ("ahead of the auction, bonds fell on Friday", None),
        ("ahead of Monday's figures", None),
        ("waiting for news since May 28", None),
        ("eyes last Wednesday's high", None),
        ("on 1 June and by July 9, then by 1 August", date(2025, 7, 9)),
        ("on July 9", None),
        ("by 9 May", None),
        ("by 31 June", None),
        ("until July 9,000 units", None),
        ("by May 26.5%", None),
        ("by Friday's close", None),
        ("by mid-June", None),
        ("from 9 July", None),
        ("", None),
    ],
)
def test_what_is_to_happen_by_a_date_falls_due_then(text: str, due: date | None) -> None:
    assert due_date(text, DAY) == due


def test_without_a_session_only_a_whole_date_is_understood() -> None:
    assert due_date("by July 9", None) is None
    assert due_date("by Friday, by end of June", None) is None
    assert due_date("by July 9, 2025", None) == date(2025, 7, 9)


@pytest.mark.parametrize("session", [date.min, date.max, date(2024, 2, 29)])
@pytest.mark.parametrize("text", ["by 29 February", "by 31 December", "by Friday", "by end of May"])
def test_no_session_makes_it_fail(text: str, session: date) -> None:
    due = due_date(text, session)
    assert due is None or due >= session or due.month == session.month


def test_a_date_that_falls_due_is_not_the_session() -> None:
    assert session_date("until 9 July 2025; written 26 May 2025") == DAY
    assert session_date("Monday, 26 May", date(2026, 11, 22)) == DAY
    assert session_date("Monday, 26 May") is None
    assert session_date("Tuesday 26 May", date(2026, 11, 22)) == date(2026, 5, 26)
