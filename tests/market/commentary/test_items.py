import pytest

from tui.market.commentary.items import parted, read_item


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("Tariff delay. The U.S. waits.", "Tariff delay", "The U.S. waits."),
        ("**Tariff delay.** Text.", "Tariff delay", "Text."),
        ("**Tariff delay**: Text.", "Tariff delay", "Text."),
        ("**Tariff delay** — Text.", "Tariff delay", "Text."),
        (
            "U.S. Steel deal: backed at $5401.T. More.",
            "U.S. Steel deal",
            "backed at $5401.T. More.",
        ),
        ("Nippon Steel $5401.T. Backed.", "Nippon Steel $5401.T", "Backed."),
        ("Toyota Motor Corp. lifts output. Text", "Toyota Motor Corp. lifts output", "Text"),
        ("No. 1 in chips. Text", "No. 1 in chips", "Text"),
        ("GDP up 0.4% in Q1. Text", "GDP up 0.4% in Q1", "Text"),
        ("A deal? Perhaps.", "A deal?", "Perhaps."),
        ("関税延期。トランプ氏が表明。", "関税延期", "トランプ氏が表明。"),
        ("関税延期：トランプ氏が表明。", "関税延期", "トランプ氏が表明。"),
        ("Only a title", "Only a title", ""),
        ("Only a title.", "Only a title", ""),
        ("...", "", ""),
    ],
)
def test_a_title_ends_at_its_stop(text: str, title: str, rest: str) -> None:
    item = read_item(text)
    assert (item.title, item.text) == (title, rest)


def test_a_title_on_a_line_of_its_own_stays_whole() -> None:
    item = read_item("It was put off. Later.", "Tariffs: what now")
    assert (item.title, item.text) == ("Tariffs: what now", "It was put off. Later.")


def test_a_very_long_title_is_not_searched_to_its_end() -> None:
    text = "x" * 5_000 + ". y"
    assert parted(text) == (text, "")
