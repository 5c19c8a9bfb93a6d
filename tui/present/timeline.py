"""The timeline as its screen reads it: the past week, today, and the months to come."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from tui.market.market import INDICES, Market
from tui.market.timeline import countdown
from tui.market.times import JST
from tui.present.catalysts import kind_word
from tui.present.japanese import said
from tui.present.table import tone
from tui.report.day_moves import DayMove
from tui.report.timeline import OWN, Entry, gathered
from widgets.date_list import DateHeading, DateView, Figures

_DAYS_JA: Final = "月火水木金土日"
RULE: Final = "rule"
"""The source of what follows from standing rules."""
_SAMPLE: Final = """\
[[event]]
on = 2025-07-09
title = "EU tariff deadline"
kind = "policy"
symbols = ["7203", "^N225"]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineWish:
    """What is wanted of the timeline; what is empty narrows nothing.

    Attributes:
        kind: A kind.
        own: Only what concerns names of the user's lists, or stands in the user's file.
    """

    kind: str = ""
    own: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self != TimelineWish()

    def takes(self, entry: Entry) -> bool:
        """Whether an entry is wanted."""
        if self.kind and entry.kind != self.kind:
            return False
        return not self.own or entry.own or entry.source == OWN


@dataclass(frozen=True, slots=True)
class TimelineRows:
    """What the screen shows, and what stands behind it.

    Attributes:
        shown: Headings and entries, in order.
        first: The key of the first entry that has not passed; the last one's where all have.
        entries: What stands behind each key.
        count: How many entries are told, those gathered into one counted one by one.
    """

    shown: Sequence[DateHeading | DateView]
    first: str
    entries: dict[str, Entry]
    count: int


def timeline_rows(
    market: Market,
    entries: Iterable[Entry],
    now: datetime,
    language: str,
    *,
    wish: TimelineWish,
    opened: Collection[str] = (),
) -> TimelineRows:
    """The timeline in lines.

    Args:
        market: Where names are looked up.
        entries: Everything dated, soonest first.
        now: The market's time, aware.
        language: ``en`` or ``ja``.
        wish: What is wanted.
        opened: Keys of entries that stand for several, which are told as well.
    """
    wanted = [entry for entry in entries if wish.takes(entry)]
    today = now.astimezone(JST).date()
    shown: list[DateHeading | DateView] = []
    held: dict[str, Entry] = {}
    section, day, todays = "", None, False
    for entry in gathered(wanted):
        if entry.days >= 0 and not todays:
            todays = True
            shown.append(_today(today, language, nothing=entry.days > 0))
            section = ""
        heading = _section(entry, language)
        if heading and heading != section:
            section = heading
            shown.append(DateHeading(text=heading))
        key = entry_key(entry)
        held[key] = entry
        shown.append(_row(market, entry, language, key, day != entry.on, key in opened))
        day = entry.on
        if key in opened:
            for member in entry.members:
                held[entry_key(member)] = member
                row = _row(market, member, language, entry_key(member), False, None)
                shown.append(row)
    if not todays:
        shown.append(_today(today, language, nothing=True))
    ahead = (key for key, entry in held.items() if entry.days >= 0)
    first = next(ahead, next(reversed(held), ""))
    return TimelineRows(shown, first, held, len(wanted))


def entry_key(entry: Entry) -> str:
    """What tells an entry from every other; the same as long as it is dated alike."""
    if entry.members:
        return f"{entry.on}\0{entry.kind}"
    return "\0".join((str(entry.on), entry.title, *entry.symbols))


def kinds(entries: Iterable[Entry], language: str) -> list[tuple[str, str, int]]:
    """Each kind there is, its word, and how many entries are of it; the most frequent first."""
    counts: dict[str, int] = {}
    for entry in entries:
        if entry.kind:
            counts[entry.kind] = counts.get(entry.kind, 0) + 1
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return [(kind, kind_word(kind, language), count) for kind, count in ordered]


def symbols_of(entry: Entry) -> tuple[str, ...]:
    """The instruments of an entry, or of all for which it stands; each once, no index."""
    told = (symbol for each in (entry.members or (entry,)) for symbol in each.symbols)
    return tuple(symbol for symbol in dict.fromkeys(told) if symbol not in INDICES)


def source_of(entry: Entry, language: str) -> str:
    """Who says so: a source, the user's file, or a standing rule."""
    if entry.source == RULE and language == "ja":
        return "規則"
    return "events.toml" if entry.source == OWN else said(entry.source, language)


def wish_words(
    wish: TimelineWish, count: int, held: int, language: str, source: str = ""
) -> list[str]:
    """What is shown, for one line, the fullest form first.

    Args:
        wish: What is wanted.
        count: How many dates are shown.
        held: How many there are.
        language: ``en`` or ``ja``.
        source: Who tells the one under the cursor, where its row has no room for that.
    """
    japanese = language == "ja"
    told = f"{count:,}件" if japanese else f"{count:,} date{'s' * (count != 1)}"
    if count != held:
        told += f"（全{held:,}件）" if japanese else f" of {held:,}"
    own = ("自分のリストのみ" if japanese else "my lists only") if wish.own else ""
    teller = source and (f"情報源 {source}" if japanese else f"told by {source}")
    parts = [part for part in (told, kind_word(wish.kind, language), own, teller) if part]
    title = "予定" if japanese else "Timeline"
    span = "過去1週間から3か月先まで" if japanese else "a week back to three months ahead"
    return ["  ·  ".join(each) for each in ((title, span, *parts), (title, *parts), parts)]


def empty_words(wish: TimelineWish, language: str, waiting: bool) -> list[str]:
    """What is said where nothing is shown, a line each."""
    if wish.narrows:
        return ["該当なし。Escで解除" if language == "ja" else "nothing fits; Esc shows all"]
    if waiting:
        return ["照会中…" if language == "ja" else "asking the calendar sources…"]
    if language == "ja":
        return ["期日はありません。", "eキーで、自分の予定の書き方を表示します。"]
    return ["nothing falls due.", "e shows how to note dates of your own."]


def own_words(path: Path | None, notice: str, language: str) -> tuple[str, str]:
    """How the user notes dates: a heading, and the text below it.

    Args:
        path: The file; None where there is none.
        notice: What is wrong with it; empty for nothing.
        language: ``en`` or ``ja``.
    """
    japanese = language == "ja"
    where = str(path) if path is not None else "events.toml"
    if japanese:
        title = "自分の予定"
        text = f"次のファイルに書くと、数秒で反映されます:\n{where}\n\n{_SAMPLE}\n"
        text += "kind と symbols は省略できます。日付は東京時間です。"
    else:
        title = "Dates of your own"
        text = f"Write them in this file; a change shows within seconds:\n{where}\n\n{_SAMPLE}\n"
        text += "kind and symbols may be left out. A date is one in Tokyo."
    if path is not None and not path.exists():
        text += "\n（まだファイルはありません）" if japanese else "\nThe file is not there yet."
    return title, f"{text}\n\n{notice}" if notice else text


def day_words(on: date, language: str) -> str:
    """``Mon 26 May``, ``5/26(月)``."""
    if language == "ja":
        return f"{on.month}/{on.day}({_DAYS_JA[on.weekday()]})"
    return f"{on:%a} {on.day:>2} {on:%b}"


def _section(entry: Entry, language: str) -> str:
    if not entry.days:
        return ""
    if entry.days < 0:
        return "過去1週間" if language == "ja" else "Past week"
    return _month(entry.on.replace(day=1), language)


@lru_cache(maxsize=32)
def _month(first: date, language: str) -> str:
    return f"{first.year}年{first.month}月" if language == "ja" else f"{first:%B %Y}"


def _today(today: date, language: str, *, nothing: bool) -> DateHeading:
    """The line that marks today; what the indices do now stands in the tape."""
    word = "本日" if language == "ja" else "Today"
    none = ("期日なし" if language == "ja" else "nothing falls due") if nothing else ""
    text = " · ".join(each for each in (f"{word} {day_words(today, language)}", none) if each)
    return DateHeading(text=text, today=True)


def _row(
    market: Market, entry: Entry, language: str, key: str, first: bool, opened: bool | None
) -> DateView:
    """One entry; `opened` is None for one that another one stands for."""
    # What both indices did stands once a day, and today's stands in the tape.
    indices = entry.indices if first and entry.days < 0 else ()
    sign = ("▾" if opened else "▸") if entry.members else ""
    return DateView(
        key=key,
        day=day_words(entry.on, language) if first else "",
        left=_countdown(entry, language) if first else "",
        brief=_brief(entry, language) if first else "",
        kind=kind_word(entry.kind, language),
        title=entry.titled(language),
        names=_names(market, entry, language),
        source=source_of(entry, language),
        figures=(*_figures(entry.moves, language), *_figures(indices, language)),
        own=entry.own,
        passed=entry.days < 0,
        indent=opened is None,
        sign=sign,
    )


def _countdown(entry: Entry, language: str) -> str:
    return countdown(entry.on, entry.on - timedelta(days=entry.days), language)


def _brief(entry: Entry, language: str) -> str:
    if not entry.days:
        return _countdown(entry, language)
    if language == "ja":
        return f"{entry.days}日" if entry.days > 0 else f"{-entry.days}日前"
    return f"{entry.days}d".replace("-", "−")


def _figures(moves: Iterable[DayMove], language: str) -> Figures:
    return tuple((each.words(language), tone(each.percent)) for each in moves)


def _names(market: Market, entry: Entry, language: str) -> Sequence[str]:
    """``7203 Toyota Motor +2``, ``7203 +2``, ``7203``."""
    symbols = entry.symbols
    if not symbols:
        return ()
    instrument = market.universe.get(symbols[0])
    name = ""
    if instrument is not None:
        name = instrument.name_ja if language == "ja" else instrument.name
    code = (instrument.code if instrument is not None else "") or symbols[0]
    more = f" +{len(symbols) - 1}" if len(symbols) > 1 else ""
    return tuple(dict.fromkeys((f"{code} {name}".strip() + more, code + more)))
