"""Baskets: those that ship, and the user's laid over them."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.data.baskets import SHIPPED, Basket, read_baskets, shipped_baskets
from tui.data.reader import shipped

LISTED = frozenset(f"{row.code}.T" for row in shipped().listed.rows)


def keys(rows: tuple[Basket, ...]) -> list[str]:
    return [basket.key for basket in rows]


def written(folder: Path, text: str) -> Path:
    path = folder / "baskets.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_baskets_that_ship_are_the_ones_market_reports_speak_of() -> None:
    baskets = shipped_baskets()
    assert baskets.notice == ""
    assert keys(baskets.rows) == [
        "exporters",
        "banks",
        "semiconductors",
        "trading-houses",
        "steel",
        "autos",
    ]
    assert all(basket.name_ja != basket.name for basket in baskets.rows)


def test_every_code_that_ships_is_listed_and_named_as_its_comment_says() -> None:
    names = {row.code: row.name_en for row in shipped().listed.rows}
    for line in SHIPPED.read_text(encoding="utf-8").splitlines():
        if line.startswith('    "'):
            code, _, comment = line.strip().partition(", # ")
            name = names[code.strip('"')]
            assert name in {"", comment}, line
    for basket in shipped_baskets().rows:
        assert set(basket.symbols) <= LISTED
        assert len(set(basket.symbols)) == len(basket.symbols)


def test_banks_autos_and_steel_are_of_their_sectors() -> None:
    sectors = {f"{row.code}.T": row.sector33 for row in shipped().listed.rows}
    held = {basket.key: basket.symbols for basket in shipped_baskets().rows}
    for key, sector in (
        ("banks", "7050"),
        ("autos", "3700"),
        ("steel", "3450"),
        ("trading-houses", "6050"),
    ):
        assert {sectors[symbol] for symbol in held[key]} == {sector}


def test_without_a_file_of_the_users_the_shipped_ones_stand(tmp_path: Path) -> None:
    assert read_baskets(tmp_path / "baskets.toml") is shipped_baskets()


def test_the_user_replaces_adds_and_takes_out(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        [steel]
        name = "Steel makers"
        codes = ["5401", "５４１１.t"]

        [autos]
        codes = []

        [mine]
        name_ja = "自分の"
        codes = ["7203", "285a", "7203"]
        """,
    )
    baskets = read_baskets(path, LISTED)
    assert baskets.notice == ""
    assert keys(baskets.rows) == [
        "exporters",
        "banks",
        "semiconductors",
        "trading-houses",
        "steel",
        "mine",
    ]
    steel, mine = baskets.rows[4:]
    assert (steel.name, steel.name_ja) == ("Steel makers", "Steel makers")
    assert steel.symbols == ("5401.T", "5411.T")
    assert (mine.name, mine.name_ja, mine.symbols) == ("mine", "自分の", ("7203.T", "285A.T"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[mine", "not valid TOML"),
        ("[mine]\ncodes = 7203", "basket “mine”"),
        ("[mine]\ncodes = [7203]", "basket “mine”"),
        ('[mine]\nname = "x"', "basket “mine”"),
        ("mine = 1", "basket “mine”"),
        ('[mine]\ncodes = ["7203"]\ncolour = "red"', "colour"),
        ('[mine]\ncodes = ["toyota"]', "“toyota” is not a local code"),
        ('["My own"]\ncodes = ["7203"]', "“My own” cannot be a key"),
        ('[mine]\nname = "a\\u202eb"\ncodes = ["7203"]', "cannot be shown"),
        (f'[mine]\nname = "{"x" * 41}"\ncodes = ["7203"]', "cannot be shown"),
        ("[mine]\ncodes = [" + '"7203",' * 1001 + "]", "more than 1000 codes"),
        ("".join(f"[b{n}]\ncodes = []\n" for n in range(101)), "more than 100 baskets"),
        ("a = " + "[" * 5000, "baskets.toml"),
    ],
)
def test_a_broken_file_is_one_notice_and_the_shipped_ones_stand(
    tmp_path: Path, text: str, said: str
) -> None:
    path = written(tmp_path, text)
    baskets = read_baskets(path)
    assert said in baskets.notice
    assert str(path) in baskets.notice
    assert "\n" not in baskets.notice
    assert baskets.rows == shipped_baskets().rows


def test_a_folder_a_large_file_and_foreign_bytes_are_told_too(tmp_path: Path) -> None:
    for name, content in (("large", b"#" * 300_000), ("bytes", b"\xff\xfe\x00")):
        path = tmp_path / name
        path.write_bytes(content)
        assert read_baskets(path).notice
    assert "folder" in read_baskets(tmp_path).notice


def test_a_code_that_is_not_listed_is_named_and_kept(tmp_path: Path) -> None:
    path = written(
        tmp_path, '[mine]\ncodes = ["7203", "9999", "0001", "0002", "0003", "0004", "0005"]'
    )
    baskets = read_baskets(path, LISTED)
    assert "9999" in baskets.notice
    assert "and 1 more" in baskets.notice
    assert len(baskets.rows[-1].symbols) == 7


def test_the_shipped_file_read_as_the_users_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, SHIPPED.read_text(encoding="utf-8"))
    assert tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    assert read_baskets(path, LISTED) == shipped_baskets()


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "baskets.toml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        baskets = read_baskets(path)
    assert len(baskets.rows) >= 6 or not baskets.notice
