from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.market.batch_checks import quote_problem
from tui.market.quotes import Delay, DelayKind, Field, QuoteBatch
from tui.market.times import to_datetime64
from tui.providers.conformance import LIES, Lie, check_quotes, told

OPEN = datetime(2025, 5, 26, 1, 0, tzinfo=UTC)
SYMBOLS = ("7203.T", "6758.T", "285A.T")


def batch(count: int = 3) -> QuoteBatch:
    last = np.linspace(1_000.0, 900.0 + 100.0 * count, count, dtype=np.float64)
    return QuoteBatch(
        symbols=SYMBOLS,
        rows=np.arange(count, dtype=np.int32),
        fields={
            Field.LAST: last,
            Field.BASE: np.asarray(last - 10, np.float64),
            Field.HIGH: np.asarray(last + 5, np.float64),
            Field.LOW: np.asarray(last - 5, np.float64),
            Field.BID: np.asarray(last - 1, np.float64),
            Field.ASK: np.asarray(last + 1, np.float64),
            Field.VOLUME: np.full(count, 200.0),
        },
        time=np.full(count, to_datetime64(OPEN)),
        state=np.full(count, 3, np.uint8),
        quality=np.zeros(count, np.uint8),
        source="good",
        delay=Delay(DelayKind.REALTIME),
        epoch=4,
        session=date(2025, 5, 26),
    )


def bytes_of(given: QuoteBatch) -> list[bytes]:
    arrays = [given.rows, given.time, *given.fields.values()]
    return [array.tobytes() for array in arrays]


def second_only(name: str) -> tuple[QuoteBatch, ...]:
    """What a lie makes of the second quote of three."""
    return LIES[name].tell(batch(), np.array([False, True, False]))


def lasts(made: QuoteBatch) -> list[float]:
    return [float(price) for price in made.fields[Field.LAST]]


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_lie_keeps_its_form_or_is_said_not_to(lie: Lie) -> None:
    faults = [quote_problem(each) for each in lie.tell(batch())]
    assert (not any(faults)) == lie.well_formed, faults


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_lie_differs_from_the_truth_and_leaves_it_alone(lie: Lie) -> None:
    good = batch()
    before = bytes_of(good)
    made = lie.tell(good)
    assert bytes_of(good) == before
    assert len(made) > 1 or made[0].session != good.session or bytes_of(made[0]) != before


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_where_nothing_is_spoiled_the_truth_is_told(lie: Lie) -> None:
    good = batch()
    assert lie.tell(good, np.zeros(3, np.bool_)) == (good,)
    empty = batch(0)
    assert lie.tell(empty) == (empty,)


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("infinity", np.inf),
        ("minus infinity", -np.inf),
        ("zero", 0.0),
        ("negative", -1_100.0),
        ("overflow", 1e308),
        ("times 10", 11_000.0),
        ("last times 100", 110_000.0),
        ("a tenth", 110.0),
        ("last a hundredth", 11.0),
    ],
)
def test_a_price_is_off_in_the_quotes_chosen_and_right_in_the_others(
    name: str, second: float
) -> None:
    (made,) = second_only(name)
    assert lasts(made) == pytest.approx([1_000.0, second, 1_200.0])
    volumes = made.fields[Field.VOLUME]
    assert volumes.tolist() == [200.0] * 3
    base = made.fields[Field.BASE][1]
    assert (base == 1_090.0) == name.startswith("last")


def test_a_price_may_be_not_a_number() -> None:
    (made,) = second_only("NaN")
    assert np.isnan(made.fields[Field.LAST]).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("name", "stamp"),
    [
        ("clock ahead", "2025-05-26T01:01:30"),
        ("clock behind", "2025-05-26T00:58:30"),
        ("delay untold", "2025-05-26T00:40:00"),
        ("clock of UTC", "2025-05-26T10:00:00"),
        ("stale", "2025-05-25T01:00:00"),
        ("future", "2025-05-27T01:00:00"),
        ("beginning of time", "1970-01-01T00:00:00"),
        ("end of time", "9999-12-31T23:59:00"),
    ],
)
def test_a_time_is_off(name: str, stamp: str) -> None:
    (made,) = second_only(name)
    good = np.datetime64("2025-05-26T01:00:00", "ms")
    assert made.time.tolist() == np.array([good, stamp, good], "datetime64[ms]").tolist()


def test_an_unknown_time_cannot_be_shifted() -> None:
    good = replace(batch(), time=np.full(3, np.datetime64("NaT", "ms")))
    (made,) = LIES["clock ahead"].tell(good)
    assert np.isnat(made.time).all()


def test_a_duplicate_comes_in_the_same_batch_or_in_the_next() -> None:
    first, second = second_only("twice")
    assert (len(first), second.rows.tolist(), lasts(second)) == (3, [1], [1_100.0])
    (joined,) = second_only("repeated")
    assert joined.rows.tolist() == [0, 1, 2, 1]
    check_quotes(joined)


def test_an_older_quote_comes_after_the_newer_one() -> None:
    first, second = second_only("late")
    assert second.time[0] < first.time[1]
    assert lasts(second) == pytest.approx([1_111.0])
    (joined,) = second_only("late inside")
    assert joined.rows.tolist() == [0, 1, 2, 1]
    assert joined.time[3] < joined.time[1]


def test_strangers_stand_behind_those_who_were_asked_for() -> None:
    (made,) = second_only("strangers")
    assert made.symbols == (*SYMBOLS, "6758.T.STRANGE")
    assert made.rows.tolist() == [0, 1, 2, 3]
    assert lasts(made)[3] == 1_100.0


def test_names_may_have_each_others_figures() -> None:
    (made,) = LIES["exchanged"].tell(batch())
    assert lasts(made) == [1_200.0, 1_000.0, 1_100.0]
    (made,) = LIES["exchanged"].tell(batch(), np.array([True, False, True]))
    assert lasts(made) == [1_200.0, 1_100.0, 1_000.0]


def test_a_book_and_a_range_may_be_crossed() -> None:
    (book,) = second_only("crossed book")
    assert (book.fields[Field.BID] > book.fields[Field.ASK]).tolist() == [False, True, False]
    (span,) = second_only("crossed range")
    assert (span.fields[Field.HIGH] < span.fields[Field.LOW]).tolist() == [False, True, False]


def test_volume_may_fall_or_be_negative() -> None:
    (fallen,) = second_only("falling volume")
    assert fallen.fields[Field.VOLUME].tolist() == [200.0, 100.0, 200.0]
    (negative,) = second_only("negative volume")
    assert negative.fields[Field.VOLUME].tolist() == [200.0, -1.0, 200.0]


def test_an_epoch_may_go_back_and_a_session_be_another() -> None:
    first, second = second_only("epoch back")
    assert (first.epoch, second.epoch) == (4, 3)
    assert lasts(second) == pytest.approx([1_000.0, 1_111.0, 1_200.0])
    (other,) = second_only("other session")
    assert other.session == date(2025, 5, 25)


@settings(max_examples=40)
@given(
    name=st.sampled_from(sorted(LIES)),
    share=st.floats(0.0, 1.0),
    seed=st.integers(0, 1_000),
    count=st.integers(1, 5),
)
def test_the_same_seed_tells_the_same(name: str, share: float, seed: int, count: int) -> None:
    def stream() -> list[list[bytes]]:
        return [
            bytes_of(each) for each in told(LIES[name], [batch()] * count, share=share, seed=seed)
        ]

    assert stream() == stream()
    assert len(stream()) >= count


def test_the_share_is_how_many_quotes_are_spoiled() -> None:
    good = [batch() for _ in range(400)]
    wrong = sum(
        int((made.fields[Field.LAST] == 0).sum()) for made in told(LIES["zero"], good, share=0.25)
    )
    assert wrong == pytest.approx(300, abs=60)


def test_a_table_can_be_made_of_the_lies() -> None:
    assert [lie.name for lie in LIES.values()] == list(LIES)
    assert len({lie.says for lie in LIES.values()}) == len(LIES)
