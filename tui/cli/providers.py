"""``zaraba providers``: what is installed, and whether it loads."""

import sys

import msgspec

from tui.cli.arguments import Options
from tui.providers import registry


def run_providers(options: Options) -> int:
    """List every source of every role; the exit status is 0 also where one does not load."""
    found = registry.installed()
    if options.format == "json":
        plain = [
            {
                "role": each.role.value,
                "name": each.name,
                "distribution": each.distribution,
                "version": each.version,
                "problem": each.problem or None,
            }
            for each in found
        ]
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(plain)).decode() + "\n")
        return 0
    for each in found:
        state = each.problem or "loads"
        print(
            f"{each.role.value:<10}{each.name:<14}{each.distribution} {each.version:<10}  {state}"
        )
    return 0
