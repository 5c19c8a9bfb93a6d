"""Linking: headlines lead to the instruments they name, and to no others."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.result import Finding, ms
from benchmarks.stage import Stage
from tui.market.kinds import Kinds
from tui.market.linking.link import sectors_of, symbols_of
from tui.market.linking.linker import Linker

LABELS: Final = Path(__file__).parents[2] / "tests" / "market" / "linking" / "held_out.tsv"
"""Headlines that no rule was fitted to."""

PRECISION: Final = 0.97
RECALL: Final = 0.90
BACKLOG: Final = 50_000
"""Headlines that a long absence leaves to be worked off."""
SECONDS: Final = 10.0
"""In which that must be done, kinds included, in the background."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One headline with what a reader says of it."""

    language: str
    kind: str
    symbols: frozenset[str]
    headline: str


@dataclass(frozen=True, slots=True)
class Score:
    """What was found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The part of what was found that is right."""
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        """The part of what should be found that was."""
        return self.right / (self.right + self.missed) if self.right else 0.0


def measure(stage: Stage) -> list[Finding]:
    """Score the half set aside, and time a backlog."""
    labels = _read()
    linker, kinds = Linker(), Kinds()
    begun = time.perf_counter()
    linker.prepare()
    kinds.classify("Zaraba")
    ready = time.perf_counter() - begun

    def linked(each: Labelled) -> frozenset[str]:
        links = linker.link(each.headline)
        return frozenset(symbols_of(links) + sectors_of(links))

    findings = [
        _finding(f"links{name}", _score(part, linked, lambda each: each.symbols), len(part))
        for name, part in (
            ("", labels),
            (", English", [each for each in labels if each.language == "en"]),
            (", Japanese", [each for each in labels if each.language == "ja"]),
        )
    ]
    told = _score(
        labels,
        lambda each: frozenset({kinds.classify(each.headline)[0]} - {""}),
        lambda each: frozenset({each.kind} - {""}),
    )
    findings.append(_finding("kinds", told, len(labels)))
    findings.append(_rate(labels, linker, kinds, ready, quick=stage.quick))
    return findings


def _read() -> list[Labelled]:
    labels = []
    for line in LABELS.read_text(encoding="utf-8").splitlines()[1:]:
        language, kind, symbols, headline = line.split("\t")
        wanted = frozenset(symbols.split()) - {"-"}
        labels.append(Labelled(language, kind.removeprefix("-"), wanted, headline))
    return labels


def _score(
    labels: Sequence[Labelled],
    found: Callable[[Labelled], frozenset[str]],
    wanted: Callable[[Labelled], frozenset[str]],
) -> Score:
    right = wrong = missed = 0
    for each in labels:
        has, should = found(each), wanted(each)
        right += len(has & should)
        wrong += len(has - should)
        missed += len(should - has)
    return Score(right, wrong, missed)


def _finding(what: str, score: Score, headlines: int) -> Finding:
    return Finding(
        promise="linking",
        what=f"{what}: {headlines} headlines set aside",
        ours=f"precision {score.precision:.3f}, recall {score.recall:.3f}",
        ratio=f"{score.wrong} false, {score.missed} missed of {score.right + score.missed}",
        wanted=f"{PRECISION:.2f} and {RECALL:.2f}",
        holds=score.precision >= PRECISION and score.recall >= RECALL,
        figures={
            "precision": score.precision,
            "recall": score.recall,
            "right": score.right,
            "wrong": score.wrong,
            "missed": score.missed,
        },
    )


def _rate(
    labels: Sequence[Labelled], linker: Linker, kinds: Kinds, ready: float, *, quick: bool
) -> Finding:
    enough = BACKLOG // 10 if quick else BACKLOG
    begun = time.perf_counter()
    for number in range(enough):
        headline = labels[number % len(labels)].headline
        linker.link(headline)
        kinds.classify(headline)
    rate = enough / (time.perf_counter() - begun)
    return Finding(
        promise="linking",
        what=f"links and kinds of {enough:,} headlines",
        ours=f"{rate:,.0f} headlines/s",
        ratio=f"{BACKLOG / rate:.1f} s for {BACKLOG:,}",
        wanted=f"within {SECONDS:.0f} s",
        holds=BACKLOG / rate <= SECONDS,
        figures={"headlines_per_second": rate, "ready": ready},
        note=f"tables and forms are ready after {ms(ready)}, once",
    )
