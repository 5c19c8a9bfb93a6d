"""One line that says what stands below it."""

from collections.abc import Sequence

from rich.cells import cell_len

from widgets.line import Line
from widgets.lines import LineView


class Caption(LineView):
    """A line of text in the fullest of its forms that fits."""

    DEFAULT_CSS = """
    Caption { height: 1; }
    """

    _forms: Sequence[str] = ("",)

    def show(self, *forms: str) -> None:
        """Say something else.

        Args:
            forms: The text, the fullest form first; the last is cut where it does not fit.
        """
        if forms != self._forms:
            self._forms = forms
            self.rebuild()

    def build(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - always one line
        """One line."""
        text = next((form for form in self._forms if cell_len(form) < width), self._forms[-1])
        return [Line(width).add(f" {text}", self.tone("title"))]
