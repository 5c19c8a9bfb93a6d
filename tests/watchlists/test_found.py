"""What was found by name is known by name the next time."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import ConfigError
from tui.market.instruments import Instrument, InstrumentKind
from tui.watchlists.found import MOST, keep_found, read_found

APPLE = Instrument(
    symbol="AAPL", name="Apple Inc.", name_ja="アップル", exchange="NMS", currency="USD"
)
BITCOIN = Instrument(
    symbol="BTC-USD", name="Bitcoin", name_ja="Bitcoin", kind=InstrumentKind.OTHER, currency=""
)


def test_what_was_kept_is_read_again_each_once_the_last_writing_counting(tmp_path: Path) -> None:
    path = tmp_path / "state" / "instruments.json"
    keep_found(path, [APPLE])
    keep_found(path, [BITCOIN])
    assert read_found(path) == (APPLE, BITCOIN)
    keep_found(path, [APPLE])
    assert read_found(path) == (APPLE, BITCOIN)


def test_only_so_many_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "instruments.json"
    keep_found(path, (Instrument(symbol=f"X{n}", name="x", name_ja="x") for n in range(MOST + 5)))
    kept = read_found(path)
    assert (len(kept), kept[0].symbol) == (MOST, "X5")


@given(st.binary(max_size=200))
def test_a_broken_file_holds_nothing(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("found") / "instruments.json"
    path.write_bytes(content)
    assert isinstance(read_found(path), tuple)
    assert read_found(path.parent) == ()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    with pytest.raises(ConfigError, match="cannot be kept"):
        keep_found(tmp_path / "state" / "instruments.json", [APPLE])
