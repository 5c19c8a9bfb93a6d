"""Which level a map shows, what stands where on it, and where the cursor is."""

import numpy as np

from widgets.treemap.contracts import Floats, Tiles, TreemapView
from widgets.treemap.plan import Plan, drift, plan_group, plan_market, shares
from widgets.treemap.squarify import Rect

MOST_DRIFT = 0.05
"""A layout stands until so much of the area is in the wrong place."""


class MapState:
    """The view, the level and the cursor; it lays out when that is due, and paints nothing.

    Args:
        view: What there is to show.

    Attributes:
        level: The key of the group shown; None for the market.
    """

    def __init__(self, view: TreemapView) -> None:
        self._view = view
        self.level: str | None = None
        self._key: str | None = None
        self._room = Rect(0, 0, 0, 0)
        self._plan: Plan | None = None
        self._laid: tuple[Floats, Floats] = (np.empty(0), np.empty(0))
        self._anchor = (0, 0)

    @property
    def view(self) -> TreemapView:
        """What is shown."""
        return self._view

    @property
    def key(self) -> str | None:
        """The key under the cursor; None where there is nothing to be on."""
        self._laid_out()
        return self._key

    @property
    def plan(self) -> Plan:
        """What stands where; empty while there is no room."""
        return self._laid_out()

    @property
    def cursor(self) -> int | None:
        """The position of what is under the cursor among the groups, or among the tiles."""
        plan, keys = self.plan, self._things.keys
        position = keys.index(self._key) if self._key in keys else -1
        return position if position in plan.places else None

    def resize(self, room: Rect) -> None:
        """Lay out in another room."""
        if room != self._room:
            self._room = room
            self._plan = None

    def take(self, view: TreemapView) -> bool:
        """Show other figures.

        Returns:
            Whether the layout, or any text but figures, may be another.
        """
        before, self._view = self._view, view
        if self._plan is not None and (_others(before, view) or self._drifted()):
            self._plan = None
        if self.level is not None and self.level not in view.groups.keys:
            self.level, self._key = None, None
        return (
            self._plan is None
            or before.title != view.title
            or before.figure is not view.figure
            or tuple(before.legend) != tuple(view.legend)
            or any(
                _other(*pair, column)
                for pair in ((before.groups, view.groups), (before.tiles, view.tiles))
                for column in ("labels", "titles")
            )
        )

    def step(self, dx: int, dy: int) -> bool:
        """Move the cursor to the neighbour in a direction; whether there is one.

        It keeps the line it came on, so that a step back undoes a step.
        """
        plan, position = self.plan, self.cursor
        if position is None or (not dx and not dy):
            return False
        rect = plan.places[position]
        x = min(max(self._anchor[0], rect.x), rect.right - 1)
        y = min(max(self._anchor[1], rect.y), rect.bottom - 1)
        found: int | None = None
        while found is None or found == position:
            x, y = x + dx, y + dy
            if not plan.room.contains(x, y):
                return False
            found = _at(plan, x, y)
        there = plan.places[found]
        # Along the way it stands in the middle, across it where it was.
        if dx:
            x = there.x + there.width // 2
        if dy:
            y = there.y + there.height // 2
        self._anchor = (x, y)
        self._key = self._things.keys[found]
        return True

    def select(self, key: str) -> bool:
        """Put the cursor on a group or a tile, on the level where it can be; whether it is there.

        Nothing changes where the key is not known, or too small to be shown.
        """
        view = self._view
        if key in view.groups.keys:
            level = None
        elif key in view.tiles.keys:
            level = view.groups.keys[int(view.parents[view.tiles.keys.index(key)])]
        else:
            return False
        held = (self.level, self._key, self._plan, self._anchor)
        if level != self.level:
            self.level, self._plan = level, None
        self._key = key
        self._plan = self._plan or self._lay_out()
        if self._room.area and self.cursor is None:
            self.level, self._key, self._plan, self._anchor = held
            return False
        self._stand()
        return True

    def point(self, x: int, y: int) -> bool:
        """Put the cursor on what stands at a cell; whether anything does."""
        found = _at(self.plan, x, y)
        if found is None:
            return False
        self._key = self._things.keys[found]
        self._anchor = (x, y)
        return True

    def enter(self) -> bool:
        """Show the group under the cursor; whether it has tiles to show."""
        position = self.cursor
        if self.level is not None or position is None:
            return False
        if not plan_group(self._view, position, self._room).places:
            return False
        self.level, self._key, self._plan = self._key, None, None
        return True

    def leave(self) -> bool:
        """Show the market, the cursor on the group that was shown; whether one was."""
        if self.level is None:
            return False
        self.level, self._key, self._plan = None, self.level, None
        return True

    @property
    def _things(self) -> Tiles:
        """What the cursor goes through on this level."""
        return self._view.groups if self.level is None else self._view.tiles

    def _laid_out(self) -> Plan:
        if self._plan is None:
            self._plan = self._lay_out()
            self._settle()
        return self._plan

    def _lay_out(self) -> Plan:
        view = self._view
        self._laid = (shares(view.groups.sizes), shares(view.tiles.sizes))
        if self.level is None:
            return plan_market(view, self._room)
        return plan_group(view, view.groups.keys.index(self.level), self._room)

    def _drifted(self) -> bool:
        now = (self._view.groups.sizes, self._view.tiles.sizes)
        return any(
            drift(before, shares(after)) > MOST_DRIFT
            for before, after in zip(self._laid, now, strict=True)
        )

    def _settle(self) -> None:
        """Have the cursor on something that is there: its key, else its place, else the first."""
        plan, keys = self.plan, self._things.keys
        held = keys.index(self._key) if self._key in keys else -1
        if held not in plan.places:
            found = _at(plan, *self._anchor) if self._key is not None else None
            if found is None:
                found = next(iter(plan.places), None)
            if found is None and not plan.room.area:
                return
            self._key = None if found is None else keys[found]
        self._stand()

    def _stand(self) -> None:
        """Have the line that the cursor moves on run through where it stands."""
        position = self.cursor
        rect = None if position is None else self.plan.places[position]
        if rect is not None and not rect.contains(*self._anchor):
            self._anchor = (rect.x + rect.width // 2, rect.y + rect.height // 2)


def _others(before: TreemapView, after: TreemapView) -> bool:
    """Whether there are other groups or tiles, or tiles in other groups."""
    return (
        _other(before.groups, after.groups, "keys")
        or _other(before.tiles, after.tiles, "keys")
        or (
            before.parents is not after.parents
            and not np.array_equal(before.parents, after.parents)
        )
    )


def _other(before: Tiles, after: Tiles, column: str) -> bool:
    old, new = getattr(before, column), getattr(after, column)
    return old is not new and list(old) != list(new)


def _at(plan: Plan, x: int, y: int) -> int | None:
    """What stands at a cell, of all that the cursor can go to."""
    for position, rect in plan.places.items():
        if rect.contains(x, y):
            return position
    return None
