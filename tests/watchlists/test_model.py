"""Any run of operations and outside edits against a plain model of what the lists should be."""

import re
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tui.errors import WatchlistError
from tui.market.indices import BuiltinList
from tui.watchlists.lists import Lists

BEGIN = """\
# top
[[list]]
name = "A" # a
symbols = [
    "7203.T", # c1
    # banks
    "8306.T", "8316.T", # c2

    "9984.T", # c3
    # end
]

# about B
[[list]]
name = "B"
symbols = ["1301.T", "1332.T"] # b
[other] # o
x = 1 # x
"""
SYMBOLS = ["7203.T", "8306.T", "8316.T", "9984.T", "1301.T", "1332.T", "285A.T", "BTC-USD"]
NAMES = ["A", "B", "C", "長いリスト", "d e"]
STAYING = {"# top", "# about B", "# o", "# x"}
WITHIN = {b"# banks", b"# end"}


def known(text: str) -> str | None:
    """A resolver for which a bare Tokyo code is its symbol, as it is for the reference tables."""
    code = text.strip().upper().removesuffix(".T")
    return f"{code}.T" if re.fullmatch(r"\d{3}[\dA-Z]", code) else None


class ListsMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.file = self.folder / "lists.toml"
        self.file.write_text(BEGIN)
        self.lists = self._open()
        self.model = {
            "A": ["7203.T", "8306.T", "8316.T", "9984.T"],
            "B": ["1301.T", "1332.T"],
        }
        self.past: list[tuple[dict[str, list[str]], bytes]] = []
        self.words = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def _open(self) -> Lists:
        return Lists([BuiltinList("Nikkei 225", "日経225", ("6857.T",))], self.file, known)

    def _before(self) -> None:
        copy = {name: list(symbols) for name, symbols in self.model.items()}
        self.past.append((copy, self.file.read_bytes()))

    def _words_within_stay(self) -> None:
        before, after = self.past[-1][1], self.file.read_bytes()
        assert all(after.count(word) == before.count(word) for word in WITHIN)

    @rule(name=st.sampled_from(NAMES), symbols=st.lists(st.sampled_from(SYMBOLS), max_size=3))
    def create(self, name: str, symbols: list[str]) -> None:
        self._before()
        try:
            self.lists.create(name, symbols)
        except WatchlistError:
            assert name in self.model
            self.past.pop()
        else:
            assert name not in self.model
            self.model[name] = list(dict.fromkeys(symbols))

    @rule(name=st.sampled_from(NAMES), symbol=st.sampled_from(SYMBOLS))
    def add(self, name: str, symbol: str) -> None:
        self._before()
        try:
            self.lists.add(name, symbol.removesuffix(".T"))
        except WatchlistError:
            assert symbol in self.model.get(name, [symbol])
            self.past.pop()
        else:
            self.model[name].append(symbol)
            self._words_within_stay()

    @rule(name=st.sampled_from(NAMES), symbol=st.sampled_from(SYMBOLS))
    def delete(self, name: str, symbol: str) -> None:
        self._before()
        try:
            self.lists.delete(name, symbol)
        except WatchlistError:
            assert symbol not in self.model.get(name, [])
            self.past.pop()
        else:
            self.model[name].remove(symbol)
            self._words_within_stay()

    @precondition(lambda self: any(self.model.values()))
    @rule(data=st.data(), step=st.integers(-3, 3))
    def reorder(self, data: st.DataObject, step: int) -> None:
        name = data.draw(st.sampled_from([name for name, held in self.model.items() if held]))
        symbol = data.draw(st.sampled_from(self.model[name]))
        here = self.model[name].index(symbol)
        moves = step and 0 <= here + step < len(self.model[name])
        if moves:
            self._before()
            self.model[name].remove(symbol)
            self.model[name].insert(here + step, symbol)
        self.lists.reorder(name, symbol, step)
        if moves:
            self._words_within_stay()

    @rule(name=st.sampled_from(NAMES), new=st.sampled_from(NAMES))
    def rename(self, name: str, new: str) -> None:
        self._before()
        try:
            self.lists.rename(name, new)
        except WatchlistError:
            assert name not in self.model or new in self.model
            self.past.pop()
            return
        if name == new:
            self.past.pop()
        self.model = {new if each == name else each: held for each, held in self.model.items()}

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(list(self.model)))
        self._before()
        self.lists.remove(name)
        del self.model[name]

    @rule()
    def undo(self) -> None:
        undone = self.lists.undo()
        assert bool(undone) == bool(self.past)
        if undone:
            self.model, text = self.past.pop()
            assert self.file.read_bytes() == text

    @rule(append=st.booleans())
    def edit_outside(self, append: bool) -> None:
        self.words += 1
        text = self.file.read_text()
        word = f"# word {self.words}\n"
        self.file.write_text(text + "\n" + word if append else word + text)
        if append:
            assert not self.lists.poll()
        if self.past:
            try:
                self.lists.undo()
            except WatchlistError:
                self.past.clear()
            else:
                raise AssertionError("an undo went across an outside edit")

    @invariant()
    def the_file_read_again_equals_memory(self) -> None:
        for lists in (self.lists, self._open()):
            assert lists.names() == ["Nikkei 225", *self.model]
            for name, symbols in self.model.items():
                assert list(lists.symbols(name)) == symbols
            assert lists.take_notices() == []

    @invariant()
    def comments_that_belong_to_no_row_survive(self) -> None:
        text = self.file.read_text()
        assert all(word in text for word in STAYING)
        assert all(f"# word {number}\n" in text for number in range(1, self.words + 1))

    @invariant()
    def nothing_is_left_lying_about(self) -> None:
        assert [path.name for path in self.folder.iterdir()] == ["lists.toml"]


TestLists = ListsMachine.TestCase
TestLists.settings = settings(max_examples=60, stateful_step_count=15)
