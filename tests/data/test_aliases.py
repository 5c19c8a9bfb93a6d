"""What companies are called: the forms that ship, and the user's laid over them."""

from pathlib import Path

import pytest

from tui.data.aliases import SHIPPED, load_aliases, read_aliases, shipped_aliases
from tui.data.baskets import shipped_baskets
from tui.data.reader import shipped
from tui.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    path = folder / "aliases.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_ships_names_only_what_the_tables_know() -> None:
    tables = shipped()
    known = {f"{row.code}.T" for row in tables.listed.rows}
    known |= {row.symbol for row in tables.foreign.rows}
    known |= {f"sector:{row.code}" for row in tables.sectors.rows if row.scheme == 33}
    known |= {f"basket:{basket.key}" for basket in shipped_baskets().rows} | {""}
    aliases = shipped_aliases()
    assert aliases.notice == ""
    assert set(aliases.names.values()) <= known


def test_every_name_of_the_nikkei_has_an_english_and_a_japanese_form() -> None:
    forms: dict[str, list[str]] = {}
    for form, meaning in shipped_aliases().names.items():
        forms.setdefault(meaning, []).append(form)
    tables = shipped()
    listed = {row.code: row for row in tables.listed.rows}
    for code in tables.nikkei_factors.rows[-1].codes:
        held = forms.get(f"{code}.T", [])
        assert held, listed[code].name_ja
        assert any(form.isascii() for form in held), code


def test_the_users_form_wins_and_loses_its_doubt(tmp_path: Path) -> None:
    path = written(
        tmp_path, '[companies]\n"７２０３" = ["Sharp", "ﾄﾖﾀさん"]\n[nothing]\nforms = ["Sony"]\n'
    )
    aliases = read_aliases(path)
    assert aliases.notice == ""
    assert aliases.names["Sharp"] == aliases.names["トヨタさん"] == "7203.T"
    assert "Sharp" in shipped_aliases().doubtful
    assert "Sharp" not in aliases.doubtful
    assert aliases.names["Sony"] == ""
    assert aliases.names["Canon"] == "7751.T"


def test_a_file_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    assert read_aliases(tmp_path / "aliases.toml") is shipped_aliases()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[companies\n", "not valid TOML"),
        ("[firms]\n", "unknown field `firms`"),
        ('[companies]\nToyota = ["x y"]\n', "“Toyota” is not a local code"),
        ('[companies]\n"7203" = "Toyota"\n', "Expected `array`"),
        ('[companies]\n"7203" = ["T"]\n', "“T” is no name to look for"),
        (f'[companies]\n"7203" = ["{"x" * 81}"]\n', "is no name to look for"),
        ('[symbols]\n"yen!" = ["the yen"]\n', "“yen!” is not a symbol"),
        ('[sectors]\nsteel = ["steel"]\n', "“steel” is not a code of the 33 sectors"),
        ('[baskets]\n"My Basket" = ["mine"]\n', "“My Basket” is not a basket's key"),
        (
            '[companies]\n"7203" = ["Ace"]\n"6758" = ["Ace"]\n',
            "“Ace” stands for 7203.T and for 6758.T",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_left_out(
    tmp_path: Path, text: str, told: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as raised:
        load_aliases(path)
    assert told in str(raised.value)
    assert str(path) in str(raised.value)
    aliases = read_aliases(path)
    assert aliases.names == shipped_aliases().names
    assert told in aliases.notice
    assert aliases.notice.endswith("Until then the names that ship are used.")


def test_the_shipped_file_reads_as_its_own_users(tmp_path: Path) -> None:
    path = written(tmp_path, SHIPPED.read_text(encoding="utf-8"))
    assert read_aliases(path).names == shipped_aliases().names
