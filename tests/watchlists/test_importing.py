import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import WatchlistError
from tui.market.universe import Universe
from tui.watchlists.document import MAX_SYMBOLS
from tui.watchlists.importing import MAX_BYTES, read_symbols

UNIVERSE = Universe()


def resolve(text: str) -> str | None:
    found = UNIVERSE.resolve(text)
    return found.symbol if found else None


def read(tmp_path: Path, content: str | bytes) -> list[str]:
    path = tmp_path / "codes.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_symbols(path, resolve)


@pytest.mark.parametrize(
    "content",
    [
        "7203\n285A\n",
        "7203.T\r\n285a.t\r\n",
        "7203\r285A\r",
        "\ufeff7203\n285A",
        "# my codes\n7203\n\n  285A  \n7203\n",
        "7203,Toyota\n285A,Kioxia\n",
        "name,code\nToyota,7203\nKioxia,285A\n",
        "銘柄,コード\nトヨタ,7203\nキオクシア,２８５Ａ\n",
        "Portfolio of 26 May\n\nName;Ticker;Price\nToyota;7203;2,500\nKioxia;285A;2\n",
        "Symbol\tLast\n7203\t1\n285A\t2\n",
        'code\n="7203"\n"""285A"""\n',
        "code\n'7203\nunknown\n285A\n",
    ],
)
def test_codes_are_found_in_any_usual_layout(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content) == ["7203.T", "285A.T"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "shift_jis", "utf-16"])
def test_what_spreadsheets_write_in_japan_is_understood(tmp_path: Path, encoding: str) -> None:
    content = "銘柄名,銘柄コード\nトヨタ自動車,7203\n任天堂,7974\n".encode(encoding)
    assert read(tmp_path, content) == ["7203.T", "7974.T"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no known code"),
        (b"nothing\nhere\n", "no known code"),
        (b"code\n" + b"x" * (csv.field_size_limit() + 1), "not a CSV file"),
        (b"\x81\xff\xff\x00", "neither UTF-8 nor Shift_JIS"),
        (b"\xff\xfe\x00\xd8", "neither UTF-8 nor Shift_JIS"),
        (b"7203\n" * (MAX_BYTES // 5 + 1), "larger than 4 MiB"),
    ],
)
def test_a_file_without_codes_is_told(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(WatchlistError, match=says) as caught:
        read(tmp_path, content)
    assert str(tmp_path / "codes.csv") in str(caught.value)


def test_more_codes_than_a_list_holds_are_not_cut_off_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("\n".join(str(number) for number in range(MAX_SYMBOLS + 1)))
    with pytest.raises(WatchlistError, match="more than 5000 codes"):
        read_symbols(path, lambda text: text)


@pytest.mark.parametrize("name", ["missing.csv", "nul\0byte", "."])
def test_a_path_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(WatchlistError, match="cannot be read"):
        read_symbols(tmp_path / name, resolve)


@given(st.binary(max_size=300))
def test_any_bytes_are_codes_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(raw)
    symbols, problem = [], ""
    try:
        symbols = read_symbols(path, lambda text: text)
    except WatchlistError as error:
        problem = str(error)
    assert problem.startswith(f"{path}: ") != bool(symbols)
