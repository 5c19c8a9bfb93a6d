from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.pricing import (
    change_decimals,
    format_change,
    format_level,
    format_percent,
    format_points,
    format_price,
    format_quantity,
    format_rate,
    format_yen,
    price_decimals,
)


@pytest.mark.parametrize(
    ("price", "fine", "text"),
    [
        (2500, False, "2,500"),
        (7101, True, "7,101"),
        (856.3, True, "856.3"),
        (2732.5, True, "2,732.5"),
        (2732, True, "2,732.0"),
        (3001, True, "3,001"),
        (53_220, True, "53,220"),
        (354.2, True, "354.2"),
        (nan, True, ""),
        (inf, False, ""),
    ],
)
def test_yen_prices_have_the_decimals_of_their_tick(price: float, fine: bool, text: str) -> None:
    assert format_price(price, "JPY", fine=fine) == text


def test_a_price_off_the_grid_loses_no_digit() -> None:
    assert format_price(1234.5, "JPY") == "1,234.5"
    assert format_price(3987.25, "JPY", fine=True) == "3,987.25"
    assert format_price(37_531.53, "JPY") == "37,531.53"


def test_the_rounding_of_single_precision_is_no_digit() -> None:
    assert format_price(856.2999877929688, "JPY", fine=True) == "856.3"
    assert format_price(23_355.001953125, "JPY", fine=True) == "23,355"


@pytest.mark.parametrize(
    ("price", "currency", "text"),
    [
        (201.5, "USD", "201.50"),
        (1234.567, "USD", "1,234.57"),
        (58_000, "KRW", "58,000"),
        (12, "", "12.00"),
    ],
)
def test_other_currencies_have_their_own_decimals(price: float, currency: str, text: str) -> None:
    assert format_price(price, currency) == text


def test_a_change_has_the_decimals_of_both_of_its_ends() -> None:
    assert format_change(286, 7101, "JPY", fine=True) == "+286"
    assert format_change(2999.5 - 3001, 2999.5, "JPY", fine=True) == "−1.5"
    assert format_change(3001 - 2999.5, 3001, "JPY", fine=True) == "+1.5"
    assert format_change(0.0, 7101, "JPY", fine=True) == "0"
    assert format_change(856.3 - 850.1, 856.3, "JPY", fine=True) == "+6.2"
    assert format_change(nan, 7101, "JPY") == ""
    assert change_decimals(-1.5, 2999.5, fine=True) == 1


def test_signs_and_blanks() -> None:
    assert format_percent(1.0) == "+1.00%"
    assert format_percent(-2.345) == "−2.35%"
    assert format_percent(-0.001) == "0.00%"
    assert format_percent(nan) == ""
    assert format_points(76.1) == "+76.10"
    assert format_points(-47.77) == "−47.77"
    assert format_level(37_531.53) == "37,531.53"
    assert format_level(nan) == ""
    assert format_rate(142.6) == "142.600"
    assert format_rate(1.1382, "USD") == "1.1382"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (91.9e9, "¥91.9bn"),
        (2.56e12, "¥2.56tn"),
        (812e6, "¥812m"),
        (999.4e6, "¥999m"),
        (999.6e6, "¥1.00bn"),
        (99.96e9, "¥100bn"),
        (999.0, "¥999"),
        (0.0, "¥0"),
        (-5e6, "−¥5.00m"),
        (nan, ""),
    ],
)
def test_sums_of_money_are_shortened_to_three_digits(amount: float, text: str) -> None:
    assert format_yen(amount) == text


def test_quantities_are_shortened_likewise() -> None:
    assert format_quantity(12.4e6) == "12.4m"
    assert format_quantity(1_324_700) == "1.32m"
    assert format_quantity(900) == "900"
    assert format_quantity(nan) == ""


@pytest.mark.parametrize(
    ("amount", "text", "bare"),
    [
        (1.7162e12, "1.72兆円", "1.72兆"),
        (999.96e9, "1.00兆円", "1.00兆"),
        (918.7e9, "9,187億円", "9,187億"),
        (16.6e9, "166億円", "166億"),
        (822e6, "8.22億円", "8.22億"),
        (99.996e6, "1.00億円", "1.00億"),
        (12.3e6, "1,230万円", "1,230万"),
        (9_999.0, "9,999円", "9,999"),
        (0.0, "0円", "0"),
        (-5e8, "−5.00億円", "−5.00億"),
        (nan, "", ""),
    ],
)
def test_sums_of_money_in_japanese_go_by_ten_thousands(amount: float, text: str, bare: str) -> None:
    assert format_yen(amount, "ja") == text
    assert format_yen(amount, "ja", unit=False) == bare


def test_quantities_in_japanese_likewise() -> None:
    assert format_quantity(8_801_200, "ja") == "880万"
    assert format_quantity(74_800, "ja") == "7.48万"
    assert format_quantity(132_470_000, "ja") == "1.32億"
    assert format_quantity(900, "ja") == "900"
    assert format_quantity(nan, "ja") == ""


@given(st.integers(1, 30_000_000), st.booleans())
def test_a_price_on_the_grid_reads_back_exactly(tenths: int, fine: bool) -> None:
    price = tenths / 10
    assert float(format_price(price, "JPY", fine=fine).replace(",", "")) == price
    assert price_decimals(price, "JPY", fine=fine) <= 1


@given(st.floats(1, 9e14))
def test_a_short_sum_is_within_half_a_unit_of_its_third_digit(amount: float) -> None:
    text = format_yen(amount).removeprefix("¥").replace(",", "")
    number = text.rstrip("tnbmk")
    scale = {"tn": 1e12, "bn": 1e9, "m": 1e6, "k": 1e3, "": 1.0}[text.removeprefix(number)]
    slack = 0.0051 if amount >= 100 else 0.5
    assert float(number) * scale == pytest.approx(amount, rel=slack)


@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(), st.booleans())
def test_no_figure_makes_a_format_fail(value: float, price: float, fine: bool) -> None:
    for text in (
        format_price(value, "JPY", fine=fine),
        format_change(value, price, "JPY", fine=fine),
        format_percent(value),
        format_yen(value),
        format_yen(value, "ja"),
        format_quantity(value),
        format_quantity(value, "ja"),
    ):
        assert "nan" not in text
        assert "inf" not in text
        assert "-" not in text
