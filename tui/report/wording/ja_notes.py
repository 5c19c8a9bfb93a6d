"""What has to be said about the figures, in Japanese."""

from collections.abc import Iterator
from math import isfinite

from tui.market.pricing import format_points
from tui.market.times import JST
from tui.market.topix import Basis
from tui.report.japanese.errors import failure_ja
from tui.report.japanese.tables import table_ja
from tui.report.wording.ja_words import clock, day, listed, sentences, short_day
from tui.report.wrap import Stage, Wrap


def notes(wrap: Wrap) -> str:
    """Source, model, estimates, and what is missing."""
    return sentences(*_source(wrap), *_nikkei(wrap), *_topix(wrap), *_remarks(wrap))


def _source(wrap: Wrap) -> Iterator[str]:
    feed = wrap.feed
    if feed is None or not feed.source:
        return
    match feed.state:
        case "REPLAY":
            yield f"{day(wrap.summary.session)}の立会の記録を再生したものである。"
        case "SYNTHETIC":
            yield f"価格は「{feed.source}」が作った架空のものであり、実際の市場ではない。"
        case "LIVE":
            yield f"価格は「{feed.source}」のリアルタイム配信による。"
        case _:
            yield f"価格は「{feed.source}」による（{feed.words}）。"
    newest = feed.data_time
    if feed.state == "STALE" and newest is not None:
        when = f"{short_day(newest.astimezone(JST).date(), wrap.told_at)}{clock(newest)}"
        yield f"最も新しい価格は{when}のものである。"
    if wrap.modelled:
        yield "日中の値動きはモデルによるもので、実際に付いた価格ではない。"
    elif feed.note and feed.state not in {"REPLAY", "SYNTHETIC"}:
        yield f"配信元の注記：{feed.note}。"
    if feed.trouble:
        yield f"配信元に障害がある：{failure_ja(feed.trouble).rstrip('。')}。"


def _nikkei(wrap: Wrap) -> Iterator[str]:
    summary = wrap.summary
    if summary.missing_table:
        yield f"寄与度は算出できない：{table_ja(summary.missing_table) or summary.missing_table}。"
        return
    contribution = summary.contribution
    coverage = contribution.coverage
    if wrap.stage is not Stage.BEFORE and isfinite(contribution.sum):
        known = coverage.observed + coverage.derived
        names = f"{known}銘柄すべて" if coverage.complete else f"{coverage.total}銘柄中{known}銘柄"
        yield f"日経平均株価への寄与度の合計は{names}で{format_points(contribution.sum)}である。"
        if contribution.show_residual:
            yield f"説明されない差は{format_points(contribution.residual)}である。"
    if wrap.derived:
        names = listed([_coded(mover.name_ja, mover.code) for mover in wrap.derived])
        yield f"{names}の価格は観測値ではなく、他の数値から逆算した。"
    if wrap.attribution.nikkei.derived:
        yield "この日の株価換算係数または除数には、公表値でなく逆算した値を含む。"


def _coded(name: str, code: str) -> str:
    return f"{name}（{code}）" if code else name


def _topix(wrap: Wrap) -> Iterator[str]:
    topix = wrap.attribution.topix
    if topix.basis is Basis.NONE or topix.vintage is None or wrap.stage is Stage.BEFORE:
        return
    if not topix.covered_share > 0:
        return
    when = short_day(topix.vintage, wrap.summary.session)
    later = "（当日より後）" if topix.vintage >= wrap.summary.session else ""
    used = {
        Basis.CARRIED: "を株価で前営業日まで戻したもの",
        Basis.PARTLY_CARRIED: "を株価の分かる範囲で前営業日まで戻したもの",
        Basis.AS_PUBLISHED: "をそのまま使ったもの",
    }.get(topix.basis, "によるもの")
    estimate = "推計で、" if topix.estimate else ""
    rest = format_points(topix.rest)
    share = f"{topix.covered_share * 100:.2f}%"
    covers = f"指数の{share}をカバーする"
    if rest and topix.show_rest:
        covers = f"指数の{share}をカバーし、残り{rest}は配分していない"
    yield f"TOPIXへの寄与度は{estimate}{when}時点のウエート{later}{used}であり、{covers}。"


def _remarks(wrap: Wrap) -> Iterator[str]:
    if wrap.baskets and wrap.stage is not Stage.BEFORE:
        yield ("銘柄群と業種の騰落率はTOPIXのウエートによる加重平均であり、銘柄群には重複がある。")
    if wrap.catalysts or wrap.due:
        yield "材料の見出しは出所の原文のままである。"
    for remark in wrap.remarks:
        yield f"{failure_ja(remark).rstrip('.。')}。"
