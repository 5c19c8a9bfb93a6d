"""The header: what session this is, what time its data shows, and how true that is."""

from datetime import datetime

from tui.market.session import SessionState
from tui.market.times import JST
from tui.present.japanese import said
from tui.report.feed import FeedReport
from tui.report.summary import Summary
from widgets.header_bar import HeaderView

_STANDING = {"LIVE", "DELAYED"}
"""States of a source that tells what the market does now, which after hours is nothing."""
_SHUT = {SessionState.CLOSED, SessionState.HOLIDAY}
_DAYS_JA = "月火水木金土日"


def header_view(
    summary: Summary,
    feed: FeedReport,
    *,
    language: str,
    speed: float | None,
    paused: bool,
) -> HeaderView:
    """The header's texts.

    Args:
        summary: The market.
        feed: The quote source.
        language: ``en`` or ``ja``.
        speed: Of a replay, market seconds a second; None where nothing is replayed.
        paused: Whether the replay stands still.
    """
    status, japanese = summary.status, language == "ja"
    closed = feed.state in _STANDING and status.state in _SHUT
    state = "CLOSED" if closed else ""
    day = _day(summary, language)
    words = [said(each, language) for each in (state, feed.words, feed.note)]
    short = [said(state or feed.brief, language), day]
    return HeaderView(
        title="ZARABA",
        market="東証",
        when=when(summary.as_of, language),
        state=status.state.word_ja if japanese else f"{status.state.word_ja} {status.state.word}",
        state_tone="accent" if status.state.trading else "",
        banner=" · ".join(filter(None, [*words[:2], day, words[2]])),
        banner_short=" · ".join(filter(None, short)),
        banner_tone=("muted" if closed else "accent") if feed.well else "warn",
        feed=_feed(feed, speed, language, paused=paused),
        feed_tone="" if feed.well else "warn",
        coverage=coverage(summary, language),
        next_change=_next(summary, language),
    )


def _day(summary: Summary, language: str) -> str:
    """``of Mon 26 May``, where the figures are of another day than the clock's; else nothing."""
    session = summary.session
    if summary.as_of.astimezone(JST).date() == session:
        return ""
    if language == "ja":
        return f"{session.month}月{session.day}日({_DAYS_JA[session.weekday()]})の値"
    return f"of {session:%a %d %b}"


def when(moment: datetime, language: str = "en") -> str:
    """An instant in JST as the header writes it; always of the same width."""
    local = moment.astimezone(JST)
    if language == "ja":
        return f"{local:%Y-%m-%d}({_DAYS_JA[local.weekday()]})  {local:%H:%M:%S} JST"
    return f"{local:%a %d %b %Y}  {local:%H:%M:%S} JST"


def coverage(summary: Summary, language: str = "en") -> str:
    """``224/225 + 1 derived``: how many of the index's members are observed."""
    held = summary.contribution.coverage
    if not held.total:
        return ""
    text = f"{held.observed}/{held.total}"
    word = "算出" if language == "ja" else "derived"
    return f"{text} + {held.derived} {word}" if held.derived else text


def _feed(feed: FeedReport, speed: float | None, language: str, *, paused: bool) -> str:
    mark = "●" if feed.well else "○"
    if speed is None:
        return f"{mark} {feed.source}"
    return f"{mark} {said('paused', language)}" if paused else f"{mark} ×{speed:g}"


def _next(summary: Summary, language: str) -> str:
    """``lunch in 12 m``: what comes next, and how long until then."""
    status = summary.status
    if status.next_state in _SHUT and status.state in _SHUT:
        return ""  # a holiday becomes the night after it
    minutes = (status.next_change - summary.as_of).total_seconds() / 60
    if minutes > 24 * 60:
        return ""
    if language == "ja":
        return f"{status.next_state.word_ja}まで{_length_ja(minutes)}"
    if minutes >= 60:
        length = f"{int(minutes // 60)} h {int(minutes % 60):02d} m"
    elif minutes >= 1:
        length = f"{int(minutes)} m"
    else:
        length = f"{max(0, round(minutes * 60))} s"
    return f"{status.next_state.word} in {length}"


def _length_ja(minutes: float) -> str:
    if minutes >= 60:
        return f"{int(minutes // 60)}時間{int(minutes % 60):02d}分"
    return f"{int(minutes)}分" if minutes >= 1 else f"{max(0, round(minutes * 60))}秒"
