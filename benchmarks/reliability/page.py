"""The document: every fault and its outcome, the same whenever all is as it should be."""

import re
from collections.abc import Mapping
from typing import Final

from benchmarks.reliability.faults import (
    ANSWERS,
    AROUND,
    CASES,
    LYING,
    QUOTES,
    SOURCE,
    STREAM,
    TRANSPORT,
    Case,
)
from benchmarks.reliability.watch import Seen

FRAME: Final = 1 / 30
REQUESTS: Final = 45
"""Requests a minute that a source may send while its service is ill."""
CHARTS: Final = 125
"""The same where each symbol is a request of its own: the budget of calls, and an opening."""
UNKNOWABLE: Final = "exchanged"
"""The lie whose figures fit one another: base price, limits and price are of one other name."""
OPENED: Final = 14
"""Streams opened a minute."""

_TITLES: Final = {
    TRANSPORT: "Below the answer",
    ANSWERS: "Answers",
    QUOTES: "Figures in the answers",
    STREAM: "The stream",
    LYING: "Lies",
    SOURCE: "The source itself",
    AROUND: "Around the program",
}
_SAYS: Final = {
    TRANSPORT: "Each of `Fault`, and a service that is not there.",
    ANSWERS: "The service answers, but not what was asked.",
    QUOTES: "The form is right and the figures are not.",
    STREAM: "The WebSocket, while the service is polled as well.",
    LYING: "Each of `LIES`: a third of what a source delivers is spoiled, whatever its protocol.",
    SOURCE: "What a source's own code does.",
    AROUND: "The computer, its network and its clock.",
}
_ABOUT: Final = f"""\
# Reliability

What the program does about everything that can go wrong with a source, found out by running it:
the feed, the model and the screen, on a clock that runs fast, against a service on the loopback
address. `python -m benchmarks reliability` makes this page, and prints what it measured;
`--only NAME` tries one fault, `--list` names them. `python -m benchmarks soak --minutes 60` runs
the program under heavy traffic with faults chosen by chance, and tells what it holds at the start
and at the end.

Of every fault it is found out whether

- the screen keeps up with 30 frames a second: no callback of its thread takes longer than a frame,
  in processor time of its own and in waiting for other threads of the program; the waits for a
  processor that other programs had are the machine's, and printed beside it, and so is what it
  takes to lay out the pane of sources when it is opened, which is the reader's doing;
- no price outside the day's limits, and none older than the one held, is shown without a flag;
  where the service's true prices are known for every instant, no false one at all;
- what stands on the screen is what is held, with its flag;
- data older than they should be bear their age in the header;
- the pane of sources (`p`) has the words of the failure;
- no more than {REQUESTS} requests a minute are sent while it lasts, and no more than the budget of
  120 where charts stand in, each a request of its own; no more than {OPENED} streams are opened a
  minute;
- everything is well again by itself within four minutes of the end, or fifteen where charts stand
  in.

“Held” means that all of them hold; a stall is looked at up to three times, for a busy machine
stalls whatever runs on it. A false price within the limits, with a base price and a time that fit,
cannot be told from a true one by a single source, so what “exchanged” shows lies inside the limits
of the base price it brings; two sources in a chain can tell (see `docs/architecture.md`). A clock
that is up to ten minutes ahead holds back the true quotes that follow until their time has come.
"""


def problems(case: Case, seen: Seen) -> list[str]:
    """What is not as it should be."""
    bound = CHARTS if case.charts else REQUESTS
    known = case.part not in {LYING, SOURCE} and not case.name.startswith("clock skew")
    checks = (
        (seen.stall > FRAME, f"stall of {seen.stall * 1000:.0f} ms"),
        (seen.outside > 0 and case.name != UNKNOWABLE, f"{seen.outside} outside the limits"),
        (seen.older > 0, f"{seen.older} older than held"),
        (known and seen.untrue > 0, f"{seen.untrue} untrue"),
        (seen.unshown > 0, f"{seen.unshown} not on the screen as held"),
        (seen.ageless > 0, f"no age on old data at {seen.ageless} of {seen.looks} looks"),
        (seen.unsaid, "the pane lacks the words"),
        (seen.requests > bound, f"{seen.requests:.0f} requests a minute"),
        (seen.opened > OPENED, f"{seen.opened:.0f} streams a minute"),
        (seen.recovered is None, "does not recover"),
        (case.lasting and not seen.words and not seen.old, "nobody is told"),
    )
    return [words for wrong, words in checks if wrong]


def page(seen: Mapping[str, Seen]) -> str:
    """The document.

    Args:
        seen: What was seen of every fault.
    """
    parts = [_ABOUT]
    for part, title in _TITLES.items():
        parts.append(f"## {title}\n\n{_SAYS[part]}\n")
        rows = ["| fault | what is done | the health says | the screen shows | outcome |",
                "|---|---|---|---|---|"]  # fmt: skip
        rows += [_row(case, seen[name]) for name, case in CASES.items() if case.part == part]
        parts.append("\n".join(rows) + "\n")
    return "\n".join(parts)


def renewed(text: str, seen: Mapping[str, Seen]) -> str:
    """The document with other rows for some faults.

    Args:
        text: The document.
        seen: What was seen of these faults.
    """
    fresh = {f"| {name} | {CASES[name].does} |": _row(CASES[name], each)
             for name, each in seen.items()}  # fmt: skip
    lines = text.splitlines()
    for head, row in fresh.items():
        lines = [row if line.startswith(head) else line for line in lines]
    return "\n".join(lines) + "\n"


def _row(case: Case, seen: Seen) -> str:
    wrong = problems(case, seen)
    outcome = "held" if not wrong else "**not held**: " + _without_numbers("; ".join(wrong))
    cells = (case.name, case.does, _health(case, seen), _screen(case, seen), outcome)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


_STEADY: Final = ("LIVE", "DELAYED", "STALE", "RETRYING", "FAILED", "NOT ANSWERING")


def _health(case: Case, seen: Seen) -> str:
    states = [state for state in _STEADY if state in seen.states]
    if case.lasting and len(states) > 1 and "LIVE" in states:
        states.remove("LIVE")
    state = ", ".join(states)
    if not seen.words:
        return f"{state}; nothing to tell" if not seen.old else state
    words = min(seen.words.most_common(), key=lambda pair: (-pair[1], pair[0]))[0]
    return f"{state}: {general(words)}"


def _screen(case: Case, seen: Seen) -> str:
    if seen.went_on:
        prices = "prices go on"
    elif case.lasting:
        prices = "the last good prices"
    else:
        prices = "prices as they come"
    parts = [prices]
    if seen.flagged:
        parts.append("what is doubtful is held back and marked")
    if seen.old:
        parts.append("their age in the header")
    return "; ".join(parts)


_GENERAL: Final = (
    (re.compile(r"\b[0-9A-Z^]{2,6}(\.T|=X)\b"), "7203.T"),
    (re.compile(r"(?<=7203\.T )(bid |ask |open |high |low |vwap |base )?[-−\d.,e+]+ from"),
     "PRICE from"),
    (re.compile(r"\bat \d\d:\d\d"), "at HH:MM"),
    (re.compile(r"limits [\d.,]+–[\d.,]+"), "limits LOW–HIGH"),
    (re.compile(r"^[\d,]+ quotes"), "N quotes"),
    (re.compile(r"(in|within) [\d.]+ s\b"), r"\1 N s"),
    (re.compile(r"for \d+ [smhd]\b"), "for a while"),
    (re.compile(r" and [\d,]+ more"), " and more"),
)  # fmt: skip


def general(words: str) -> str:
    """Words without what differs from run to run."""
    for pattern, text in _GENERAL:
        words = pattern.sub(text, words)
    return words


def _without_numbers(words: str) -> str:
    return re.sub(r"\d+", "N", words)
