"""What a sentence states, and what it does not."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.market.cash_tags import CashTags
from tui.market.claims import Claim
from tui.market.commentary.sentences import MOST_CLAIMS, claims_of
from tui.market.linking.linker import Linker

DAY = date(2025, 5, 26)


def stated(text: str, linker: Linker | CashTags | None = None) -> list[tuple[str, ...]]:
    return [
        (claim.symbol, *("" if figure is None else str(figure) for figure in claim.figures))
        for claim in claims_of(text, linker or CashTags(), DAY)
    ]


def nikkei(level: str = "", change: str = "", percent: str = "") -> list[tuple[str, ...]]:
    return [("^N225", level, change, percent)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("The Nikkei closed 371.06 points, or 1.00 percent, higher at 37,531.53.",
         nikkei("37531.53", "371.06", "1.00")),
        ("The Nikkei 225, buoyed by a weaker yen and relief over tariffs, rose 371.06 points.",
         nikkei("", "371.06")),
        ("The Nikkei slipped 0.4 per cent to 37,000.00.", nikkei("37000.00", "", "-0.4")),
        ("The Nikkei was down 0.4 pct.", nikkei("", "", "-0.4")),
        ("The Nikkei ended with a loss of 371.06 points, or 1.00%.",
         nikkei("", "-371.06", "-1.00")),
        ("The Nikkei 225's 371.06-point gain was broad.", nikkei("", "371.06")),
        ("The Nikkei erased early losses to close 0.4% higher.", nikkei("", "", "0.4")),
        ("The Nikkei opened at 37,293.50 and touched 37,700.00 before closing at 37,531.53.",
         nikkei("37531.53")),
        ("After falling 0.5% on Friday, the Nikkei rose 1.0%.", nikkei("", "", "1.0")),
        ("The Nikkei, which fell 0.8% on Friday, rose 1.0% on Monday.", nikkei("", "", "1.0")),
        ("The Nikkei rose 1.00% from Friday's close of 37,160.47.", nikkei("", "", "1.00")),
        ("The Nikkei rallied 371 points (1%) to about 37,500, its highest since May 13.",
         nikkei("3.75E+4", "371", "1")),
        ("Nikkei 225 | 37,531.53 | −371.06 | −1.00% |", nikkei("37531.53", "-371.06", "-1.00")),
        ("Nikkei 225: 37,531.53 ▲371.06 ▲1.00%", nikkei("37531.53", "371.06", "1.00")),
        ("Ｎｉｋｋｅｉ　２２５: ３７，５３１．５３", nikkei("37531.53")),
        ("The Nikkei rose again. It gained 1.00%.", nikkei("", "", "1.00")),
        ("The Nikkei rose 1.00%. The index ended at 37,531.53.",
         [*nikkei("", "", "1.00"), *nikkei("37531.53")]),
        ("Toyota ($7203.T) rose 45 yen, or 1.7%, to ¥2,650.",
         [("7203.T", "2650", "45", "1.7")]),
        ("Sony ($SONY, +1.55%) led.", [("6758.T", "", "", "1.55")]),
        ("Sony ($SONY) gained 1.5%, Hitachi ($6501.T) 1.4% and NEC ($6701.T) 1.3%.",
         [("6758.T", "", "", "1.5"), ("6501.T", "", "", "1.4"), ("6701.T", "", "", "1.3")]),
        ("Sony ($SONY) and NEC ($6701.T) fell 1.5% and 1.3%, respectively.",
         [("6758.T", "", "", "-1.5"), ("6701.T", "", "", "-1.3")]),
        ("Sony ($SONY) and NEC ($6701.T) both fell 1.5%.",
         [("6758.T", "", "", "-1.5"), ("6701.T", "", "", "-1.5")]),
        ("The S&P 500 rose 0.5%.", [("^GSPC", "", "", "0.5")]),
        ("Toyota ($TM) closed at 2,650.", [("7203.T", "2650", "", "")]),
    ],
)  # fmt: skip
def test_an_english_sentence_states(text: str, claims: list[tuple[str, ...]]) -> None:
    assert stated(text) == claims


@pytest.mark.parametrize(
    "text",
    [
        "Toyota ($7203.T) raised its annual profit forecast by 12%.",
        "Sony ($SONY) forecast annual profit of 1.2 trillion yen, up 12%.",
        "$7203.T sales rose 12%.",
        "Toyota ($7203.T) makes up 5% of the index.",
        "Toyota ($7203.T) and Honda ($7267.T) rose 1.2%.",
        "For the week, the Nikkei fell 1.6%.",
        "The Nikkei fell 620 points, or 1.6%, for the week.",
        "The Nikkei has lost 5.9% so far this year.",
        "The Nikkei rose 12% since April.",
        "The Nikkei fell 0.8% on Friday.",
        "In early trade, the Nikkei rose 0.5%.",
        "The Nikkei rose as much as 1.2%.",
        "The Nikkei rose more than 1%.",
        "The Nikkei rose between 1% and 2%, or 1-2%.",
        "Nikkei futures rose 0.5%.",
        "The JPX-Nikkei 400 rose 0.5%.",
        "TOPIX Core30 rose 0.5%.",
        "The Nikkei newspaper said sales rose 5%.",
        "TOPIX outperformed the Nikkei, rising 0.6%.",
        "The Nikkei ended higher and the yen strengthened 0.5%.",
        "The Nikkei ended higher as exporters gained 2%, up 45 points.",
        "Advantest ($6857.T) added 76.10 points to the Nikkei 225.",
        "The Nikkei gained −0.4%.",
        "The Nikkei ended flat in 2025.",
        "The Nikkei closed at 15:30.",
        "A rise of 1.00% was seen.",
        "The Nikkei's yield rose 5 basis points, or 2 percentage points.",
        "Toyota ($7203.T) rose US$5.",
        "日経平均先物は1%高。",
        "日経平均は一時500円高まで上昇した。",
        "日経平均の終値は3万7500円台。",
        "日経平均は続伸し、アドバンテストが4.2%高と指数を押し上げた。",
        "トヨタ($7203.T)の純利益は12%増、配当は10%上げ。",
        "日経平均は年初来5.9%安。",
        "日経平均は▲1.00%。",
        "1ドル=142円台後半と円高だった。",
        "The dollar fell below 142.5 yen.",
        "The yen rose from 143.5 to the dollar.",
        "",
    ],
)
def test_what_is_not_a_price_of_the_close_is_no_claim(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("日経平均株価は続伸し、終値は前週末比371円06銭(1.00%)高の3万7531円53銭だった。",
         nikkei("37531.53", "371.06", "1.00")),
        ("日経平均は続伸した。終値は前日比371円06銭高の3万7531円53銭。",
         nikkei("37531.53", "371.06")),
        ("日経平均は円安を好感して買いが先行し、371円高と続伸した。", nikkei("", "371")),
        ("日経平均：３７，５３１．５３（＋３７１．０６、＋１．００％）",
         nikkei("37531.53", "371.06", "1.00")),
        ("日経平均は前日比−150円5銭の3万7010円27銭。", nikkei("37010.27", "-150.05")),
        ("日経平均は約370円高で終えた。", nikkei("", "3.7E+2")),
        ("東証株価指数(TOPIX)は16.39ポイント下落し、2719.13となった。",
         [("^TOPX", "2719.13", "-16.39", "")]),
        ("TOPIXは前日比0.60%高い2751.91ポイントで引けた。", [("^TOPX", "2751.91", "", "0.60")]),
        ("ソニーG($SONY)が1.55%、日立($6501.T)が1.47%それぞれ上昇した。",
         [("6758.T", "", "", "1.55"), ("6501.T", "", "", "1.47")]),
        ("トヨタ($7203.T)は45円(1.7%)高の2650円で取引を終えた。",
         [("7203.T", "2650", "45", "1.7")]),
        ("ＴＯＰＩＸは０．６％安。", [("^TOPX", "", "", "-0.6")]),
    ],
)  # fmt: skip
def test_a_japanese_sentence_states(text: str, claims: list[tuple[str, ...]]) -> None:
    assert stated(text) == claims


def test_names_that_a_linker_knows_are_subjects_of_their_own() -> None:
    linker = Linker()
    text = "The Nikkei rose 1.00%, with Advantest up 4.2% and Tokyo Electron 2.6%."
    assert stated(text, linker) == [
        ("^N225", "", "", "1.00"), ("6857.T", "", "", "4.2"), ("8035.T", "", "", "2.6"),
    ]  # fmt: skip
    assert stated("The yen strengthened 0.3%.", linker) == []
    assert stated("日経平均先物は1%高。", linker) == []


def test_a_claim_keeps_its_sentence_and_the_writing_of_the_name() -> None:
    (claim,) = claims_of("Quiet. Ｓｏｎｙ （$ＳＯＮＹ） gained 1.55%. End.", CashTags(), DAY)
    assert claim.text == "Ｓｏｎｙ （$ＳＯＮＹ） gained 1.55%."
    assert (claim.symbol, claim.percent) == ("6758.T", Decimal("1.55"))


def test_another_weekday_counts_where_the_day_is_not_known() -> None:
    text = "The Nikkei fell 0.8% on Friday."
    assert [claim.percent for claim in claims_of(text, CashTags())] == [Decimal("-0.8")]


def test_claims_of_one_text_are_bounded() -> None:
    text = " ".join(f"The Nikkei rose {n}.00%." for n in range(1, 400))
    assert len(claims_of(text, CashTags())) == MOST_CLAIMS


LEVELS = st.decimals(min_value=100, max_value=99_999, places=2)
CHANGES = st.decimals(min_value="0.01", max_value=9_999, places=2)
PERCENTS = st.decimals(min_value="0.01", max_value=30, places=2)
ENGLISH = (
    ("The Nikkei 225 ($^N225) rose {c:,f} points, or {p:f}%, to close at {l:,f}.", 1),
    ("The Nikkei fell {p:f} percent, or {c:,f} points, to {l:,f}.", -1),
    ("The Nikkei closed {c:,f} points, or {p:f}%, lower at {l:,f}.", -1),
    ("Nikkei 225: {l:,f} (+{c:,f}, +{p:f}%)", 1),
    ("| Nikkei 225 | {l:,f} | -{c:,f} | -{p:f}% |", -1),
    ("日経平均の終値は前日比{c:,f}円({p:f}%)高の{l:,f}円だった。", 1),
    ("日経平均は{c:,f}円({p:f}%)安の{l:,f}円で終えた。", -1),
)


@given(st.sampled_from(ENGLISH), LEVELS, CHANGES, PERCENTS)
@settings(max_examples=100)
def test_the_figures_of_a_sentence_come_back_as_stated(
    form: tuple[str, int], level: Decimal, change: Decimal, percent: Decimal
) -> None:
    sentence, sign = form
    found = claims_of(sentence.format(l=level, c=change, p=percent), CashTags())
    expected = Claim(
        symbol="^N225", level=level, change=change * sign, percent=percent * sign
    ).figures
    assert [tuple(map(str, claim.figures)) for claim in found] == [tuple(map(str, expected))]


@given(st.integers(1, 9), st.integers(0, 9_999), st.integers(0, 99))
@settings(max_examples=60)
def test_yen_and_sen_are_one_figure(man: int, yen: int, sen: int) -> None:
    (claim,) = claims_of(f"日経平均の終値は1円高の{man}万{yen}円{sen:02d}銭だった。", CashTags())
    assert claim.level == Decimal(man * 10_000 + yen) + Decimal(sen) / 100
