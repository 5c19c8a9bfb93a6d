import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.streak import streak, streak_words


@pytest.mark.parametrize(
    ("closes", "count"),
    [
        ([37_298.98, 36_985.87, 37_160.47, 37_531.53], 2),
        ([5, 4, 3, 2], -3),
        ([1, 2, 2], 0),
        ([1, 2, 2, 3], 1),
        ([1, 2, 3, 2], -1),
        ([1, np.nan, 2, 3, 4], 2),
        ([1, 2, np.nan], 0),
        ([1, np.nan, 2], 0),
        ([1], 0),
        ([], 0),
    ],
)
def test_a_streak_counts_the_newest_sessions_of_one_direction(
    closes: list[float], count: int
) -> None:
    assert streak(np.array(closes, np.float64)) == count


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0, np.nan]), max_size=30))
def test_a_streak_agrees_with_counting_back_day_by_day(steps: list[float]) -> None:
    closes = np.concatenate([[100.0], 100 + np.nancumsum(steps)])
    closes[1:][np.isnan(steps)] = np.nan
    count = 0
    for newer, older in zip(closes[::-1], closes[-2::-1], strict=False):
        sign = np.sign(newer - older)
        if np.isnan(sign) or sign == 0 or (count and np.sign(count) != sign):
            break
        count += int(sign)
    assert streak(closes) == count


@pytest.mark.parametrize(
    ("count", "english", "japanese"),
    [
        (1, "1st session up", "反発"),
        (2, "2nd session up", "続伸"),
        (3, "3rd session up", "3日続伸"),
        (11, "11th session up", "11日続伸"),
        (-1, "1st session down", "反落"),
        (-2, "2nd session down", "続落"),
        (-22, "22nd session down", "22日続落"),
        (0, "unchanged", "変わらず"),
    ],
)
def test_words_follow_market_reports(count: int, english: str, japanese: str) -> None:
    assert streak_words(count) == english
    assert streak_words(count, "ja") == japanese
