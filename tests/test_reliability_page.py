"""The page of faults names every fault that there is to play, and no figure was false in any."""

from pathlib import Path

import pytest

from tui.providers.conformance import LIES, Fault

PAGE = Path(__file__).parent.parent / "docs" / "reliability.md"


def named(title: str) -> list[str]:
    """The faults in the table of a section."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {title}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    return [row.split(" | ")[0].removeprefix("| ") for row in rows[1:]]


def test_every_way_to_fail_below_the_answer_is_there_and_nothing_else() -> None:
    ways = [fault.value for fault in Fault if fault is not Fault.NONE]
    assert named("Below the answer") == ["refuse", *ways]


def test_every_lie_is_there_and_nothing_else() -> None:
    assert named("Lies") == list(LIES)


@pytest.mark.parametrize("title", ["Answers", "Figures in the answers", "The stream"])
def test_no_fault_stands_twice(title: str) -> None:
    names = named(title)
    assert names
    assert len(names) == len(set(names))


def test_nothing_but_the_machine_s_own_pace_was_not_held() -> None:
    """A stall depends on the machine of the run, and is told; everything else has to hold."""
    rows = [
        line for line in PAGE.read_text(encoding="utf-8").splitlines() if "**not held**" in line
    ]
    reasons = {reason for row in rows for reason in row.split("**not held**: ")[1].split(";")}
    assert {reason.strip(" |") for reason in reasons} <= {"stall of N ms"}
