import gc
from collections.abc import Iterator

import pytest

from tui.garbage import NEVER, Garbage, by_hand


class Ring:
    """Something that only a collection frees."""

    freed = 0

    def __init__(self) -> None:
        self.own = self

    def __del__(self) -> None:
        type(self).freed += 1


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    Ring.freed = 0
    gc.collect()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def come_due() -> None:
    for _ in range(8):
        gc.collect(1)


def test_by_hand_leaves_the_young_to_python() -> None:
    young, middle, _ = gc.get_threshold()
    by_hand()
    assert gc.get_threshold() == (young, middle, NEVER)


def test_nothing_is_done_where_python_collects_by_itself() -> None:
    Ring()
    come_due()
    frozen = gc.get_freeze_count()
    Garbage(0.0).look(10_000.0, settled=True, idle=True)
    assert gc.get_freeze_count() == frozen


def test_it_waits_until_enough_has_come_and_then_collects() -> None:
    by_hand()
    garbage = Garbage(0.0)
    ring = Ring()
    come_due()
    del ring
    Ring.freed = 0
    gc.collect(1)
    assert Ring.freed == 0, "it had proved to stay, so only a full collection finds it"
    garbage.look(1.0, settled=False, idle=False)
    assert Ring.freed == 1
    assert gc.get_count()[2] == 0


def test_what_stays_is_not_looked_through_again_until_nothing_changes_for_long() -> None:
    by_hand()
    garbage = Garbage(0.0)
    ring = Ring()
    come_due()
    garbage.look(1.0, settled=True, idle=False)
    del ring
    come_due()
    garbage.look(2.0, settled=True, idle=True)
    assert Ring.freed == 0
    garbage.look(4_000.0, settled=True, idle=False)
    garbage.look(4_000.0, settled=False, idle=True)
    assert Ring.freed == 0
    garbage.look(4_001.0, settled=True, idle=True)
    assert Ring.freed == 1


def test_what_other_sources_leave_behind_is_looked_for_once_no_dialog_is_open() -> None:
    by_hand()
    garbage = Garbage(0.0)
    ring = Ring()
    come_due()
    garbage.look(1.0, settled=True, idle=False, stands_on=("replay",))
    assert gc.get_freeze_count() > 0, "the first sources are no others"
    del ring
    garbage.look(2.0, settled=True, idle=False, stands_on=("replay",))
    garbage.look(3.0, settled=False, idle=False, stands_on=("yahoo",))
    assert Ring.freed == 0
    garbage.look(4.0, settled=True, idle=False, stands_on=("yahoo",))
    assert Ring.freed == 1


def test_an_open_screen_is_not_held_for_good() -> None:
    by_hand()
    garbage = Garbage(0.0)
    ring = Ring()
    come_due()
    garbage.look(1.0, settled=False, idle=False)
    del ring
    come_due()
    garbage.look(2.0, settled=True, idle=False)
    assert Ring.freed == 1
