"""The suite that ships, as the author of the package runs it."""

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from zaraba_ledger import LedgerQuotes

from tui.providers.conformance import QuoteConformance
from tui.providers.contracts import Host


class TestLedger(QuoteConformance):
    symbols = ("7203.T", "285A.T")

    async def prepare(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name) / "prices.db"
        with closing(sqlite3.connect(self.file)) as database, database:
            database.execute("CREATE TABLE prices (symbol TEXT PRIMARY KEY, last REAL)")
            rows = [(symbol, 2500.5) for symbol in self.symbols]
            database.executemany("INSERT INTO prices VALUES (?, ?)", rows)

    async def release(self) -> None:
        self.folder.cleanup()

    def make(self, host: Host) -> LedgerQuotes:
        return LedgerQuotes(replace(host, settings={"path": str(self.file)}))

    def make_broken(self, host: Host) -> LedgerQuotes:
        return LedgerQuotes(replace(host, settings={"path": "/nowhere/prices.db"}))
