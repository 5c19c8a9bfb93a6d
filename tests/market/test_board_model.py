"""The board against a slow model of it that takes quotes one by one."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeAlias

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.market.board import Board
from tui.market.quotes import BOOK, PRICES, Delay, DelayKind, Field, Quality, QuoteBatch

VOCABULARIES = (("A", "B", "C", "D", "X"), ("X", "C", "A"))
NINE = np.datetime64("2025-05-26T00:00:00", "ms")
FIRST = date(2025, 5, 26)
NAN = float("nan")
FIGURES = st.sampled_from([NAN, NAN, 100.0, 101.0, 99.5, 120.0, 0.0, -1.0, np.inf, -np.inf, 1e30])
SECONDS = st.sampled_from([None, 0, 1, 1, 2, 3, 900, 9_000_000])
_TOLD = int(sum(Quality) & ~Quality.HELD_BACK)
STAND_IN = int(Quality.BASE_IS_PREVIOUS_CLOSE)


@st.composite
def batches(draw: st.DrawFn) -> QuoteBatch:
    symbols = draw(st.sampled_from(VOCABULARIES))
    rows = draw(st.lists(st.integers(0, len(symbols) - 1), max_size=10))
    if draw(st.booleans()):
        rows = sorted(set(rows))

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=len(rows), max_size=len(rows)))

    seconds = column(SECONDS)
    if draw(st.booleans()):
        seconds = sorted(seconds, key=lambda s: -1 if s is None else s)
    codes = st.one_of(st.none(), st.just(True))
    return QuoteBatch(
        symbols=symbols,
        rows=np.array(rows, np.int32),
        fields={
            name: np.array(column(FIGURES), float)
            for name in draw(st.lists(st.sampled_from(Field), unique=True, max_size=6))
        },
        time=np.array(
            [
                np.datetime64("NaT", "ms") if s is None else NINE + np.timedelta64(s, "s")
                for s in seconds
            ],
            "datetime64[ms]",
        ),
        state=np.array(column(st.integers(0, 12)), np.uint8) if draw(codes) else None,
        quality=np.array(column(st.integers(0, 255)), np.uint8) if draw(codes) else None,
        source=draw(st.sampled_from(["one", "two"])),
        delay=Delay(DelayKind.REALTIME),
        epoch=draw(st.sampled_from([1, 1, 1, 1, 2])),
        session=draw(st.sampled_from([FIRST, FIRST, FIRST, FIRST + timedelta(1)])),
    )


@dataclass
class Row:
    values: dict[Field, float] = field(default_factory=dict)
    seconds: int | None = None
    state: int = 0
    quality: int = 0
    source: str = ""

    def get(self, name: Field) -> float:
        return self.values.get(name, NAN)

    def facts(self) -> tuple[Any, ...]:
        known = tuple(sorted(self.values.items()))
        return known, self.seconds, self.state, self.quality, self.source


class Model:
    """A dictionary of rows, and no cleverness."""

    def __init__(self, symbols: tuple[str, ...]) -> None:
        self.rows = {symbol: Row() for symbol in symbols}
        self.order: tuple[int, date] | None = None

    def set_symbols(self, symbols: list[str]) -> None:
        self.rows = {symbol: self.rows.get(symbol, Row()) for symbol in symbols}

    def apply(self, batch: QuoteBatch) -> dict[str, int]:
        counts = dict.fromkeys(("accepted", "unknown", "outdated", "bad_values"), 0)
        order = batch.epoch, batch.session
        if self.order is not None and order < self.order:
            return counts | {"outdated": len(batch)}
        if order != self.order:
            self.rows = {symbol: Row() for symbol in self.rows}
            self.order = order
        ranges: dict[str, dict[Field, list[float]]] = {}
        for entry in range(len(batch)):
            row = self.rows.get(batch.symbols[batch.rows[entry]])
            if row is None:
                counts["unknown"] += 1
                continue
            seconds = self.seconds(batch, entry)
            late = seconds is not None and seconds > 9_000
            seconds = None if late else seconds
            if seconds is not None and row.seconds is not None and seconds < row.seconds:
                counts["outdated"] += 1
                continue
            counts["accepted"] += 1
            counts["bad_values"] += late
            told = ranges.setdefault(batch.symbols[batch.rows[entry]], {})
            counts["bad_values"] += self.quote(row, batch, entry, told)
            row.seconds = row.seconds if seconds is None else seconds
            row.source = batch.source
        for symbol, told in ranges.items():
            self.widen(self.rows[symbol], told)
        return counts

    @staticmethod
    def seconds(batch: QuoteBatch, entry: int) -> int | None:
        moment = batch.time[entry]
        return None if np.isnat(moment) else int((moment - NINE) / np.timedelta64(1, "s"))

    @staticmethod
    def quote(row: Row, batch: QuoteBatch, entry: int, told: dict[Field, list[float]]) -> int:
        bad = 0
        quality = 0 if batch.quality is None else int(batch.quality[entry]) & _TOLD
        marked = row.quality & STAND_IN
        for name, column in batch.fields.items():
            figure = float(column[entry])
            least = 1e-9 if name in PRICES else 0.0
            if not np.isnan(figure) and not least <= figure < 1e18:
                figure = NAN
                bad += 1
            if np.isnan(figure):
                if name in BOOK:
                    row.values.pop(name, None)
                continue
            told.setdefault(name, []).append(figure)
            if name not in {Field.HIGH, Field.LOW}:
                row.values[name] = figure
            if name is Field.BASE:
                marked = quality & STAND_IN
        if batch.state is not None:
            state = int(batch.state[entry])
            bad += state > 9
            row.state = state if state <= 9 else 0
        row.quality = marked | quality & ~STAND_IN
        if Field.PREVIOUS_CLOSE in row.values and Field.BASE not in row.values:
            row.quality |= STAND_IN
        return bad

    @staticmethod
    def widen(row: Row, told: dict[Field, list[float]]) -> None:
        lasts = told.get(Field.LAST, [])
        if Field.LAST in row.values:
            lasts = [*lasts, row.values[Field.LAST]]
        for name, furthest in ((Field.HIGH, max), (Field.LOW, min)):
            known = told.get(name, [])
            if name in row.values:
                known = [*known, row.values[name]]
            if known:
                row.values[name] = furthest([*known, *lasts])


Step: TypeAlias = QuoteBatch | list[str]
STEPS = st.lists(
    st.one_of(batches(), st.permutations(["A", "B", "C", "D"]).map(lambda some: some[:3])),
    min_size=1,
    max_size=6,
)


@given(STEPS)
@settings(max_examples=150, deadline=None)
def test_the_board_agrees_with_taking_quotes_one_by_one(
    steps: list[Step],
) -> None:
    board, model = Board(("A", "B", "C")), Model(("A", "B", "C"))
    for turn, step in enumerate(steps):
        if isinstance(step, list):
            board.set_symbols(step)
            model.set_symbols(step)
        else:
            before = {symbol: row.facts() for symbol, row in model.rows.items()}
            lasts = board.column(Field.LAST).copy()
            revision = board.revision
            result = board.apply(step, float(turn))
            counts = model.apply(step)
            assert counts == {name: getattr(result, name) for name in counts}
            assert result.accepted + result.unknown + result.outdated == len(step)
            after = {symbol: row.facts() for symbol, row in model.rows.items()}
            moved = np.array([before[s] != after[s] for s in board.symbols]) | result.reset
            assert result.rows_changed == moved.sum()
            assert board.revision == revision + bool(moved.any())
            assert ((board.row_revision == board.revision) == moved).all() or not moved.any()
            if not result.reset:
                now = board.column(Field.LAST)
                went = np.sign(now - lasts)
                changed = ~np.isnan(went) & (went != 0)
                assert (board.moved[changed] == went[changed]).all()
                assert (board.moved_at[changed] == turn).all()
                assert not (board.moved_at[~changed] == turn).any()
        compare(board, model)


def compare(board: Board, model: Model) -> None:
    assert board.symbols == tuple(model.rows)
    for symbol, row in model.rows.items():
        position = board.row(symbol)
        for name in Field:
            value = board.column(name)[position]
            assert np.array_equal(value, row.get(name), equal_nan=True), (symbol, name)
        moment = board.time[position]
        assert np.isnat(moment) == (row.seconds is None)
        if row.seconds is not None:
            assert moment == NINE + np.timedelta64(row.seconds, "s")
        assert board.state[position] == row.state
        assert board.quality[position] == row.quality
        assert board.sources[int(board.source[position])] == row.source
        if np.isfinite(row.get(Field.HIGH)) and np.isfinite(row.get(Field.LAST)):
            assert row.get(Field.HIGH) >= row.get(Field.LAST)
