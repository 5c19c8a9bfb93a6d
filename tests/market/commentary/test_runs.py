import pytest

from tui.market.commentary.runs import run_items, unrolled


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1) Steel. Up. 2) Chips. Down.", ["Steel. Up.", "Chips. Down."]),
        ("①鉄鋼：上昇。②半導体：下落。", ["鉄鋼：上昇。", "半導体：下落。"]),
        ("• Steel: up • Chips: down", ["Steel: up", "Chips: down"]),
        ("Steel – backed; chips – bid", ["Steel – backed", "Chips – bid"]),
        ("**Steel.** Up. **Chips.** Down.", ["**Steel.** Up.", "**Chips.** Down."]),
        (
            "Steel deal. Approval is near. Softer yen. The dollar rose again.",
            ["Steel deal. Approval is near.", "Softer yen. The dollar rose again."],
        ),
        ("The market rose because exporters were bought all day long. It fell later on.", []),
        ("Exporters", []),
        ("", []),
    ],
)
def test_a_paragraph_is_taken_apart_where_that_is_clear(text: str, items: list[str]) -> None:
    assert run_items(text) == items


def test_prose_is_left_as_it_is() -> None:
    lines = [("Stocks rose. Drivers of trucks went on strike, and the day was quiet.", 0), ("", 0)]
    assert unrolled(lines) == lines
