import tomllib

import pytest

from tui.errors import WatchlistError
from tui.watchlists.document import MAX_LISTS, MAX_SYMBOLS, Document, parse


def lost(before: str, after: str) -> list[str]:
    """Lines of the file before that are no longer in it."""
    held = after.splitlines()
    return [line for line in before.splitlines() if line not in held]


def test_reading_takes_lists_only_and_symbols_as_written(nasty: str) -> None:
    mine, steel = parse(nasty, "lists.toml")
    assert (mine.name, mine.symbols) == ("Mine", ("7203.T", "8306.T", "8316.T", "285A", "9999X"))
    assert (steel.name, steel.symbols) == ("Steel", ("5401.T", "5411"))


def test_codes_may_stand_without_quotation_marks() -> None:
    (only,) = parse('[[list]]\nname = "A"\nsymbols = [7203, "6758"]', "x")
    assert only.symbols == ("7203", "6758")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[list]]\nname = ", "not valid TOML"),
        ("x = " + "9" * 5000, "not valid TOML"),
        ("x = " + "[" * 9000, "nested too deeply"),
        ("[[list]]\nsymbols = []", "list 1: object missing required field `name`"),
        ('[[list]]\nname = "A"\nsymbols = ["1", 2.5]', "list 1: symbol 2: expected"),
        ('[[list]]\nname = "A"\nsymbols = ["1", true]', "list 1: symbol 2: expected"),
        ('[list]\nname = "A"', "expected `array`"),
        ('[[list]]\nname = " "', "1 to 40 printable characters"),
        (f'[[list]]\nname = "{"x" * 41}"', "1 to 40 printable characters"),
        ('[[list]]\nname = "a\\u001b"', "1 to 40 printable characters"),
        ('[[list]]\nname = "A"\n[[list]]\nname = "a "', "stands twice"),
        ('[[list]]\nname = "A"\nsymbols = [" "]', "is not a symbol"),
        ('[[list]]\nname = "A"\nsymbols = ["\\u202e1"]', "is not a symbol"),
        ('[[list]]\nname = "A"\nsymbols = ["123456789012345678901"]', "is not a symbol"),
        ("".join(f'[[list]]\nname = "{n}"\n' for n in range(MAX_LISTS + 1)), "more than 100"),
        (f'[[list]]\nname = "A"\nsymbols = [{"1," * (MAX_SYMBOLS + 1)}]', "more than 5000"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_line(text: str, says: str) -> None:
    with pytest.raises(WatchlistError, match=says) as caught:
        parse(text, "lists.toml")
    assert str(caught.value).startswith("lists.toml: ")
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_nothing_edited_is_the_same_text(nasty: str) -> None:
    assert Document(nasty).text() == nasty


def test_an_edit_of_symbols_touches_no_other_line(nasty: str) -> None:
    document = Document(nasty)
    mine = document.edit("Mine")
    mine.append("9984.T")
    mine.delete(0)
    mine.swap(0, 2)
    document.rename("Steel", "Iron")
    assert lost(nasty, document.text()) == [
        '    "7203.T", # Toyota, since 2019',
        '    "8306.T", "8316.T",  # two on a line',
        "    '285A', # letters",
        '    "9999X"   # unknown # with two signs',
        'name = "Steel"',
    ]
    assert [each.symbols for each in parse(document.text(), "x")] == [
        ("285A", "8316.T", "8306.T", "9999X", "9984.T"),
        ("5401.T", "5411"),
    ]
    assert tomllib.loads(document.text())["other"] == {"x": [1, 2]}


def test_removing_a_list_leaves_what_is_said_of_the_next(nasty: str) -> None:
    document = Document(nasty)
    document.remove("Mine")
    gone = lost(nasty, document.text())
    assert gone[0] == "[[list]] # header"
    assert gone[-1] == 'colour = "red"'
    assert "# about Steel\n[[list]]\n" in document.text()
    document.remove("Steel")
    assert document.text().count("# about") == 2
    assert parse(document.text(), "x") == []
    assert document.text().endswith("\n[other]\nx = [1, 2] # untouched\n")


def test_the_last_of_two_lists_goes_without_what_follows_it(nasty: str) -> None:
    document = Document(nasty)
    document.remove("Steel")
    assert lost(nasty, document.text()) == [
        "[[list]]",
        'name = "Steel"',
        'symbols = ["5401.T", "5411", ] # trailing comma',
    ]


@pytest.mark.parametrize(
    "before", ["", "# only words", "x = 1", '[other]\nx = """\n[[list]]\n"""\n']
)
def test_a_list_is_created_behind_whatever_stands(before: str) -> None:
    document = Document(before)
    document.create('Say "A" \\', ["7203.T", 'q"'])
    text = document.text()
    assert before in text
    (made,) = parse(text, "x")
    assert (made.name, made.symbols) == ('Say "A" \\', ("7203.T", 'q"'))


def test_lists_written_as_one_inline_array_can_be_edited() -> None:
    document = Document('list = [{name = "A", symbols = ["1"]}] # mine\nx = 1\n')
    document.create("B", ["2"])
    document.edit("A").append("3")
    assert [(each.name, each.symbols) for each in parse(document.text(), "x")] == [
        ("A", ("1", "3")),
        ("B", ("2",)),
    ]
    document.remove("A")
    document.remove("B")
    assert document.text() == "list = [] # mine\nx = 1\n"


def test_a_list_without_symbols_gets_them_one_a_line() -> None:
    document = Document('[[list]]\nname = "A" # mine')
    document.edit("A").append("7203.T")
    assert document.text() == '[[list]]\nname = "A" # mine\nsymbols = [\n    "7203.T",\n]\n'


def test_a_byte_order_mark_and_windows_line_ends_are_kept(nasty: str) -> None:
    windows = "\ufeff" + nasty.replace("\n", "\r\n")
    document = Document(windows)
    assert document.text() == windows
    document.edit("Mine").append("9984.T")
    document.remove("Steel")
    text = document.text()
    assert text.startswith("\ufeff# My lists")
    assert text.count("\n") == text.count("\r\n") > 10
    assert parse(text, "x")[0].symbols[-1] == "9984.T"
    document = Document(text)
    document.create("New", ["1"])
    assert document.text().count("\n") == document.text().count("\r\n")


def test_mixed_line_ends_stay_as_they_are() -> None:
    mixed = '[[list]]\r\nname = "A"\nsymbols = [\r\n  "1", # one\n  "2", # two\r\n]\r\n'
    document = Document(mixed)
    document.edit("A").swap(0, 1)
    assert parse(document.text(), "x")[0].symbols == ("2", "1")
    document.edit("A").append("3")
    document.edit("A").delete(0)
    assert parse(document.text(), "x")[0].symbols == ("1", "3")
    assert document.text().startswith('[[list]]\r\nname = "A"\nsymbols = [\r\n')


def test_tables_between_the_lists_survive_an_edit() -> None:
    text = '[[list]]\nname = "A"\n\n[other] # o\nx = 1\n\n# about B\n[[list]]\nname = "B"\n'
    document = Document(text)
    document.edit("B").append("1")
    assert sorted(lost(text, document.text())) == []
    assert tomllib.loads(document.text())["other"] == {"x": 1}


def test_a_list_that_is_not_there_is_named() -> None:
    with pytest.raises(WatchlistError, match="Gone: the list is no longer in the file"):
        Document("").edit("Gone")
