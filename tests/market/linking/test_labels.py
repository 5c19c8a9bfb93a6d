from collections.abc import Callable
from typing import Any

from tui.data.baskets import shipped_baskets
from tui.data.kind_rules import shipped_kind_rules
from tui.data.reader import shipped
from tui.market.kinds import Kinds

Named = Callable[[str], set[str]]


def test_the_set_is_large_half_japanese_and_names_only_what_the_tables_know(
    tuning: list[Any], held_out: list[Any]
) -> None:
    every = [*tuning, *held_out]
    tables = shipped()
    known = {f"{row.code}.T" for row in tables.listed.rows}
    known |= {row.symbol for row in tables.foreign.rows}
    known |= {f"sector:{row.code}" for row in tables.sectors.rows if row.scheme == 33}
    known |= {f"basket:{basket.key}" for basket in shipped_baskets().rows}
    kinds = {rule.kind for rule in shipped_kind_rules().rules} | {""}

    assert len({each.headline for each in every}) == len(every) >= 240
    for half in (tuning, held_out):
        japanese = sum(each.language == "ja" for each in half)
        assert 0.45 <= japanese / len(half) <= 0.55
    assert {symbol for each in every for symbol in each.symbols} <= known
    assert {each.kind for each in every} <= kinds


def test_links_of_the_tuning_half_hold_their_floor(tuning: list[Any], named: Named) -> None:
    found = [(named(each.headline), each.symbols) for each in tuning]
    right = sum(len(has & wanted) for has, wanted in found)
    assert right / sum(len(has) for has, _ in found) >= 0.99
    assert right / sum(len(wanted) for _, wanted in found) >= 0.97


def test_kinds_of_the_tuning_half_hold_their_floor(tuning: list[Any]) -> None:
    kinds = Kinds()
    right = sum(kinds.classify(each.headline)[0] == each.kind for each in tuning)
    assert right / len(tuning) >= 0.97
