"""Words are found in the texts that hold them, however they were typed and whatever went before."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tui.report.text_search as module
from tui.report.labels import Label, Labels
from tui.report.slot_rows import NOBODY, SlotRows
from tui.report.text_search import TextSearch

SLOTS = 8
TEXTS = st.text(st.sampled_from("abs 上方é𠮷\n\ud800"), max_size=40)
WORDS = st.text(st.sampled_from("abs上方é𠮷\ud800"), min_size=1, max_size=5)
STEPS = st.lists(
    st.tuples(st.just("put"), st.integers(0, SLOTS - 1), TEXTS)
    | st.tuples(st.just("drop"), st.integers(0, SLOTS - 1), st.just(""))
    | st.tuples(st.just("look"), st.just(0), WORDS),
    max_size=60,
)


def holding(search: TextSearch, word: str) -> list[int]:
    flags = np.zeros(SLOTS, np.bool_)
    search.mark(word, flags)
    return np.flatnonzero(flags).tolist()


@given(steps=STEPS, stretch=st.sampled_from([16, 64, 1 << 18]))
@settings(max_examples=150)
def test_every_word_typed_on_finds_what_going_through_all_texts_finds(
    steps: list[tuple[str, int, str]], stretch: int
) -> None:
    search, held = TextSearch(), dict[int, str]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_STRETCH", stretch)
        for step, slot, text in steps:
            if step == "look":
                for end in (*range(1, len(text) + 1), 1):
                    word = text[:end]
                    expected = [at for at, each in sorted(held.items()) if word in each]
                    assert holding(search, word) == expected
                continue
            search.drop(slot)
            held.pop(slot, None)
            if step == "put":
                search.put(slot, text)
                held[slot] = text


def test_nothing_is_found_in_nothing_and_no_zero_is_looked_for() -> None:
    search = TextSearch()
    assert holding(search, "a") == []
    search.put(1, "a")
    assert holding(search, "\0") == holding(search, "a\0") == []
    search.forget_found()
    assert holding(search, "a") == [1]


def test_a_word_across_stretches_is_found(monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "_STRETCH", 16)
    search = TextSearch()
    search.put(3, "123456789012345steel")
    search.put(4, "12345678901234steel")
    assert holding(search, "steel") == holding(search, "st") == [3, 4]


@given(
    steps=st.lists(
        st.tuples(st.integers(0, 40), st.lists(st.integers(1, 9), max_size=90)), max_size=80
    )
)
@settings(max_examples=60)
def test_rows_stay_with_their_slots_as_others_come_and_go(
    steps: list[tuple[int, list[int]]],
) -> None:
    rows, held = SlotRows(1, np.int32), dict[int, list[int]]()
    for slot, values in steps:
        rows.drop(slot)
        held.pop(slot, None)
        if values:
            rows.put(slot, np.array(values, np.int32).reshape(-1, 1))
            held[slot] = values
        assert not rows.rows[rows.owners == NOBODY].any()
    for slot, values in held.items():
        assert rows.rows[rows.owners == slot].reshape(-1).tolist() == values
    assert int((rows.owners != NOBODY).sum()) == sum(map(len, held.values()))


def test_labels_find_their_slots_by_name_and_by_word() -> None:
    labels = Labels()
    deal = labels.add(Label("kind", "deal"), "deal")
    wire = labels.add(Label("source", "deal wire"), "deal wire")
    labels.put(0, [deal])
    labels.put(2, [wire, deal])
    labels.put(3, [])
    labels.drop(0)
    found = np.zeros(4, np.bool_)
    labels.mark("kind", ["deal", "unknown"], found)
    assert found.tolist() == [False, False, True, False]
    found = np.zeros(4, np.bool_)
    labels.mark("kind", ["unknown"], found)
    labels.mark_holding("unknown", found)
    assert not found.any()
    labels.mark_holding("wire", found)
    assert found.tolist() == [False, False, True, False]
    assert (labels.counts("kind"), labels.counts("nowhere")) == ({"deal": 1}, {})
    labels.drop(2)
    assert labels.counts("source") == {}
