import pytest

from tui.market.commentary import runs
from tui.market.commentary.runs import MOST_TRIED, run_items, unrolled


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


def test_a_text_full_of_headings_is_looked_at_as_far_as_a_commentary_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []

    def counted(text: str) -> list[str]:
        looked.append(len(text))
        return run_items(text)

    monkeypatch.setattr(runs, "run_items", counted)
    lines = [("Key catalysts: x", 0)] * 10_000
    assert unrolled(lines) == lines
    assert len(looked) == MOST_TRIED
    assert max(looked) < 1_100, "a paragraph is bounded"
