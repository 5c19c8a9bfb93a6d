"""Folding and sharing out cells."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.fold import fold, joined_width, largest_remainder

texts = st.text(st.sampled_from("ab日本 ▲1"), max_size=12)
pieces = st.lists(st.lists(texts, min_size=1, max_size=3), min_size=1, max_size=6)


@given(pieces, st.data(), st.integers(0, 80), st.integers(0, 3))
def test_what_is_chosen_fits_or_every_step_was_taken(
    forms: list[list[str]], data: st.DataObject, width: int, gap: int
) -> None:
    order = data.draw(st.lists(st.integers(0, len(forms) - 1), max_size=20))
    chosen = fold(forms, order, width, gap=gap)
    assert all(text in form for text, form in zip(chosen, forms, strict=True))
    if joined_width(chosen, gap) > width:
        last = [form[min(order.count(place), len(form) - 1)] for place, form in enumerate(forms)]
        assert chosen == last


@given(st.lists(texts.filter(bool), min_size=1, max_size=6), st.data())
def test_a_wider_line_never_leaves_out_more(full: list[str], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(full))))
    forms = [(text, "") for text in full]
    kept = [sum(map(bool, fold(forms, order, width))) for width in range(60)]
    assert kept == sorted(kept)


def test_pieces_give_way_in_the_order_given() -> None:
    forms = [("alpha", "a"), ("beta", "")]
    assert fold(forms, [1, 0], 11) == ["alpha", "beta"]
    assert fold(forms, [1, 0], 10) == ["alpha", ""]
    assert fold(forms, [1, 0], 4) == ["a", ""]


@given(st.lists(st.integers(0, 300), min_size=1, max_size=5), st.integers(0, 80))
def test_cells_are_shared_out_exactly_and_nobody_is_forgotten(parts: list[int], cells: int) -> None:
    shares = largest_remainder(parts, cells)
    assert all(share >= 0 for share in shares)
    assert sum(shares) == (cells if sum(parts) else 0)
    assert all(share == 0 for share, part in zip(shares, parts, strict=True) if part == 0)
    present = [share for share, part in zip(shares, parts, strict=True) if part]
    if cells >= len(present):
        assert all(present)


@given(st.lists(st.integers(0, 300), min_size=2, max_size=5), st.integers(20, 80))
def test_more_never_gets_less(parts: list[int], cells: int) -> None:
    shares = largest_remainder(parts, cells)
    for part, share in zip(parts, shares, strict=True):
        for other, other_share in zip(parts, shares, strict=True):
            if part > other:
                assert share >= other_share


def test_empty_texts_take_no_room() -> None:
    assert joined_width(["", "日本", "", "x"], 2) == cell_len("日本") + 2 + 1
