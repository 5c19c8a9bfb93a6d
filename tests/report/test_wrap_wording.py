"""The wrap in words: the sentences of the day, and none whose figures are missing."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.market.catalysts import Catalyst
from tui.market.quotes import Field, QuoteBatch
from tui.report.feed import FeedReport
from tui.report.summary import summarise
from tui.report.timeline import Entry
from tui.report.width import width
from tui.report.wording import to_lines, to_markdown, to_plain, worded
from tui.report.wording.ja_words import money, yen_points
from tui.report.wrap import Wrap, wrap_report
from tui.report.wrap_names import Mover
from tui.report.wrap_text import wrap_document

Days = Callable[[str], Any]


def wrap_at(day: Days, at: str) -> Wrap:
    told = day(at)
    return wrap_report(told.market(), told.now, feed=told.feed)


def words(wrap: Wrap, language: str = "en") -> str:
    return to_markdown(worded(wrap, language))


CLOSE_EN = (
    "# Nikkei 225 up 371.06 to 37,531.53, second rise in a row\n",
    "Tokyo, Monday 26 May 2025, at the close (15:30 JST).",
    "| Nikkei 225 | 37,531.53 | +371.06 |   +1.00% |",
    "| TOPIX      |  2,751.91 |  +16.39 |   +0.60% |",
    "The Nikkei 225 rose 371.06 points, or 1.00%, to close at 37,531.53.",
    "The TOPIX rose 16.39 points, or 0.60%, to close at 2,751.91.",
    "Both rose for the second session in a row.",
    "The NT ratio was 13.64.",
    "147 rose, 77 fell and 1 was unchanged.",
    "counted over 224 names.",
    "No name ended at a price limit.",
    (
        "Advantest led the Nikkei 225 up with +76.10 points (+4.20%), followed by Tokyo Electron "
        "with +59.87 (+2.64%) and SoftBank Group with +33.33 (+2.24%)."
    ),
    "The first 4 names together made +198.24 points, 53% of the move.",
    "among exporters Sony Group rose 1.55%, Hitachi 1.47%",
    "in steel Nippon Steel rose 2.13%",
    "Sony Group +1.55%, Hitachi +1.47%",
    "deal (deal): Nippon Steel +2.13%; +1.13 percentage points against the index, +0.20 points",
    "- 9 July: Washington puts off higher tariffs",
    "Replayed from the recorded session of Monday 26 May 2025.",
    "NTT Data Group (9613) is derived",
    "estimates that rest on weights of 30 June, a later day, used as published and cover 77.26%",
)
CLOSE_JA = (
    "# 東京株式・大引け 日経平均、続伸　371円06銭高の3万7531円53銭\n",
    "| 日経平均 | 37,531.53 |    +371.06 | +1.00% |",
    "日経平均株価は続伸し、前営業日比371円06銭（1.00%）高の3万7531円53銭で取引を終えた。",
    "東証株価指数（TOPIX）も続伸し、前営業日比16.39ポイント（0.60%）高の2,751.91で取引を終えた。",
    "NT倍率は13.64倍だった。",
    "値上がり銘柄数は147、値下がり銘柄数は77、変わらずは1だった。",
    "売買代金は224銘柄の合計で2兆5559億円だった。",
    (
        "アドバンテストが76円10銭（+4.20%）の押し上げで首位となり、"
        "東京エレクトロン（59円87銭、+2.64%）、ソフトバンクグループ（33円33銭、+2.24%）が続いた。"
    ),
    "上位4銘柄で198円24銭押し上げ、上昇幅の53%を占めた。",
    "ソニーグループが1.55%高、日立製作所が1.47%高",
    "日本製鉄が2.13%高",
    "日本製鉄 +2.13%",
    "東証33業種",
    "の記録を再生したものである。",
    "NTTデータグループ（9613）の価格は観測値ではなく",
    "6月30日時点のウエート（当日より後）",
    "指数の77.26%",
)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [*(("en", each) for each in CLOSE_EN), *(("ja", each) for each in CLOSE_JA)],
)
def test_the_report_of_the_close_says(day: Days, language: str, sentence: str) -> None:
    assert sentence in words(wrap_at(day, "15:30"), language)


@pytest.mark.parametrize("at", ["08:30", "10:30", "11:45", "15:27"])
def test_before_the_close_nobody_speaks_of_one(day: Days, at: str) -> None:
    english, japanese = words(wrap_at(day, at)), words(wrap_at(day, at), "ja")
    figures = english.split("---\n\n")[0]
    assert not re.search(
        r"\bclose[ds]?\b|\bended at\b", figures.replace("session before ended", "")
    )
    assert "取引を終えた" not in japanese.replace("午前の取引を終えた", "")
    assert "大引け" not in japanese
    assert "終値" not in japanese


def test_a_time_inside_the_day_is_told_and_its_path_called_modelled(day: Days) -> None:
    english = words(wrap_at(day, "10:30"))
    assert english.startswith("# Nikkei 225 up 354.61 to 37,515.08 at 10:30\n")
    assert "At 10:30 the Nikkei 225 was up 354.61 points, or 0.95%, at 37,515.08." in english
    assert "on course for a second rise in a row" in english
    assert "The path inside the day is modelled" in english
    japanese = words(wrap_at(day, "10:30"), "ja")
    assert "午前10時30分時点の日経平均株価は続伸し、" in japanese
    assert "モデルによるもの" in japanese


def test_at_the_close_nothing_is_called_modelled(day: Days) -> None:
    assert "modelled" not in words(wrap_at(day, "15:30"))
    assert "モデル" not in words(wrap_at(day, "15:30"), "ja")


def test_before_the_open_it_says_what_is_known_and_nothing_moved(day: Days) -> None:
    english = words(wrap_at(day, "08:30"))
    assert english.startswith("# Tokyo before the open, Monday 26 May 2025\n")
    assert "The Nikkei 225 at 37,160.47" in english or "the Nikkei 225 at 37,160.47" in english
    assert "Washington" in english
    assert not re.search(r"[+−]\d", english)
    assert "寄り付き前" in words(wrap_at(day, "08:30"), "ja")


def test_the_headline_figures_are_those_of_the_print_out(day: Days) -> None:
    told = day("15:30")
    market = told.market()
    summary = summarise(market, told.now)
    text = to_markdown(wrap_document(market, told.now, "en", summary=summary))
    for index in summary.indices:
        assert f"{index.last:,.2f}" in text
        assert f"{index.change:+,.2f}" in text
    assert f"{summary.breadth.up} rose, {summary.breadth.down} fell" in text


# --- what is missing --------------------------------------------------------------------


FORBIDDEN = re.compile(
    r"\bnan\b|\bNone\b|\binf\b|\(\s*\)|\[\s*\]|（\s*）|「」|“”|[^|\n ] {2,}[^|\n ]|\s[.,;:](\s|$)"
    r"|,,|、、|。。|\.\.|、。|；。|は。|, \.|:\.|\bby basket, \."
    r"|\{|\}"
)


def prose(text: str) -> str:
    """Without the tables, whose blanks are the padding of columns."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("|"))


def check(wrap: Wrap) -> None:
    for language in ("en", "ja"):
        text = words(wrap, language)
        found = FORBIDDEN.search(prose(text))
        assert found is None, (found, prose(text))
        for line in text.splitlines():
            assert not re.search(r"\bnan\b|None", line), line
        assert text.strip("# \n")
        for line in to_plain(worded(wrap, language), 60).splitlines():
            assert width(line) <= 60, line


@settings(max_examples=60)
@given(
    seed=st.integers(0, 2**32 - 1),
    share=st.sampled_from([0.0, 0.02, 0.3, 0.9, 1.0]),
    fields=st.sets(st.sampled_from(sorted(Field)), max_size=6),
    gone=st.sets(st.sampled_from(["^N225", "^TOPX", "6857.T", "6758.T", "5401.T", "9984.T"])),
    kept=st.integers(0, 4),
    at=st.sampled_from(["08:30", "10:30", "11:45", "15:30"]),
)
def test_no_sentence_is_left_with_a_hole(
    day: Days,
    seed: int,
    share: float,
    fields: set[Field],
    gone: set[str],
    kept: int,
    at: str,
) -> None:
    told = day(at)
    random = np.random.default_rng(seed)

    def thinned(batch: QuoteBatch) -> QuoteBatch:
        names = np.array([batch.symbols[row] in gone for row in batch.rows], np.bool_)
        return replace(
            batch,
            fields={
                field: np.where(
                    names | (field in fields) | (random.random(len(values)) < share),
                    np.nan,
                    values,
                )
                for field, values in batch.fields.items()
            },
        )

    feed = told.feed if seed % 2 else None
    market = told.market(thinned, told.catalysts[:kept])
    check(wrap_report(market, told.now, feed=feed))


@settings(max_examples=40)
@given(
    names=st.sets(
        st.sampled_from(
            [
                "leaders", "laggards", "topix_leaders", "topix_laggards", "baskets", "sectors",
                "catalysts", "due", "derived", "yen", "feed",
            ]
        )
    ),
    nikkei=st.sets(st.sampled_from(["last", "change", "percent", "streak", "base", "open"])),
    at=st.sampled_from(["08:30", "10:30", "15:30"]),
)  # fmt: skip
def test_any_part_of_the_report_may_be_missing(
    day: Days, names: set[str], nikkei: set[str], at: str
) -> None:
    wrap = wrap_at(day, at)
    blank: dict[str, Any] = {name: None if name in {"yen", "feed"} else () for name in names}
    lost: dict[str, Any] = {field: None if field == "streak" else math.nan for field in nikkei}
    first, second = wrap.summary.indices
    indices = (replace(first, **lost), second)
    check(replace(wrap, **blank, summary=replace(wrap.summary, indices=indices)))


def test_without_any_quote_only_what_is_known_is_said(day: Days) -> None:
    told = day("15:30")
    market = told.empty()
    text = words(wrap_report(market, told.now))
    assert text.startswith("# Tokyo at the close, Monday 26 May 2025\n")
    assert "|" not in text
    assert "rose" not in text


def test_a_date_without_tables_names_what_is_missing(day: Days) -> None:
    told = day("15:30")
    market = told.empty()
    wrap = wrap_report(market, told.now)
    missing = replace(wrap, summary=replace(wrap.summary, missing_table="none for 1 Feb 2024"))
    assert "Points are missing: none for 1 Feb 2024." in words(missing)


# --- what this day did not have ---------------------------------------------------------


def mover(name: str, **more: Any) -> Mover:
    figures = {"last": 1.0, "change": 1.0, "percent": 1.0, "points": 1.0, "topix_points": 1.0}
    return Mover(
        symbol="1.T", code="1", name=name, name_ja=name, derived=False, **{**figures, **more}
    )


def test_the_yen_is_told_with_its_direction(day: Days) -> None:
    wrap = wrap_at(day, "15:30")
    weaker = replace(wrap, yen=mover("USD/JPY", last=142.853, change=0.31))
    assert "The dollar stood at 142.853 yen, 0.310 more than at the close before." in words(weaker)
    assert "1ドル=142.853円と、前営業日の終値に比べ0.310円の円安・ドル高だった。" in words(
        weaker, "ja"
    )
    alone = replace(wrap, yen=mover("USD/JPY", last=142.853, change=math.nan))
    assert "The dollar stood at 142.853 yen." in words(alone)


def test_limit_moves_are_named(day: Days) -> None:
    wrap = replace(
        wrap_at(day, "15:30"), limit_up=(mover("A"), mover("B")), limit_down=(mover("C"),)
    )
    assert "A and B ended at the upper limit, and C ended at the lower limit." in words(wrap)
    assert "A、Bがストップ高、Cがストップ安となった。" in words(wrap, "ja")


def test_a_closed_day_ahead_is_told(day: Days) -> None:
    due = (
        Entry(
            on=date(2025, 7, 21),
            title="Tokyo closed: Marine Day",
            title_ja="東京市場休場（海の日）",
        ),
    )
    wrap = replace(wrap_at(day, "15:30"), due=due)
    assert "- 21 July: Tokyo is closed for Marine Day." in words(wrap)
    assert "- 7月21日　東京市場休場（海の日）" in words(wrap, "ja")


def test_a_fall_reads_as_a_fall(day: Days) -> None:
    wrap = wrap_at(day, "15:30")
    first, second = wrap.summary.indices
    falls = tuple(
        replace(each, change=-each.change, percent=-each.percent, streak=-count)
        for each, count in ((first, 3), (second, 1))
    )
    fallen = replace(wrap, summary=replace(wrap.summary, indices=falls))
    english, japanese = words(fallen), words(fallen, "ja")
    assert english.startswith("# Nikkei 225 down 371.06 to 37,531.53, third fall in a row\n")
    assert "The Nikkei 225 fell 371.06 points, or 1.00%, to close" in english
    assert "The Nikkei 225 fell for the third session in a row." in english
    assert "日経平均株価は3日続落し、前営業日比371円06銭（1.00%）安の" in japanese
    assert "東証株価指数（TOPIX）は反落し、" in japanese


@pytest.mark.parametrize(
    ("state", "note", "sentence"),
    [
        ("SYNTHETIC", "invented prices", "The prices are invented by the source “x”"),
        ("DELAYED", "", "Prices are from “x”: delayed 20 m."),
        ("LIVE", "no auctions", "Prices are live, from “x”. The source says: no auctions."),
    ],
)
def test_the_source_is_told(day: Days, state: str, note: str, sentence: str) -> None:
    feed = FeedReport(source="x", state=state, words="DELAYED 20 m", note=note)
    assert sentence in words(replace(wrap_at(day, "15:30"), feed=feed))


# --- forms ------------------------------------------------------------------------------


def test_foreign_text_cannot_become_markup(day: Days) -> None:
    told = day("15:30")
    headline = "[x](https://e.example) <b>*now*</b> `a|b` &amp; #1"
    given_ = [Catalyst(key="k", headline=headline, session=date(2025, 5, 26))]
    text = words(wrap_report(told.market(catalysts=given_), told.now))
    assert r"- \[x\](https://e.example) \<b\>\*now\*\</b\> \`a\|b\` \&amp; #1." in text


@pytest.mark.parametrize("start", ["# a", "- a", "+5 a", "1. a", "1) a", "= a"])
def test_no_foreign_line_begins_a_block(day: Days, start: str) -> None:
    told = day("15:30")
    given_ = [Catalyst(key="k", headline=start, session=date(2025, 5, 26))]
    text = words(wrap_report(told.market(catalysts=given_), told.now))
    line = next(line for line in text.splitlines() if line.endswith(" a."))
    assert "\\" in line


@pytest.mark.parametrize("columns", [44, 78])
def test_lines_for_a_screen_are_those_of_the_text_and_say_what_they_are(
    day: Any, columns: int
) -> None:
    document = worded(wrap_at(day, "15:30"), "ja")
    lines = list(to_lines(document, columns))
    told = [line for part, line in lines if line and part != "remarks"]
    text = to_plain(document, columns)
    assert all(line in text.splitlines() for line in told)
    assert {part for part, _ in lines} == {"title", "heading", "head", "text", "remarks"}
    heads = [line.split()[0] for part, line in lines if part == "head"]
    assert heads == (["指数", "けん引"] if columns == 78 else ["指数", "けん引", "重し"])
    assert not any(line.startswith(("。", "、", "）")) for line in told)


@pytest.mark.parametrize("columns", [20, 40, 61, 80, 100])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_text_keeps_to_its_columns(day: Days, columns: int, language: str) -> None:
    lines = to_plain(worded(wrap_at(day, "15:30"), language), columns).splitlines()
    tables = columns < 40
    assert all(width(line) <= columns for line in lines if not tables or "  " not in line.strip())
    assert not any(line[:1] in set("、。）」") for line in lines)
    assert not any(line[-1:] in set("（「") for line in lines)


def test_text_says_what_markdown_says(day: Days) -> None:
    wrap = wrap_at(day, "15:30")
    for language in ("en", "ja"):
        plain = re.sub(r"\s|[=-]", "", to_plain(worded(wrap, language), 200))
        marked = re.sub(r"\s|[=|:#-]", "", words(wrap, language))
        assert plain.replace(":", "").replace("#", "") == marked


@given(st.integers(-10_000_000, 10_000_000))
def test_yen_and_sen_say_the_same_as_the_figure(hundredths: int) -> None:
    told = yen_points(hundredths / 100)
    found = re.fullmatch(r"(?:(\d+)万)?(?:(\d+)?円)?(?:(\d+)銭)?", told)
    assert found is not None, told
    man, yen, sen = (int(part or 0) for part in found.groups())
    assert man * 1_000_000 + yen * 100 + sen == abs(hundredths)


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (2.5559e12, "2兆5559億円"), (3e12, "3兆円"), (856e8, "856億円"),
        (1.2e7, "1200万円"), (999_999_999_999.0, "1兆円"),
    ],
)  # fmt: skip
def test_a_sum_of_yen_in_japanese(amount: float, told: str) -> None:
    assert money(amount) == told
