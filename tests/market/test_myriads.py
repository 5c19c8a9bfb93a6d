"""Large numbers by ten thousands, on the screen and in a report."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from tui.market.myriads import full_myriads, short_myriads
from tui.report.width import width

_SCALES = {"兆": 10**12, "億": 10**8, "万": 10**4, "": 1}
_SEVEN = 7
"""Cells that a column has for a sum or a quantity, beside a sign."""


@given(st.floats(0, 9.99e14))
@example(9_999.5)
@example(99_995_000.0)
@example(999_950_000_000.0)
def test_the_short_form_keeps_the_magnitude_within_half_a_third_digit(amount: float) -> None:
    found = re.fullmatch(r"([\d,.]+)(兆|億|万|)", short_myriads(amount))
    assert found is not None
    read = float(found[1].replace(",", "")) * _SCALES[found[2]]
    assert abs(read - amount) <= max(amount * 0.00501, 0.5)


@given(st.floats(0, 9.994e14))
@example(9_999.4)
@example(9_999.6e8)
def test_the_short_form_is_never_wider_than_its_column(amount: float) -> None:
    assert width(short_myriads(amount)) <= _SEVEN


@given(st.floats(0, 9e14), st.floats(0, 9e14))
def test_of_two_short_forms_the_larger_amount_is_never_told_as_the_smaller(
    one: float, other: float
) -> None:
    def read(amount: float) -> float:
        text = short_myriads(amount)
        figure = text.rstrip("兆億万")
        return float(figure.replace(",", "")) * _SCALES[text.removeprefix(figure)]

    assert (read(one) <= read(other)) == (one <= other) or read(one) == read(other)


@given(st.integers(0, 9 * 10**14))
def test_the_full_form_reads_back_to_the_last_unit_it_tells(amount: int) -> None:
    found = re.fullmatch(r"(?:(\d+)兆)?(?:(\d+)億)?(?:(\d+)万)?(\d+)?", full_myriads(amount))
    assert found is not None
    read = sum(
        int(part or 0) * scale for part, scale in zip(found.groups(), _SCALES.values(), strict=True)
    )
    slack = 5 * 10**7 if amount >= 5 * 10**7 else 5_000
    assert abs(read - amount) <= slack


def test_what_is_less_than_ten_thousand_is_told_in_full() -> None:
    assert full_myriads(4_200) == "4200"
    assert full_myriads(0) == "0"
    assert short_myriads(9_999) == "9,999"
