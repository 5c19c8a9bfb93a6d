"""The sources as the screen that shows and chooses them reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tui.feed.health import FeedState, Health, age, words
from tui.market.times import JST
from tui.present.catalogue import Catalogue, KnownSource, delay_words, key_words
from tui.present.japanese import either, noticed, said
from tui.providers.contracts import Role

Told = tuple[str, str]
"""A line, and its tone: ``warn``, ``muted`` or none."""

_HEADS = {
    Role.QUOTES: ("Quotes · 株価", "each name from the first that has it fresh"),
    Role.HISTORY: ("History · 時系列", "one"),
    Role.NEWS: ("News · ニュース", "any number"),
    Role.SEARCH: ("Search · 検索", "one"),
    Role.CALENDAR: ("Calendar · 日程", "any number"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One source in one role.

    Attributes:
        role: The role's word.
        name: Its registered name.
        mark: Its place among the quote sources, ``●`` where it is in use, ``○`` where it is not.
        title: For people.
        state: How it is doing, ``DELAYED 20 m``; of one not in use, what stands in its way.
        tone: ``warn``, ``accent`` or none.
        delay: How far behind the market it is by its nature.
        age: Of its newest data, by the wall clock; none of what is not of today by its nature.
        rate: Quotes a second.
        errors, held: How many, as texts; empty for none.
        trouble: What went wrong last, and when it is asked again; empty where it is well.
        told: Everything about it, for whoever looks closer.
        usable: Whether it loads.
    """

    role: str
    name: str
    mark: str
    title: str
    state: str = ""
    tone: str = ""
    delay: str = ""
    age: str = ""
    rate: str = ""
    errors: str = ""
    held: str = ""
    trouble: str = ""
    told: tuple[Told, ...] = ()
    usable: bool = True

    @property
    def key(self) -> str:
        """Tells it from all others."""
        return f"{self.role}/{self.name}"


@dataclass(frozen=True, slots=True)
class RoleRows:
    """The sources of one role, those in use first.

    Attributes:
        title: The role in both languages.
        how: How many can be used.
        rows: The sources.
    """

    title: str
    how: str
    rows: tuple[SourceRow, ...]


def role_rows(
    catalogue: Catalogue,
    in_use: Mapping[Role, Sequence[str]],
    health: Sequence[Health],
    now: datetime,
    language: str = "en",
) -> list[RoleRows]:
    """Every role with its sources.

    Args:
        catalogue: What is installed, as far as it is known.
        in_use: What is in use, in order.
        health: How the sources that run are doing.
        now: The instant, aware.
        language: Of what is told of each source, ``en`` or ``ja``.
    """
    doing = {(each.role, each.source): each for each in health}
    found: dict[Role, dict[str, KnownSource | None]] = {
        role: dict.fromkeys(in_use.get(role, ())) for role in Role
    }
    for source in catalogue.sources:
        found[source.role][source.name] = source
    rows = []
    for role, (title, how) in _HEADS.items():
        used = tuple(in_use.get(role, ()))
        each = [
            _row(role, name, used, known, doing.get((role, name)), catalogue, now, language)
            for name, known in found[role].items()
        ]
        rows.append(RoleRows(either(title, language), how, tuple(each)))
    return rows


def with_failures(
    rows: Sequence[RoleRows], role: Role, failed: Mapping[str, str], language: str = "en"
) -> list[RoleRows]:
    """The rows with what went wrong at sources that are asked, and do not run.

    Args:
        rows: Of every role.
        role: The role of those sources.
        failed: What went wrong, by the source's name.
        language: Of what is told, ``en`` or ``ja``.
    """

    def told(row: SourceRow) -> SourceRow:
        trouble = failed.get(row.name, "") if row.role == role.value else ""
        trouble = noticed(trouble, language)
        if not trouble:
            return row
        lines = (*row.told, (trouble, "warn"))
        return replace(row, state="failed", tone="warn", trouble=trouble, told=lines)

    return [replace(each, rows=tuple(map(told, each.rows))) for each in rows]


def _row(
    role: Role,
    name: str,
    used: tuple[str, ...],
    known: KnownSource | None,
    health: Health | None,
    catalogue: Catalogue,
    now: datetime,
    language: str,
) -> SourceRow:
    mark = "○"
    if name in used:
        mark = str(used.index(name) + 1) if role is Role.QUOTES and len(used) > 1 else "●"
    missing = catalogue.missing(known) if known else ()
    told: list[Told] = []
    if known:
        about = said(known.title, language), said(role.value, language)
        told.append((_summary(*about, noticed(known.summary, language), language), ""))
        told += [(noticed(line, language), tone) for line, tone in _key_lines(known, catalogue)]
    row = SourceRow(
        role=role.value,
        name=name,
        mark=mark,
        title=said(known.title, language) if known else name,
        delay=delay_words(known.delay) if known and role in (Role.QUOTES, Role.HISTORY) else "",
        usable=known is None or known.usable,
    )
    if health is not None:
        return _with_health(row, health, told, now, language)
    state, tone = ("when asked", "") if name in used else ("", "")
    if missing:
        state, tone = "key missing", "warn"
    elif not row.usable:
        state, tone = "does not load", "warn"
    trouble = noticed(key_words(missing[0]), language) if missing and name in used else ""
    return replace(row, state=state, tone=tone, trouble=trouble, told=tuple(told))


def _with_health(
    row: SourceRow, health: Health, told: list[Told], now: datetime, language: str
) -> SourceRow:
    well = health.state.delivering
    modelled = health.state in (FeedState.REPLAY, FeedState.SYNTHETIC)
    trouble = "" if well or health.state is FeedState.STARTING else health.last_error
    trouble = trouble.removeprefix(f"{health.source}: ")
    if trouble and health.retry_at is not None and health.state is not FeedState.RETRYING:
        again = noticed(f"next try in {age(health.retry_at - now)}", language)
        trouble = f"{again} · {noticed(trouble, language)}"
    else:
        trouble = noticed(trouble, language)
    return replace(
        row,
        title=row.title if row.title != row.name else said(health.title, language),
        state=words(health, now).partition(" · ")[0],  # the age has a column of its own
        tone="accent" if well else "warn",
        delay=row.delay or (delay_words(health.delay) if health.role is Role.QUOTES else ""),
        age="" if health.newest is None or modelled else age(now - health.newest),
        rate=f"{health.rate:,.0f}" if health.rate >= 0.5 else "",
        errors=f"{health.errors:,}" if health.errors else "",
        held=f"{health.held_back:,}" if health.held_back else "",
        trouble=trouble,
        told=(*told, *health_lines(health, now, language)),
    )


def _summary(title: str, role: str, summary: str, language: str) -> str:
    if language == "ja":
        return f"{title}（{role}） · {summary}"
    return f"{title} ({role}) · {summary}"


def _key_lines(known: KnownSource, catalogue: Catalogue) -> list[Told]:
    places = catalogue.places
    if places is None:
        return [(f"key “{key}”: looking for it…", "muted") for key in known.keys]
    return [
        (f"key “{key}” found in the {places[key]}", "muted")
        if places.get(key)
        else (key_words(key), "warn")
        for key in known.keys
    ]


def health_lines(health: Health, now: datetime, language: str = "en") -> list[Told]:
    """A source in a few lines: what state, how old, how fast, what went wrong, what is done.

    Args:
        health: How it is doing.
        now: The instant, aware.
        language: ``en`` or ``ja``; what a source says stands as it is.
    """
    well = health.state.delivering
    note = f" · {health.note}" if health.note and well else ""
    state = said(f"{words(health, now)}{note}", language)
    facts = _facts_ja(health, now) if language == "ja" else _facts(health, now)
    lines = [(f"{state}: {', '.join(facts)}", "" if well else "warn")]
    shapes = _LAST_JA if language == "ja" else _LAST
    for number, last, shape, tone in (
        (health.errors, health.last_error, shapes[0], "warn"),
        (health.held_back, health.last_held_back, shapes[1], "warn"),
        (health.remarks, health.last_remark, shapes[2], ""),
    ):
        if number:
            plural = "" if number == 1 else "s"
            told = noticed(last, language)
            lines.append((shape.format(number=f"{number:,}", s=plural, last=told), tone))
    if health.remarks:
        before = "それ以前" if language == "ja" else "before"
        lines += [(f"{before}: {noticed(each, language)}", "") for each in health.told[1:]]
    return lines


_LAST = (
    "{number} error{s}, the last: {last}",
    "{number} held back, the last: {last}",
    "{number} remark{s}, the last: {last}",
)
_LAST_JA = (
    "エラー{number}件、直近: {last}",
    "保留{number}件、直近: {last}",
    "付記{number}件、直近: {last}",
)
"""Errors, prices held back, remarks."""


def _facts(health: Health, now: datetime) -> list[str]:
    facts = [f"{health.quotes:,} received"]
    if health.asked is not None:
        facts.insert(0, f"{health.asked[0]:,} of {health.asked[1]:,} names asked")
    if health.rate >= 0.5:
        facts.append(f"{health.rate:,.0f} a second")
    if health.data_time is not None:
        facts.append(f"newest of {health.data_time.astimezone(JST):%d %b %H:%M:%S} JST")
    if health.received is not None:
        facts.append(f"last came {age(now - health.received)} ago")
    if health.restarts:
        facts.append(_count(health.restarts, "restart"))
    if health.rejected:
        facts.append(f"{_count(health.rejected, 'update')} refused")
    return facts


def _facts_ja(health: Health, now: datetime) -> list[str]:
    facts = [f"受信{health.quotes:,}件"]
    if health.asked is not None:
        facts.insert(0, f"{health.asked[1]:,}銘柄中{health.asked[0]:,}銘柄を照会済み")
    if health.rate >= 0.5:
        facts.append(f"毎秒{health.rate:,.0f}件")
    if health.data_time is not None:
        facts.append(f"最新値 {health.data_time.astimezone(JST):%m-%d %H:%M:%S} JST")
    if health.received is not None:
        facts.append(said(f"last came {age(now - health.received)} ago", "ja"))
    if health.restarts:
        facts.append(f"再接続{health.restarts:,}回")
    if health.rejected:
        facts.append(f"拒否した更新{health.rejected:,}件")
    return facts


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
