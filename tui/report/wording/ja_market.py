"""Sentences in Japanese about the market as a whole; empty where their figures are missing."""

from collections.abc import Iterator
from math import isfinite

from tui.market.market import NIKKEI
from tui.market.pricing import format_level, format_rate
from tui.market.streak import streak_words
from tui.market.times import JST
from tui.report.indices import IndexReport
from tui.report.wording.direction import way
from tui.report.wording.ja_words import clock, day, listed, money, streak, unsigned, yen_points
from tui.report.wrap import Stage, Wrap
from tui.report.wrap_names import Mover


def at(wrap: Wrap) -> str:
    """大引け, 前引け, 寄り付き前, 午前10時30分時点."""
    match wrap.stage:
        case Stage.CLOSED:
            return "大引け"
        case Stage.BREAK:
            return "前引け"
        case Stage.BEFORE:
            return "寄り付き前"
        case Stage.TRADING:
            return f"{clock(wrap.told_at)}時点"


def name(index: IndexReport) -> str:
    """What a report calls an index."""
    return "日経平均株価" if index.symbol == NIKKEI else "東証株価指数（TOPIX）"


def level(index: IndexReport, value: float) -> str:
    """A level: the Nikkei 225 is told in yen, the TOPIX as it is."""
    return yen_points(value) if index.symbol == NIKKEI else format_level(value)


def change(index: IndexReport) -> str:
    """The size of a change, ``371円06銭`` or ``16.39ポイント``."""
    if index.symbol == NIKKEI:
        return yen_points(index.change)
    return f"{format_level(abs(index.change))}ポイント"


def title(wrap: Wrap) -> str:
    """The headline: the first index whose level is known."""
    known = [index for index in wrap.summary.indices if isfinite(index.last)]
    if wrap.stage is Stage.BEFORE or not known:
        return f"東京株式・{at(wrap)} {day(wrap.summary.session)}"
    index = known[0]
    short = "日経平均" if index.symbol == NIKKEI else "TOPIX"
    told = level(index, index.last)
    match way(index.change):
        case "":
            moved = told
        case "unchanged":
            moved = f"横ばいの{told}"
        case direction:
            row = f"{streak(index)}　" if streak(index) else ""
            moved = f"{row}{change(index)}{'高' if direction == 'up' else '安'}の{told}"
    return f"東京株式・{at(wrap)} {short}、{moved}"


def where(wrap: Wrap) -> str:
    """Day and time."""
    moment = wrap.told_at.astimezone(JST)
    told = f"{day(wrap.summary.session)}　東京株式市場　{at(wrap)}"
    if moment.date() != wrap.summary.session:
        return f"{told}（{day(moment.date())}{clock(moment)}に作成）"
    return told if wrap.stage is Stage.TRADING else f"{told}（{clock(moment)}）"


def before_open(wrap: Wrap) -> str:
    """What is known before the first trade."""
    known = [index for index in wrap.summary.indices if isfinite(index.base)]
    told = []
    for index in known:
        row = streak_words(wrap.before[index.symbol], "ja") if wrap.before.get(index.symbol) else ""
        told.append(f"{name(index)}は{f'{row}し、' if row else ''}{level(index, index.base)}")
    last = f"前営業日の{listed(told)}で終えた。" if told else ""
    nikkei, implied = wrap.nikkei, ""
    if isfinite(nikkei.estimate):
        implied = (
            f"採用{len(wrap.summary.members)}銘柄のうち{nikkei.estimate_coverage}銘柄の気配値から"
            f"算出した日経平均株価は{yen_points(nikkei.estimate)}である。"
        )
    return f"{last}{implied}{yen(wrap)}"


def levels(wrap: Wrap) -> Iterator[str]:
    """Both indices, a sentence each."""
    settled = wrap.stage in {Stage.CLOSED, Stage.BREAK}
    lead = "" if settled else f"{at(wrap)}の"
    rows: list[str] = []
    end = {Stage.CLOSED: "で取引を終えた", Stage.BREAK: "で午前の取引を終えた"}.get(
        wrap.stage, "で推移している"
    )
    for index in wrap.summary.indices:
        if not isfinite(index.last):
            continue
        row = streak(index)
        particle = "も" if row and row in rows else "は"
        rows.append(row)
        yield f"{lead}{name(index)}{particle}{_moved(index, row)}{end}。"
        lead = ""


def _moved(index: IndexReport, row: str) -> str:
    told = level(index, index.last)
    match way(index.change):
        case "":
            return told
        case "unchanged":
            return f"前営業日と同じ{told}"
        case direction:
            percent = f"（{unsigned(index.percent)}）" if isfinite(index.percent) else ""
            side = "高" if direction == "up" else "安"
            lead = f"{row}し、" if row else ""
            return f"{lead}前営業日比{change(index)}{percent}{side}の{told}"


def span(wrap: Wrap) -> str:
    """Open, high and low of the Nikkei 225, at the close and where they are real."""
    index = wrap.nikkei
    told = (index.open, index.low, index.high, index.last)
    if wrap.stage is not Stage.CLOSED or index.modelled or not all(map(isfinite, told)):
        return ""
    opened, low, high, _ = map(yen_points, told)
    begun = f"日経平均株価は{opened}で始まり"
    if index.last >= index.high > index.low:
        return f"{begun}、安値は{low}で、この日の高値で引けた。"
    if index.last <= index.low < index.high:
        return f"{begun}、高値は{high}で、この日の安値で引けた。"
    return f"{begun}、高値は{high}、安値は{low}だった。"


def ratio(wrap: Wrap) -> str:
    """Nikkei 225 ÷ TOPIX."""
    told = wrap.summary.nt_ratio
    return f"NT倍率は{told:.2f}倍{_was(wrap)}。" if isfinite(told) else ""


def yen(wrap: Wrap) -> str:
    """The dollar in yen."""
    told = wrap.yen
    if told is None:
        return ""
    text = f"外国為替市場で円相場は1ドル={format_rate(told.last)}円"
    if not isfinite(told.change):
        return f"{text}{_was(wrap)}。"
    moved = format_rate(abs(told.change))
    if not float(moved):
        return f"{text}と、前営業日の終値と変わらず{_was(wrap)}。"
    side = "円安・ドル高" if told.change > 0 else "円高・ドル安"
    return f"{text}と、前営業日の終値に比べ{moved}円の{side}{_was(wrap)}。"


def breadth(wrap: Wrap) -> str:
    """How many names rose and fell."""
    told = wrap.summary.breadth
    if told.missing == told.total:
        return ""
    missing = f"、値が付いていないのは{told.missing}" if told.missing else ""
    return (
        f"日経平均採用{told.total}銘柄のうち、値上がり銘柄数は{told.up}、値下がり銘柄数は"
        f"{told.down}、変わらずは{told.unchanged}{missing}{_was(wrap)}。"
    )


def turnover(wrap: Wrap) -> str:
    """What changed hands, and in how many names."""
    told = wrap.summary
    if not isfinite(told.turnover):
        return ""
    return f"売買代金は{told.turnover_names}銘柄の合計で{money(told.turnover)}{_was(wrap)}。"


def limits(wrap: Wrap) -> str:
    """Names at a price limit, or that none is."""

    def side(movers: tuple[Mover, ...], word: str) -> str:
        names = listed([mover.name_ja for mover in movers])
        return f"{names}が{word}" if names else ""

    told = [side(wrap.limit_up, "ストップ高"), side(wrap.limit_down, "ストップ安")]
    if any(told):
        return f"{listed([each for each in told if each])}となった。"
    if not wrap.limits_known:
        return ""
    whom = (
        ""
        if wrap.limits_known == wrap.summary.breadth.total
        else (f"価格の分かる{wrap.limits_known}銘柄のうち、")
    )
    return f"{whom}ストップ高、ストップ安の銘柄はなかった。"


def _was(wrap: Wrap) -> str:
    return "だった" if wrap.stage in {Stage.CLOSED, Stage.BREAK} else "である"
