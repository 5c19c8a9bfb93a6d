from pathlib import Path

import pytest

from tui.providers.conformance import QuoteConformance
from tui.providers.contracts import Host
from tui.providers.file import FileProvider

CONTENT = """\
code,name,last,previous_close,volume,time
7203,Toyota,"2,500",2480,1200000,15:30
285A,Kioxia,1800,,5000,2025-05-26T15:30:00+09:00
"""


class TestFileConforms(QuoteConformance):
    symbols = ("7203.T", "285A.T")

    @pytest.fixture(autouse=True)
    def _file(self, tmp_path: Path) -> None:
        self.path = tmp_path / "quotes.csv"
        self.path.write_text(CONTENT, encoding="utf-8")

    def make(self, host: Host) -> FileProvider:
        return FileProvider(self._host(host, self.path))

    def make_broken(self, host: Host) -> FileProvider:
        return FileProvider(self._host(host, self.path.with_name("nowhere.csv")))

    def _host(self, host: Host, path: Path) -> Host:
        return Host(
            clock=host.clock,
            instruments=host.instruments,
            settings={"path": str(path)},
            remark=host.remark,
        )
