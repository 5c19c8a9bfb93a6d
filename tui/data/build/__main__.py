"""Build every reference table: ``python -m tui.data.build FACTS_DIR [OUT_DIR]``."""

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

PARTS = (
    "listed",
    "nikkei",
    "topix",
    "indices",
    "daily",
    "foreign",
    "calendar",
    "rules",
    "session",
)
"""Modules of this package, each with ``build(facts: Path, out: Path) -> None``."""


def main(arguments: list[str]) -> int:
    """Build what there is a script for; return the exit status."""
    if not 1 <= len(arguments) <= 2:
        print("usage: python -m tui.data.build FACTS_DIR [OUT_DIR]", file=sys.stderr)
        return 2
    facts = Path(arguments[0])
    out = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).resolve().parent.parent
    if not facts.is_dir():
        print(f"{facts}: no such folder of facts", file=sys.stderr)
        return 2
    out.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        name = f"tui.data.build.{part}"
        if find_spec(name) is None:
            print(f"{part}: skipped, there is no script for it")
            continue
        import_module(name).build(facts, out)
        print(f"{part}: built")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
