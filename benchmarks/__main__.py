"""``python -m benchmarks``: every promise, measured in one run; and two runs of their own.

``reliability`` tries every fault of a source on the whole program, ``soak`` runs it for long.
"""

import argparse
import sys
import time

from benchmarks.promises import PROMISES
from benchmarks.result import Finding, as_json, as_lines
from benchmarks.stage import Stage


def main() -> int:
    """Measure what is asked for, and print it; the exit status is 1 where a promise is not kept."""
    if sys.argv[1:2] == ["reliability"]:
        from benchmarks.reliability.run import main as reliability

        return reliability(sys.argv[2:])
    if sys.argv[1:2] == ["soak"]:
        from benchmarks.reliability.soak import main as soak

        return soak(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about a minute; less exact")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--only",
        action="append",
        choices=tuple(PROMISES),
        metavar="NAME",
        help=f"one promise, several times for several: {', '.join(PROMISES)}",
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="the same as --only, without the word"
    )
    options = parser.parse_args()
    if unknown := sorted(set(options.names) - PROMISES.keys()):
        parser.error(f"there is no promise {unknown[0]}; known: {', '.join(PROMISES)}")
    if sys.platform == "win32":
        parser.error("pseudo-terminals are needed: run it on Linux or macOS")
    findings: list[Finding] = []
    begun = time.perf_counter()
    with Stage(quick=options.quick) as stage:
        for name in (options.only or []) + options.names or PROMISES:
            print(f"{name} …", file=sys.stderr, flush=True)
            findings += PROMISES[name](stage)
    if options.json:
        print(as_json(findings))
    else:
        print("\n".join(as_lines(findings)))
        print(f"\n{time.perf_counter() - begun:.0f} s")
    return 0 if all(finding.holds for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
