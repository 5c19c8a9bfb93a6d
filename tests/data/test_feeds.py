"""The feeds that ship as names."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tui.data.feeds import feed_presets
from tui.errors import DataError

PAGE = (Path(__file__).parents[2] / "docs" / "providers.md").read_text(encoding="utf-8")


def test_every_preset_can_be_switched_on_and_is_on_the_page() -> None:
    presets = feed_presets()
    listed = re.findall(r"^\| `([a-z0-9-]+)` \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert {(each.key, each.name, urlsplit(each.url).hostname) for each in presets.values()} <= set(
        listed
    )
    for each in presets.values():
        assert urlsplit(each.url).scheme == "https"
        assert each.language in {"ja", "en"}


@pytest.mark.parametrize("text", ["[a]\nname = 1\n", "not toml", "[a]\nname='x'\n"])
def test_a_damaged_file_is_an_error_of_the_data(tmp_path: Path, text: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        feed_presets(path)
    with pytest.raises(DataError):
        feed_presets(tmp_path / "none.toml")
