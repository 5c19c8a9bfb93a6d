"""The rules by which headlines are filed: those that ship, and the user's own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from tui.errors import ConfigError, DataError, ZarabaError
from tui.files import parse_toml

SHIPPED: Final = Path(__file__).with_name("kinds.toml")
MOST_BYTES: Final = 1 << 20
MOST_RULES: Final = 500
MOST_PHRASES: Final = 1_000
LONGEST_PHRASE: Final = 80
GAP: Final = "..."
"""What stands in a phrase for some words in between."""

_KIND: Final = re.compile(r"[^\W_][\w-]{0,31}")
_LONGEST_NAME: Final = 40


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    kind: str
    any: list[str] = msgspec.field(default_factory=list)
    with_: list[str] = msgspec.field(default_factory=list, name="with")
    without: list[str] = msgspec.field(default_factory=list)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: list[_Rule] = msgspec.field(default_factory=list)
    disclosure: list[_Rule] = msgspec.field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """One rule.

    Attributes:
        name: What it is called; no other rule is called so.
        kind: What it files under; empty for a rule that only takes out one that ships.
        any: Phrases of which one must stand in the headline.
        also: Phrases of which one must stand there too; none where there is no such need.
        without: Phrases of which none may stand there.
    """

    name: str
    kind: str
    any: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindRules:
    """All rules in the order in which they are tried, with what is wrong with the user's file.

    Attributes:
        rules: For headlines; the user's first, then those that ship.
        disclosures: For the titles of what companies file, in the same order.
        notice: Empty, or one line.
    """

    rules: tuple[KindRule, ...] = ()
    disclosures: tuple[KindRule, ...] = ()
    notice: str = ""


@cache
def shipped_kind_rules() -> KindRules:
    """The rules that ship; none, with a notice, where the file is missing or damaged."""
    try:
        return load_kind_rules(SHIPPED)
    except ConfigError as error:
        lost = DataError(error.what, subject=SHIPPED.name, remedy="Reinstall zaraba.")
        return KindRules(notice=str(lost))


def read_kind_rules(path: Path) -> KindRules:
    """The shipped rules with the user's file laid over them. Never raises.

    A file that cannot be used is left out as a whole; the notice says what to mend. A file that
    is not there is no reason for one.
    """
    shipped = shipped_kind_rules()
    try:
        own = load_kind_rules(path)
    except ZarabaError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            return shipped
        notice = f"{error} Until then the rules that ship are used."
        return replace(shipped, notice=notice)
    return KindRules(
        _laid_over(own.rules, shipped.rules),
        _laid_over(own.disclosures, shipped.disclosures),
        shipped.notice,
    )


def _laid_over(own: Iterable[KindRule], shipped: Iterable[KindRule]) -> tuple[KindRule, ...]:
    replaced = {rule.name: rule for rule in own}
    merged = [replaced.pop(rule.name, rule) for rule in shipped]
    return tuple(rule for rule in (*replaced.values(), *merged) if rule.kind)


def load_kind_rules(path: Path) -> KindRules:
    """The rules of one file alone, in its order, with those that only take others out.

    Raises:
        ConfigError: It cannot be read, or holds what cannot be used; it says which rule.
    """
    plain = parse_toml(path, MOST_BYTES)
    try:
        file = msgspec.convert(plain, _File)
    except msgspec.ValidationError as error:
        raise _fault(
            path,
            str(error),
            "Give [[rule]] or [[disclosure]] tables with name, kind and any, and if you like with "
            "and without.",
        ) from error
    if len(file.rule) + len(file.disclosure) > MOST_RULES:
        raise _fault(path, f"there are more than {MOST_RULES} rules", "Remove some.")
    return KindRules(_rules(file.rule, path), _rules(file.disclosure, path))


def _rules(given: list[_Rule], path: Path) -> tuple[KindRule, ...]:
    rules: dict[str, KindRule] = {}
    for each in given:
        rule = _rule(each, path)
        if rule.name in rules:
            raise _fault(path, f"there are two rules “{rule.name}”", "Give each its own name.")
        rules[rule.name] = rule
    return tuple(rules.values())


def _rule(given: _Rule, path: Path) -> KindRule:
    name = " ".join(given.name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise _fault(
            path,
            f"“{name[:_LONGEST_NAME]}” cannot be a rule's name",
            f"Give 1 to {_LONGEST_NAME} plain characters.",
        )
    if given.kind and not _KIND.fullmatch(given.kind):
        raise _fault(
            path,
            f"rule “{name}”: the kind “{given.kind[:40]}” is not one word",
            "Give letters, digits and -, or nothing to take the rule out.",
        )
    if given.kind and not given.any:
        raise _fault(path, f"rule “{name}” has no phrases", "Give at least one in any.")
    if len(given.any) + len(given.with_) + len(given.without) > MOST_PHRASES:
        raise _fault(path, f"rule “{name}” has more than {MOST_PHRASES} phrases", "Remove some.")
    return KindRule(
        name=name,
        kind=given.kind.lower(),
        any=_phrases(given.any, name, path),
        also=_phrases(given.with_, name, path),
        without=_phrases(given.without, name, path),
    )


def _phrases(given: list[str], name: str, path: Path) -> tuple[str, ...]:
    phrases = []
    for written in given:
        phrase = " ".join(written.split())
        bare = phrase.replace("*", "").replace(GAP, "").strip()
        if not bare or len(phrase) > LONGEST_PHRASE or not phrase.isprintable():
            raise _fault(
                path,
                f"rule “{name}”: “{phrase[:20]}” is no phrase to look for",
                f"Give 1 to {LONGEST_PHRASE} plain characters, not only * and ...",
            )
        if phrase.count(GAP) > 1:
            raise _fault(
                path, f"rule “{name}”: “{phrase[:40]}” has more than one ...", "Keep one of them."
            )
        phrases.append(phrase)
    return tuple(dict.fromkeys(phrases))


def _fault(path: Path, what: str, remedy: str) -> ConfigError:
    return ConfigError(what, subject=str(path), remedy=remedy)
