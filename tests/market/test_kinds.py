import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.data.kind_rules import KindRule, shipped_kind_rules
from tui.market.kinds import LONGEST_TEXT, Kinds

KINDS = Kinds()
PHRASES = [phrase for rule in shipped_kind_rules().rules for phrase in rule.any]


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("Government drafts extra budget", "policy"),
        ("政府、補正予算案を閣議決定", "policy"),
        ("White House delays tariffs on cars", "tariff"),
        ("自動車関税を延期", "tariff"),
        ("Bank of Japan stands pat", "central-bank"),
        ("日銀、利上げ見送り", "central-bank"),
        ("Maker to acquire rival for $2 billion", "deal"),
        ("子会社株をTOBで買い付け", "deal"),
        ("Quarterly profit doubles", "earnings"),
        ("4〜6月期、純利益が倍増", "earnings"),
        ("Maker cuts full-year outlook", "guidance"),
        ("通期予想を下方修正", "guidance"),
        ("Maker raises dividend after profit jumps", "payout"),
        ("増配と自社株買いを発表", "payout"),
        ("Japan's core CPI slows", "macro"),
        ("鉱工業生産、2カ月ぶり低下", "macro"),
        ("Foreign investors turn net sellers", "flow"),
        ("海外投資家、3週連続の買い越し", "flow"),
        ("Notice regarding change of auditor", "disclosure"),
        ("会計監査人の異動に関するお知らせ", "disclosure"),
        ("Shares drift in quiet trade", ""),
        ("薄商いでもみ合い", ""),
    ],
)
def test_every_kind_in_both_languages(headline: str, kind: str) -> None:
    assert KINDS.classify(headline)[0] == kind


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("World Bank cuts growth forecast", "macro"),
        ("Maker's profit beats forecasts", "earnings"),
        ("Federation of fishermen meets", ""),
        ("Stock options granted", "disclosure"),
        ("買収防衛策を廃止", ""),
        ("Analysts raise outlook for Maker", ""),
    ],
)
def test_words_that_only_look_like_a_kind(headline: str, kind: str) -> None:
    assert KINDS.classify(headline)[0] == kind


def test_a_classification_names_its_rule() -> None:
    kind, rule = KINDS.classify("関税を延期")
    assert (kind, rule) == ("tariff", "tariffs")
    assert rule in {each.name for each in shipped_kind_rules().rules}


def test_the_body_is_asked_only_where_the_headline_tells_nothing() -> None:
    assert KINDS.classify("Shares drift", "The BOJ stood pat.")[0] == "central-bank"
    assert KINDS.classify("Tariffs delayed", "The BOJ stood pat.")[0] == "tariff"
    assert KINDS.classify("Shares drift", "x" * LONGEST_TEXT + " tariffs") == ("", "")


def kinds(**rule: tuple[str, ...]) -> Kinds:
    return Kinds((KindRule(name="r", kind="k", **rule),))


@pytest.mark.parametrize(
    ("phrase", "text", "holds"),
    [
        ("fed", "the Fed waits", True),
        ("fed", "federal", False),
        ("fed*", "federal", True),
        ("cut* ... outlook", "cutting its outlook", True),
        ("cut* ... outlook", "outlook cut", False),
        ("cut* ... outlook", f"cut {'x' * 70} outlook", False),
        ("rate  cut", "rate   cut", True),
        ("U.S.", "the U.S. economy", True),
        ("U.S.", "UXSX", False),
        ("利上げ", "日銀が利上げへ", True),
        ("ＴＯＢ", "TOBへ", True),
        ("tob", "ＴＯＢへ", True),
        ("円", "円", True),
        ("a b", "a b", True),
        ("(x)", "f(x)", True),
        ("*fall", "rainfall", True),
    ],
)
def test_phrases(phrase: str, text: str, holds: bool) -> None:
    assert (kinds(any=(phrase,)).classify(text)[0] == "k") is holds


def test_with_and_without() -> None:
    found = kinds(any=("a",), also=("b",), without=("c",))
    assert found.classify("a b") == ("k", "r")
    assert found.classify("a") == found.classify("a b c") == ("", "")


def test_the_first_rule_that_holds_wins() -> None:
    rules = (KindRule(name="1", kind="x", any=("a",)), KindRule(name="2", kind="y", any=("a",)))
    assert Kinds(rules).classify("a") == ("x", "1")
    assert Kinds(()).classify("a") == ("", "")


@given(
    st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PHRASES), max_size=4).map(" ".join))
)
def test_nothing_makes_it_fail_and_a_kind_comes_with_a_rule(text: str) -> None:
    kind, rule = KINDS.classify(text, text)
    assert bool(kind) == bool(rule)
