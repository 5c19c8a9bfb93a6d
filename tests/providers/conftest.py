"""Shared by the tests of sources: a few instruments, and a distribution made by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.market.instruments import Instrument

Install = Callable[..., Path]


@pytest.fixture
def instruments() -> tuple[Instrument, ...]:
    return (
        Instrument(symbol="7203.T", code="7203", name="Toyota Motor", name_ja="トヨタ自動車"),
        Instrument(symbol="285A.T", code="285A", name="Kioxia Holdings", name_ja="キオクシア"),
    )


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put modules and their metadata on the path, as an installer would."""

    def make(distribution: str, points: dict[str, dict[str, str]], **modules: str) -> Path:
        site = tmp_path / distribution
        info = site / f"{distribution.replace('-', '_')}-1.2.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\n", encoding="utf-8"
        )
        lines = []
        for group, entries in points.items():
            lines += [f"[{group}]", *(f"{name} = {value}" for name, value in entries.items())]
        (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
        for module, source in modules.items():
            (site / f"{module}.py").write_text(source, encoding="utf-8")
        monkeypatch.syspath_prepend(str(site))
        return site

    return make
