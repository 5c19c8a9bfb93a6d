"""What an official file changes against the tables in use, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tui.data.official import FactorList, IssueList, WeightList
from tui.data.reader import ReferenceTables
from tui.data.rows import FactorSet
from tui.data.user_tables import is_known_market

_MOST_NAMED = 20
_MOST_MOVED = 10


@dataclass(frozen=True, slots=True)
class Changes:
    """What a file changes.

    Attributes:
        title: What the file is, with its day and size.
        against: The day of what it is compared with; None where there is nothing.
        lines: One change a line; none where nothing changes.
    """

    title: str
    against: date | None
    lines: tuple[str, ...]


def factor_changes(official: FactorList, reference: ReferenceTables) -> Changes:
    """Members in and out, and factors that differ from the list in force on the file's day."""
    held = _in_force(reference.nikkei_factors.rows, official.vintage)
    before = dict(zip(held.codes, held.factors, strict=True)) if held else {}
    after = {row.code: row.factor for row in official.rows}
    names = _names(reference) | {row.code: row.name for row in official.rows}
    lines: list[str] = []
    if held:
        lines += _membership(before, after, names)
        lines += [
            f"factor   {code} {names.get(code, '')}: {before[code]:g} → {after[code]:g}"
            for code in sorted(before.keys() & after.keys())
            if before[code] != after[code]
        ]
    return Changes(
        f"Nikkei 225 price adjustment factors of {official.vintage}, {len(after)} members",
        held.vintage if held else None,
        tuple(lines),
    )


def weight_changes(official: WeightList, reference: ReferenceTables) -> Changes:
    """Members in and out, and the weights that moved most against the vintage before."""
    sets = reference.topix_weights.rows
    earlier = [each for each in sets if each.vintage <= official.vintage]
    held = earlier[-1] if earlier else None
    before = dict(zip(held.codes, held.weights, strict=True)) if held else {}
    after = {row.code: row.weight for row in official.rows}
    names = _names(reference) | {row.code: row.name for row in official.rows}
    lines: list[str] = []
    if held:
        lines += _membership(before, after, names)
        both = sorted(before.keys() & after.keys(), key=lambda c: (-abs(after[c] - before[c]), c))
        lines += [
            f"weight   {code} {names.get(code, '')}: {before[code]:.4f} % → {after[code]:.4f} %"
            for code in both[:_MOST_MOVED]
            if before[code] != after[code]
        ]
    return Changes(
        f"TOPIX weights of {official.vintage}, {len(after):,} members, "
        f"{sum(after.values()):.2f} % in all",
        held.vintage if held else None,
        tuple(lines),
    )


def issue_changes(official: IssueList, reference: ReferenceTables) -> Changes:
    """Issues in and out, and names, sectors and size classes that changed."""
    held = {row.code: row for row in reference.listed_on(official.vintage)}
    sectors = {row.code: row.name_ja for row in reference.sectors.rows if row.scheme == 33}
    after = {row.code: row for row in official.rows}
    lines: list[str] = []
    if held:
        names = {code: row.name_ja for code, row in held.items()}
        names |= {code: row.name for code, row in after.items()}
        lines += _membership(held, after, names)
        both = sorted(held.keys() & after.keys())
        for word, differences in (
            ("name", [(c, held[c].name_ja, after[c].name) for c in both]),
            (
                "sector",
                [
                    (
                        c,
                        sectors.get(held[c].sector33, held[c].sector33),
                        sectors.get(after[c].sector33, after[c].sector33),
                    )
                    for c in both
                ],
            ),
            ("size", [(c, held[c].size_class, after[c].size_class) for c in both]),
        ):
            lines += _limited(
                word,
                [
                    f"{code} {old or 'none'} → {new or 'none'}"
                    for code, old, new in differences
                    if old != new
                ],
            )
    strange = Counter(row.market for row in official.rows if not is_known_market(row.market))
    lines += [
        f"market   {market} is not known: {n:,} issue{'s' * (n > 1)}"
        for market, n in strange.items()
    ]
    vintages = [
        layer.info.vintage
        for layer in reference.listed.layers()
        if layer.rows and layer.rows == reference.listed_on(official.vintage)
    ]
    return Changes(
        f"JPX list of issues of {official.vintage}, {len(after):,} issues",
        vintages[-1] if vintages else None,
        tuple(lines),
    )


def _in_force(sets: Sequence[FactorSet], day: date) -> FactorSet | None:
    earlier = [each for each in sets if each.first <= day]
    return earlier[-1] if earlier else None


def _names(reference: ReferenceTables) -> dict[str, str]:
    return {row.code: row.name_ja for row in reference.listed.rows}


def _membership(before: Iterable[str], after: Iterable[str], names: Mapping[str, str]) -> list[str]:
    was, now = set(before), set(after)
    return [
        *_limited("in", [f"{code} {names.get(code, '')}".rstrip() for code in sorted(now - was)]),
        *_limited("out", [f"{code} {names.get(code, '')}".rstrip() for code in sorted(was - now)]),
    ]


def _limited(word: str, texts: Sequence[str]) -> list[str]:
    lines = [f"{word:<8} {text}" for text in texts[:_MOST_NAMED]]
    more = len(texts) - _MOST_NAMED
    return [*lines, f"{word:<8} and {more:,} more"] if more > 0 else lines
