from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.market.quotes import Field, Quality, QuoteBatch, QuoteState
from tui.market.times import parse_at
from tui.providers.replay import RecordedSession

RECORDED = RecordedSession.load()
ALL = RECORDED.facts.symbols
Figures = dict[str, npt.NDArray[np.float64]]


def at(text: str) -> datetime:
    return parse_at(text, RECORDED.date)


def figures(batch: QuoteBatch) -> Figures:
    """A batch of all symbols as plain arrays."""
    assert batch.state is not None
    assert batch.quality is not None
    told = {field.name: values for field, values in batch.fields.items()}
    return told | {
        "time": batch.time.astype(np.float64),
        "state": batch.state.astype(np.float64),
        "quality": batch.quality.astype(np.float64),
    }


def one(text: str, symbol: str) -> dict[Field, float]:
    batch = RECORDED.snapshot(at(text), [symbol])
    return {field: float(values[0]) for field, values in batch.fields.items()}


def state(text: str, symbol: str) -> QuoteState:
    batch = RECORDED.snapshot(at(text), [symbol])
    assert batch.state is not None
    return QuoteState(int(batch.state[0]))


def test_the_close_is_the_real_one() -> None:
    facts = RECORDED.facts
    close = RECORDED.snapshot(at("15:30"), ALL)
    for field, real in (
        (Field.LAST, facts.close),
        (Field.BASE, facts.previous_close),
        (Field.OPEN, facts.open),
        (Field.HIGH, facts.high),
        (Field.LOW, facts.low),
        (Field.VOLUME, facts.volume),
        (Field.TURNOVER, facts.turnover),
        (Field.VWAP, facts.turnover / facts.volume),
    ):
        assert np.array_equal(close.fields[field], real, equal_nan=True), field
    assert one("15:30", "^N225")[Field.LAST] == 37531.53
    assert one("15:30", "^TOPX")[Field.LAST] == 2751.91


def test_at_the_close_everything_is_observed_but_9613() -> None:
    batch = RECORDED.snapshot(at("15:30"), ALL)
    assert batch.quality is not None
    marked = {ALL[row]: batch.quality[row] for row in np.flatnonzero(batch.quality)}
    assert marked == {"9613.T": Quality.DERIVED}


def test_inside_the_day_everything_is_modelled() -> None:
    batch = RECORDED.snapshot(at("10:00"), ALL)
    assert batch.quality is not None
    assert (batch.quality & Quality.MODELLED != 0).all()
    derived = [ALL[row] for row in np.flatnonzero(batch.quality & Quality.DERIVED)]
    assert derived == ["9613.T"]


def test_before_the_open_only_base_prices_are_told() -> None:
    batch = RECORDED.snapshot(at("08:59:50"), ALL)
    assert np.isfinite(batch.fields[Field.BASE]).all()
    for field, values in batch.fields.items():
        if field not in {Field.BASE, Field.PREVIOUS_CLOSE}:
            assert np.isnan(values).all(), field
    assert np.isnat(batch.time).all()
    assert batch.state is not None
    assert (batch.state == QuoteState.PRE_OPEN).all()


def test_a_name_that_has_not_printed_waits_in_pre_open() -> None:
    batch = RECORDED.snapshot(at("09:00:00"), ALL)
    assert batch.state is not None
    waiting = batch.state == QuoteState.PRE_OPEN
    assert 20 < waiting.sum() < 100
    assert np.array_equal(waiting, np.isnan(batch.fields[Field.LAST]))
    assert (batch.state[~waiting] == QuoteState.TRADING).all()


def test_states_follow_the_session() -> None:
    for text, expected in (
        ("10:00", QuoteState.TRADING),
        ("11:29:59", QuoteState.TRADING),
        ("11:30", QuoteState.BREAK),
        ("12:29:59", QuoteState.BREAK),
        ("12:30", QuoteState.TRADING),
        ("15:24:59", QuoteState.TRADING),
        ("15:25", QuoteState.AUCTION),
        ("15:29:59", QuoteState.AUCTION),
        ("15:30", QuoteState.CLOSED),
    ):
        assert state(text, "7203.T") is expected, text
        assert state(text, "^N225") is expected, text


def test_nothing_moves_at_lunch_nor_while_the_close_is_gathered() -> None:
    for early, late in (("11:30", "12:29:59"), ("15:25", "15:29:59")):
        first, second = (figures(RECORDED.snapshot(at(text), ALL)) for text in (early, late))
        for name, values in first.items():
            assert np.array_equal(values, second[name], equal_nan=True), name


def test_the_official_open_of_the_nikkei_is_told_after_fifteen_seconds() -> None:
    assert np.isnan(one("09:00:14", "^N225")[Field.OPEN])
    quote = one("09:00:15", "^N225")
    assert quote[Field.OPEN] == 37209.26
    assert quote[Field.LOW] <= quote[Field.OPEN] <= quote[Field.HIGH]


def test_the_nikkei_reconciles_with_its_names_at_any_instant() -> None:
    facts = RECORDED.facts
    names = facts.names
    for text in ("09:00:01", "09:00:33", "10:17:23", "13:05:07", "15:24:59", "15:30"):
        batch = RECORDED.snapshot(at(text), ALL)
        last = batch.fields[Field.LAST]
        price = np.where(np.isnan(last[:names]), facts.previous_close[:names], last[:names])
        change = float(((price - facts.previous_close[:names]) * facts.factor).sum())
        assert abs(last[-1] - facts.previous_close[-1] - change / facts.divisor) < 0.0101


def test_figures_of_a_name_fit_each_other_all_day() -> None:
    rows = slice(0, RECORDED.facts.names)
    for minute in range(5, 390, 11):
        told = RECORDED.snapshot(at("09:00") + timedelta(minutes=minute), ALL).fields
        last, high, low, vwap = (
            told[field][rows] for field in (Field.LAST, Field.HIGH, Field.LOW, Field.VWAP)
        )
        seen = np.isfinite(high)
        assert seen.sum() == 224
        assert ((low <= last) & (last <= high))[seen].all()
        assert ((low <= vwap) & (vwap <= high))[seen].all()


instants = st.integers(-120_000, 23_520_000)


@given(moments=st.lists(instants, min_size=2, max_size=8))
@settings(max_examples=40, deadline=None)
def test_changes_applied_in_turn_give_the_snapshot(moments: list[int]) -> None:
    selection = RECORDED.select(ALL)
    ordered = sorted(RECORDED.timeline.open + moment for moment in moments)
    standing = RECORDED.standing(ordered[0])
    held = {
        name: values.copy()
        for name, values in figures(RECORDED.all_quotes(selection, standing, 1)).items()
    }
    for ms in ordered[1:]:
        before, standing = standing, RECORDED.standing(ms)
        batch = RECORDED.changes(selection, before, standing, 1)
        for name, values in figures(batch).items():
            held[name][batch.rows] = values
    whole = figures(RECORDED.all_quotes(selection, standing, 1))
    for name, values in whole.items():
        assert np.array_equal(held[name], values, equal_nan=True), name


@given(moment=instants)
@settings(max_examples=30, deadline=None)
def test_minutes_end_on_the_snapshot(moment: int) -> None:
    instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(
        milliseconds=RECORDED.timeline.open + moment
    )
    minutes = RECORDED.minutes(instant, ALL)
    assert (np.diff(minutes.minutes.astype(np.int64)) == 1).all()
    if moment < 0:
        assert minutes.last.shape == (len(ALL), 0)
        return
    told = RECORDED.snapshot(instant, ALL).fields
    assert np.array_equal(minutes.volume[:, -1], told[Field.VOLUME], equal_nan=True)
    assert np.array_equal(minutes.turnover[:, -1], told[Field.TURNOVER], equal_nan=True)
    traded = np.isfinite(minutes.last)
    latest = minutes.last.shape[1] - 1 - np.argmax(traded[:, ::-1], axis=1)
    seen = traded.any(axis=1)
    last = minutes.last[np.arange(len(ALL)), latest]
    assert np.array_equal(last[seen], told[Field.LAST][seen])


def test_minutes_of_the_whole_day_leave_lunch_blank() -> None:
    minutes = RECORDED.minutes(at("15:30"), ["7203.T", "^N225"])
    assert minutes.minutes[0] == np.datetime64("2025-05-26T00:00")
    assert minutes.minutes[-1] == np.datetime64("2025-05-26T06:30")
    blank = np.isnan(minutes.last)
    assert blank[:, 150:210].all()
    assert blank[:, 385:390].all()
    assert not blank[1, :150].any()
    assert not blank[:, 390].any()
    assert (minutes.volume[0, 150:210] == minutes.volume[0, 149]).all()


def test_a_minute_holds_what_stood_at_its_end() -> None:
    minutes = RECORDED.minutes(at("15:30"), ALL)
    for minute in (0, 7, 149, 210, 300, 384):
        end = at("09:00") + timedelta(minutes=minute + 1, milliseconds=-1)
        told = RECORDED.snapshot(end, ALL).fields
        traded = np.isfinite(minutes.last[:, minute])
        assert np.array_equal(minutes.last[traded, minute], told[Field.LAST][traded])
        assert np.array_equal(minutes.volume[:, minute], told[Field.VOLUME], equal_nan=True)


def test_unknown_symbols_are_left_out() -> None:
    batch = RECORDED.snapshot(at("15:30"), ["285A.T", "7203.T"])
    assert batch.symbols == ("7203.T",)
    assert len(batch) == 1
    assert len(RECORDED.snapshot(at("15:30"), ["285A.T"])) == 0
