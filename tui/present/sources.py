"""The sources as the health screen reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tui.errors import ProviderError
from tui.feed.health import Health, age, words
from tui.market.times import JST
from tui.providers import registry
from tui.providers.contracts import Role


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """A quote source that can be chosen.

    Attributes:
        key: Its registered name.
        title: For people.
        note: What it covers, or why it cannot be used.
        usable: Whether it loads.
        chosen: Whether it is in use.
    """

    key: str
    title: str
    note: str
    usable: bool
    chosen: bool


def quote_sources(chosen: str) -> list[SourceChoice]:
    """Every quote source that is installed."""
    choices = []
    for name, loaded in registry.load_all(Role.QUOTES).items():
        if isinstance(loaded, ProviderError):
            choices.append(SourceChoice(name, name, str(loaded), usable=False, chosen=False))
        else:
            about = loaded.about
            choices.append(
                SourceChoice(name, about.title, about.summary, usable=True, chosen=name == chosen)
            )
    return choices


def health_lines(health: Sequence[Health], now: datetime) -> list[tuple[str, str]]:
    """Each source in a few lines: what state, how old, how fast, what went wrong, what is done.

    Returns:
        Lines with their tone: ``warn`` or none.
    """
    lines: list[tuple[str, str]] = []
    for each in health:
        mood = "" if each.state.delivering else "warn"
        note = f" · {each.note}" if each.note else ""
        title = each.title or each.source
        lines.append((f"{title} ({each.role.value})  {words(each, now)}{note}", mood))
        facts = [f"{each.quotes:,} received"]
        if each.rate >= 0.5:
            facts.append(f"{each.rate:,.0f} a second")
        if each.data_time is not None:
            facts.append(f"newest of {each.data_time.astimezone(JST):%d %b %H:%M:%S} JST")
        if each.received is not None:
            facts.append(f"last came {age(now - each.received)} ago")
        if each.restarts:
            facts.append(_count(each.restarts, "restart"))
        if each.rejected:
            facts.append(f"{_count(each.rejected, 'update')} refused")
        lines.append(("  " + ", ".join(facts), ""))
        if each.errors:
            lines.append((f"  {_count(each.errors, 'error')}, the last: {each.last_error}", "warn"))
        if each.held_back:
            count = f"{each.held_back:,} held back"
            lines.append((f"  {count}, the last: {each.last_held_back}", "warn"))
        if each.remarks:
            lines.append((f"  {_count(each.remarks, 'remark')}, the last: {each.last_remark}", ""))
    return lines


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
