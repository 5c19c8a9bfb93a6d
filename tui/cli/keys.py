"""``zaraba keys``: the keys that sources need, kept in the system's keyring.

A key is typed without being shown, or piped in; it is never an argument, which other users of the
machine could read.
"""

import sys

import msgspec

from tui.cli.arguments import Options
from tui.errors import ProviderError, UsageError
from tui.providers import registry
from tui.providers.contracts import Role
from tui.secrets import MOST_CHARACTERS, drop_key, keep_key, place_of, variable


def run_keys(options: Options) -> int:
    """List the keys, keep one, or drop one."""
    if options.action in {"set", "forget"} and options.rest:
        raise UsageError(
            "a key is not given on the command line, where others can read it",
            subject=f"zaraba keys {options.action}",
            remedy="Give the name alone; the key is asked for, or read from a pipe. "
            "Have the service replace one that was typed here.",
        )
    if options.action == "set":
        keep_key(options.key, _typed(options.key))
        print(f"kept in the keyring: {options.key}")
        return 0
    if options.action == "forget":
        print(f"{'dropped' if drop_key(options.key) else 'there was none'}: {options.key}")
        return 0
    return _list(options)


def _list(options: Options) -> int:
    rows = [(name, sources, place_of(name)) for name, sources in _needed().items()]
    if options.format == "json":
        plain = [
            {"name": name, "sources": sources, "variable": variable(name), "found": place or None}
            for name, sources, place in rows
        ]
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(plain)).decode() + "\n")
        return 0
    if not rows:
        print("no installed source needs a key")
    for name, sources, place in rows:
        state = f"found in the {place}" if place else f"missing; or set {variable(name)}"
        print(f"{name:<14}{', '.join(sources):<24}{state}")
    return 0


def _needed() -> dict[str, list[str]]:
    """The keys that installed sources ask for, each with the sources that do."""
    needed: dict[str, list[str]] = {}
    for role in Role:
        for name, source in registry.load_all(role).items():
            if isinstance(source, ProviderError):
                continue
            for key in source.about.keys:
                sources = needed.setdefault(key, [])
                if name not in sources:
                    sources.append(name)
    return dict(sorted(needed.items()))


def _typed(name: str) -> str:
    """Read a key without showing it."""
    if not sys.stdin.isatty():
        return sys.stdin.readline(MOST_CHARACTERS + 2).strip()
    from getpass import getpass

    try:
        return getpass(f"key of {name} (not shown): ").strip()
    except EOFError as error:
        raise UsageError(
            "nothing was typed", subject=f"key of {name}", remedy="Try again."
        ) from error
