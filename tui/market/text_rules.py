"""What texts are read by: names and rules for kinds, the user's own over those that ship."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from tui.data.reader import ReferenceTables
from tui.market.catalysts import Catalyst

if TYPE_CHECKING:
    # Patterns that no picture waits for; imported with the first text.
    from tui.market.kinds import Kinds
    from tui.market.linking.linker import Linker


class TextRules:
    """One linker and one set of rules for everybody who reads texts. May be used from any thread.

    Making one costs nothing; the files are read when a text or a rule is first asked about, which
    takes tenths of a second.

    Args:
        reference: The tables of instruments; those that ship unless told otherwise.
        aliases: The user's file of names; None for none.
        kinds: The user's file of rules; None for none.
    """

    def __init__(
        self,
        reference: ReferenceTables | None = None,
        *,
        aliases: Path | None = None,
        kinds: Path | None = None,
    ) -> None:
        self._reference = reference
        self._aliases = aliases
        self._kinds = kinds
        self._lock = Lock()
        self._parts: tuple[Linker, Kinds, Kinds] | None = None
        self._notices: tuple[str, ...] = ()

    @property
    def linker(self) -> "Linker":
        """Finds what a text names."""
        return self._read()[0]

    @property
    def kinds(self) -> "Kinds":
        """Files headlines."""
        return self._read()[1]

    @property
    def disclosures(self) -> "Kinds":
        """Files the titles of what companies file with the exchange."""
        return self._read()[2]

    @property
    def notices(self) -> tuple[str, ...]:
        """What is wrong with the files, a line each; nothing before they are read."""
        return self._notices

    def enrich(self, catalyst: Catalyst) -> Catalyst:
        """Give a catalyst the symbols and the kind that its source left out. Never raises."""
        from tui.market.enriching import enrich

        linker, kinds, _ = self._read()
        return enrich(catalyst, linker, kinds)

    def _read(self) -> "tuple[Linker, Kinds, Kinds]":
        with self._lock:
            if self._parts is None:
                self._parts = self._made()
            return self._parts

    def _made(self) -> "tuple[Linker, Kinds, Kinds]":
        from tui.data.aliases import read_aliases, shipped_aliases
        from tui.data.kind_rules import read_kind_rules, shipped_kind_rules
        from tui.market.kinds import Kinds
        from tui.market.linking.linker import Linker

        names = shipped_aliases() if self._aliases is None else read_aliases(self._aliases)
        rules = shipped_kind_rules() if self._kinds is None else read_kind_rules(self._kinds)
        linker = Linker(self._reference, names)
        linker.prepare()
        self._notices = tuple(each.notice for each in (names, rules) if each.notice)
        return linker, Kinds(rules.rules), Kinds(rules.disclosures)
