import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import WatchlistError
from tui.watchlists.array import ArrayText, quoted

SYMBOLS = ["7203.T", "285A", "^N225", "JPY=X", "a#b", "x,y", 'q"t', "back\\s"]
VALUES = st.sampled_from(SYMBOLS).map(quoted) | st.sampled_from(["'6758'", "6758", '"""9984"""'])
BLANK = st.sampled_from(["", " ", "  ", "\t"])
COMMENT = st.sampled_from(["# a", "#b, c", '# "7203"', "# ] x", "#"])
LINES = st.lists(st.tuples(BLANK, COMMENT | st.just("")).map("".join), min_size=1, max_size=3).map(
    lambda lines: "\n".join((*lines, "    "))
)
BETWEEN = BLANK | LINES
ENTRIES = st.lists(st.tuples(BETWEEN, VALUES, BETWEEN), max_size=6)


@st.composite
def arrays(draw: st.DrawFn) -> str:
    entries = draw(ENTRIES)
    parts = ["["]
    for index, (before, value, after) in enumerate(entries):
        parts += [before, value, after]
        if index < len(entries) - 1 or draw(st.booleans()):
            parts.append(",")
    return "".join((*parts, draw(BETWEEN), "]"))


def values(text: str) -> list[str]:
    held = tomllib.loads(f"x = {text}\n")["x"]
    return [str(each) for each in held]


@given(arrays())
def test_an_array_keeps_its_values_and_every_comment(text: str) -> None:
    assert values(str(ArrayText(text))) == values(text)
    assert str(ArrayText(text)).count("#") == text.count("#")
    assert str(ArrayText(str(ArrayText(text)))) == str(ArrayText(text))


@given(arrays(), st.sampled_from(SYMBOLS))
def test_appending_adds_one_value_and_touches_no_comment(text: str, symbol: str) -> None:
    array = ArrayText(text)
    array.append(symbol)
    assert values(str(array)) == [*values(text), symbol]
    assert str(array).count("#") == text.count("#") + symbol.count("#")


@given(arrays(), st.data())
def test_deleting_takes_one_value_and_at_most_the_comment_behind_it(
    text: str, data: st.DataObject
) -> None:
    held = values(text)
    if held:
        index = data.draw(st.integers(0, len(held) - 1))
        array = ArrayText(text)
        array.delete(index)
        assert values(str(array)) == held[:index] + held[index + 1 :]
        lines_before = [line.strip() for line in text.split("\n") if line.strip().startswith("#")]
        lines_after = [line.strip() for line in str(array).split("\n")]
        assert all(line.split(" ]")[0] in "\n".join(lines_after) for line in lines_before)


@given(arrays(), st.data())
def test_swapping_changes_two_places_and_loses_nothing(text: str, data: st.DataObject) -> None:
    held = values(text)
    if len(held) > 1:
        one = data.draw(st.integers(0, len(held) - 1))
        other = data.draw(st.integers(0, len(held) - 1))
        array = ArrayText(text)
        array.swap(one, other)
        held[one], held[other] = held[other], held[one]
        assert values(str(array)) == held
        assert sorted(str(array)) == sorted(str(ArrayText(text)))


@given(arrays(), st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 9))))
def test_any_run_of_edits_leaves_valid_toml(text: str, edits: list[tuple[int, int, int]]) -> None:
    array, held = ArrayText(text), values(text)
    for kind, one, other in edits:
        if kind == 0:
            array.append("NEW")
            held.append("NEW")
        elif held and kind == 1:
            array.delete(one % len(held))
            del held[one % len(held)]
        elif held:
            first, second = one % len(held), other % len(held)
            array.swap(first, second)
            held[first], held[second] = held[second], held[first]
        assert values(str(array)) == held


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("[]", '["9"]'),
        ("[ ]", '["9"]'),
        ("[\n]", '[\n    "9",\n]'),
        ("[\n  # none yet\n  ]", '[\n  # none yet\n      "9",\n  ]'),
        ('["1"]', '["1", "9"]'),
        ('["1","2"]', '["1","2","9"]'),
        ('["1", "2",]', '["1", "2", "9",]'),
        ('[\n  "1"\n]', '[\n  "1",\n  "9"\n]'),
        ('[\n  "1", # one\n]', '[\n  "1", # one\n  "9",\n]'),
        ('[\n  "1" # one\n]', '[\n  "1", # one\n  "9"\n]'),
        ('[\n  "1", "2", # two\n]', '[\n  "1", "2", # two\n  "9",\n]'),
        ('["1", # one\n]', '["1", # one\n    "9",\n]'),
    ],
)
def test_a_new_symbol_is_laid_out_as_the_last(text: str, after: str) -> None:
    array = ArrayText(text)
    array.append("9")
    assert str(array) == after


@pytest.mark.parametrize(
    ("text", "index", "after"),
    [
        ('["1", "2", "3"]', 1, '["1", "3"]'),
        ('["1", "2", "3"]', 0, '["2", "3"]'),
        ('["1", "2", "3"]', 2, '["1", "2"]'),
        ('["1", "2",]', 1, '["1",]'),
        ('["1"]', 0, "[]"),
        ('[\n  "1", # one\n  "2", # two\n]', 0, '[\n  "2", # two\n]'),
        ('[\n  "1", # one\n  "2" # two\n]', 1, '[\n  "1" # one\n]'),
        ('[\n  # head\n  "1", # one\n]', 0, "[\n  # head\n]"),
        ('[\n  "1", "2", # both\n]', 1, '[\n  "1", # both\n]'),
        ('[\n  "1", "2", # both\n]', 0, '[\n  "2", # both\n]'),
        ('[\n  "1", # one\n  "2"]', 1, '[\n  "1" # one\n  ]'),
    ],
)
def test_a_symbol_goes_with_its_line_and_its_comment(text: str, index: int, after: str) -> None:
    array = ArrayText(text)
    array.delete(index)
    assert str(array) == after


def test_comments_on_lines_of_their_own_follow_a_swap() -> None:
    array = ArrayText('[\n  "1", # one\n  # between\n  "2" # two\n]')
    array.swap(0, 1)
    assert str(array) == '[\n  "2", # two\n  # between\n  "1" # one\n]'


def test_an_array_of_other_things_is_refused() -> None:
    with pytest.raises(WatchlistError, match="not a symbol"):
        ArrayText('["1", {a = 1}]')
