"""The contestants of a run: started when first asked for, shared by the promises, ended with it."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.contestant import READY, Contestant, module
from benchmarks.market import RATE, symbols, write_home


class Stage:
    """Everything that a promise needs to be measured.

    Args:
        quick: Whether the whole run is to take about a minute.
    """

    def __init__(self, *, quick: bool) -> None:
        self.quick = quick
        self.folder = Path(tempfile.mkdtemp(prefix="zaraba-benchmarks-"))
        self.symbols = symbols()
        self.codes = [symbol.removesuffix(".T") for symbol in self.symbols]
        self._held: dict[str, Contestant] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for contestant in self._held.values():
            contestant.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def home(self, name: str, *, flash: bool = True) -> tuple[Path, Path]:
        """A home folder and the configuration in it, whose list is the load's instruments."""
        folder = self.folder / name
        return folder, write_home(folder, self.symbols, flash=flash)

    def bare(self) -> Contestant:
        """The bare Textual app."""
        home = self.folder / "bare"
        home.mkdir(exist_ok=True)
        return self._once("bare", lambda: Contestant(module("bare"), home, asked=False))

    def floor(self, rate: float = RATE) -> Contestant:
        """The bare Python writer, under a load of quotes a second."""
        return self._once(f"floor-{rate}", lambda: self._plain("floor", rate))

    def grid(self, rate: float = RATE) -> Contestant:
        """The DataTable, under a load of quotes a second."""
        return self._once(f"grid-{rate}", lambda: self._plain("grid", rate))

    def monitor(
        self, source: str = "synthetic", rate: float = RATE, *, flash: bool = True
    ) -> Contestant:
        """The program on the load's instruments, under a load of quotes a second."""
        name = f"monitor-{source}-{rate}-{flash}"

        def begin() -> Contestant:
            home, config = self.home(name, flash=flash)
            command = module("monitor", str(config), source, str(rate))
            ready = self.codes[0].encode()
            # As its command sets it before Textual is imported.
            return Contestant(command, home, ready=ready, variables={"TEXTUAL_FPS": "240"})

        return self._once(name, begin)

    def run(self, command: list[str], ready: bytes = READY, **variables: str) -> Contestant:
        """A program started anew, which the caller ends; its home is as fresh as a new user's."""
        home = Path(tempfile.mkdtemp(dir=self.folder))
        return Contestant(command, home, asked=False, ready=ready, variables=variables)

    def end(self, contestant: Contestant) -> None:
        """End a shared contestant before the run does."""
        for name, held in list(self._held.items()):
            if held is contestant:
                held.close()
                del self._held[name]

    def _plain(self, name: str, rate: float) -> Contestant:
        home = self.folder / name
        home.mkdir(exist_ok=True)
        return Contestant(module(name, str(rate)), home)

    def _once(self, name: str, begin: Callable[[], Contestant]) -> Contestant:
        if name not in self._held:
            contestant = begin()
            contestant.rest()
            self._held[name] = contestant
        return self._held[name]
