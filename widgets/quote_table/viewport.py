"""Which part of the order is on screen, and where the cursor stands in it."""

from dataclasses import dataclass


@dataclass(slots=True)
class Viewport:
    """A window of `height` lines over `count` rows, with a cursor.

    Attributes:
        count: Rows in the order.
        height: Lines on screen; may be 0.
        top: The position of the row on the first line.
        cursor: The position of the cursor's row; -1 where there are no rows. The wheel may leave
            it outside the window.
    """

    count: int = 0
    height: int = 0
    top: int = 0
    cursor: int = -1

    @property
    def last_top(self) -> int:
        """The greatest `top`: the last row is then on the last line."""
        return max(0, self.count - self.height)

    @property
    def cursor_visible(self) -> bool:
        """Whether the cursor's row is in the window."""
        return 0 <= self.cursor - self.top < self.height

    def resize(self, height: int) -> None:
        """Change the number of lines; a cursor that was in sight stays in sight."""
        seen = self.cursor_visible or not self.height
        self.height = max(0, height)
        self.scroll_to(self.top)
        if seen:
            self.reveal()

    def scroll_to(self, top: int) -> None:
        """Move the window alone."""
        self.top = max(0, min(top, self.last_top))

    def move_to(self, position: int) -> None:
        """Put the cursor on a row and bring it into sight with the least scrolling."""
        self.cursor = max(0, min(position, self.count - 1)) if self.count else -1
        self.reveal()

    def rest(self, count: int) -> None:
        """Keep the cursor on the head of the order; one out of sight does not move the window.

        Args:
            count: Rows there are now.
        """
        seen = self.cursor_visible or self.cursor < 0 or not self.height
        self.count = count
        self.cursor = 0 if count else -1
        if seen:
            self.reveal()
        else:
            self.scroll_to(self.top)

    def leap(self, delta: int) -> None:
        """Move cursor and window together, so that the cursor keeps its line where it can."""
        self.scroll_to(self.top + delta)
        self.move_to(self.cursor + delta)

    def reveal(self) -> None:
        """Bring the cursor into sight with the least scrolling."""
        if self.cursor < self.top:
            self.top = self.cursor
        elif self.height and self.cursor >= self.top + self.height:
            self.top = self.cursor - self.height + 1
        self.scroll_to(self.top)

    def follow(self, count: int, position: int) -> None:
        """Keep the cursor on its row after the order has changed.

        A cursor in sight keeps its line on the screen, except that a window at the very top stays
        there while the cursor's row is still within it: who watches the head of the order sees
        the head. A cursor out of sight does not move the window.

        Args:
            count: Rows there are now.
            position: Where the cursor's row is now.
        """
        if self.cursor < 0:
            self.count = count
            self.move_to(position)
            return
        seen, line = self.cursor_visible, self.cursor - self.top
        self.count = count
        self.cursor = max(0, min(position, count - 1)) if count else -1
        if seen and not (self.top == 0 and self.cursor < self.height):
            self.top = self.cursor - line
        self.scroll_to(self.top)

    def thumb(self) -> range:
        """The lines of the position mark; empty where every row is on screen."""
        if self.count <= self.height or self.height <= 0:
            return range(0)
        length = max(1, self.height * self.height // self.count)
        start = round(self.top * (self.height - length) / self.last_top)
        return range(start, start + length)

    def top_for_thumb(self, line: int) -> int:
        """The `top` that puts the middle of the position mark on a line."""
        length = len(self.thumb())
        room = self.height - length
        return round((line - length // 2) * self.last_top / room) if length and room else 0
