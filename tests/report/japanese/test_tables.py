"""Missing tables in Japanese."""

import pytest

from tui.data.tables import WITHOUT
from tui.report.japanese.tables import table_ja


def test_one_table_or_several_are_named_with_the_date_they_lack() -> None:
    one = "Nikkei 225 divisors: none for 2 Nov 2026"
    assert table_ja(one) == "日経平均の除数: 2026-11-02の表なし"
    both = f"Nikkei 225 members and price adjustment factors: missing; {one}"
    assert table_ja(both) == (
        "日経平均の構成銘柄と株価換算係数: 表なし、日経平均の除数: 2026-11-02の表なし"
    )
    assert table_ja("TOPIX weights: damaged: x") == "TOPIXのウエート: 表が使えない（damaged: x）"
    assert table_ja("Toyota: none for 2 Nov 2026") is None


@pytest.mark.parametrize("name", WITHOUT)
def test_what_is_blank_without_a_table_is_told_of_every_one(name: str) -> None:
    told = table_ja(f"the table {name} is missing: {WITHOUT[name]}")
    assert told is not None
    assert told.startswith(f"表{name}がない：")
    assert " are " not in told
