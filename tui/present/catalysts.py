"""Catalysts as the pane and the story read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np

from tui.market.catalysts import OVERVIEW, Catalyst
from tui.market.market import Market
from tui.market.pricing import format_percent
from tui.market.quotes import Field
from tui.market.times import JST
from tui.present.claims import claim_lines, mark
from tui.present.japanese import said
from tui.present.table import tone
from tui.present.toasts import Hit
from tui.report.session_catalysts import session_catalysts
from widgets.catalyst_views import CatalystView, DueView, ReadyCatalysts


def ordered(catalysts: Iterable[Catalyst]) -> list[Catalyst]:
    """Newest first; those without a time of day come after, as they were given."""
    held = list(catalysts)
    timed = [catalyst for catalyst in held if catalyst.time is not None]
    timed.sort(key=lambda catalyst: catalyst.time or datetime.min.replace(tzinfo=UTC), reverse=True)
    return timed + [catalyst for catalyst in held if catalyst.time is None]


def catalyst_views(market: Market, now: datetime) -> ReadyCatalysts:
    """The session's catalysts that are known at an instant, newest first."""
    known = session_catalysts(market, now)
    return ReadyCatalysts([_view(market, catalyst, now) for catalyst in known])


def due_views(market: Market, session: date) -> list[DueView]:
    """What falls due on or after the session, soonest first."""
    dated = [c for c in market.stories.dated() if c.due is not None and c.due >= session]
    dated.sort(key=lambda catalyst: catalyst.due or session)
    return [DueView(when=f"{c.due.day} {c.due:%b}", headline=c.headline) for c in dated if c.due]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """One catalyst, whole.

    Attributes:
        headline: Its title.
        facts: When, what kind, who says so, when it falls due.
        impact: What its names did since, in a sentence; may be empty.
        text: Its body.
        moves: Each of its names with the day's move, and the tone of that.
        claims: Each figure that it states beside the market's, and a tone.
    """

    headline: str
    facts: str
    text: str
    impact: str = ""
    moves: Sequence[tuple[str, str]]
    claims: Sequence[tuple[str, str]] = ()


def story_view(
    market: Market, key: str, language: str, now: datetime | None = None, impact: str = ""
) -> StoryView:
    """The story of a catalyst; an empty one where it is no longer known.

    Args:
        market: The market.
        key: The catalyst's, or that of any report of the same story.
        language: ``en`` or ``ja``.
        now: The market's time; without it no claim is judged.
        impact: What its names did since, in a sentence.
    """
    catalyst = market.stories.get(key)
    if catalyst is None:
        return StoryView(headline=said("No longer known", language), facts="", text="", moves=())
    facts = [
        when(catalyst, language),
        kind_word(catalyst.kind, language),
        ", ".join(catalyst.sources) or catalyst.source,
    ]
    if (due := catalyst.due) is not None:
        spelt = f"期日 {due.year}年{due.month}月{due.day}日"
        facts.append(spelt if language == "ja" else f"due {due.day} {due:%b %Y}")
    if catalyst.link:
        facts.append(catalyst.link)
    moves = []
    for symbol in catalyst.symbols:
        instrument = market.universe.get(symbol)
        name = ""
        if instrument is not None:
            name = instrument.name_ja if language == "ja" else instrument.name
        text, mood = _moves(market, (symbol,))
        moves.append((f"{text or symbol}  {name}", mood))
    return StoryView(
        headline=catalyst.headline,
        facts="  ·  ".join(fact for fact in facts if fact),
        text=catalyst.text,
        impact=impact,
        moves=moves,
        claims=claim_lines(market, catalyst, language, now) if now else (),
    )


_KINDS_JA = {
    "policy": "政策",
    "tariff": "関税",
    "central-bank": "中銀",
    "deal": "M&A・提携",
    "earnings": "決算",
    "guidance": "業績予想",
    "payout": "還元",
    "macro": "統計",
    "flow": "需給",
    "disclosure": "開示",
    "commentary": "市況",
    "sq": "SQ",
    "rebalance": "指数入替",
    "rights": "権利",
    "holiday": "休場",
    "session": "立会日",
    "dividend": "配当",
}
_KINDS_EN = {"sq": "SQ"}


def kind_word(kind: str, language: str) -> str:
    """A kind as the pane names it; one of the user's own stands as it is."""
    return (_KINDS_JA if language == "ja" else _KINDS_EN).get(kind, kind)


def when(catalyst: Catalyst, language: str = "en") -> str:
    """``14:32``, or ``pre-open`` where no time of day is known."""
    if catalyst.time is not None:
        return f"{catalyst.time.astimezone(JST):%H:%M}"
    if catalyst.kind == OVERVIEW:
        # It tells how the session went, so it is not from before the opening.
        return ""
    if catalyst.session is None:
        return ""
    return "寄り前" if language == "ja" else "pre-open"


def hit_words(market: Market, hit: Hit, language: str) -> tuple[str, str]:
    """What is said of news that hits a name of the user's: a title, and the news itself."""
    names = []
    for symbol in hit.symbols[:2]:
        instrument = market.universe.get(symbol)
        name = ""
        if instrument is not None:
            name = instrument.name_ja if language == "ja" else instrument.name
        names.append(f"{(instrument.code if instrument else '') or symbol} {name}".strip())
    more = len(hit.symbols) - len(names)
    title = "、".join(names) if language == "ja" else ", ".join(names)
    title += f" +{more}" if more else ""
    words = f"{when(hit.catalyst)} {hit.catalyst.headline}".strip()
    if hit.more:
        words += f"\nほか{hit.more}件" if language == "ja" else f"\nand {hit.more} more"
    return title, words


def _view(market: Market, catalyst: Catalyst, now: datetime) -> CatalystView:
    detail, mood = _moves(market, catalyst.symbols)
    return CatalystView(
        key=catalyst.key,
        when=when(catalyst),
        kind=catalyst.kind,
        headline=catalyst.headline,
        detail=detail,
        tone=mood,
        symbols_count=len(catalyst.symbols),
        warning=mark(market, catalyst, now),
    )


def _moves(market: Market, symbols: tuple[str, ...]) -> tuple[str, str]:
    """The day's moves of a catalyst's names, for one line: codes and per cent."""
    parts, moves = [], []
    for symbol in symbols:
        row = market.board.row(symbol)
        instrument = market.universe.get(symbol)
        if row < 0 or instrument is None:
            continue
        last = float(market.board.column(Field.LAST)[row])
        base = float(market.board.base()[row])
        label = instrument.code or symbol
        if np.isfinite(last) and base > 0:
            percent = (last / base - 1) * 100
            moves.append(percent)
            parts.append(f"{label} {format_percent(percent)}")
        else:
            parts.append(label)
    return "  ".join(parts), tone(float(np.mean(moves))) if moves else ""
