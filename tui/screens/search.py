"""Search an instrument by code or name, in any usual writing."""

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from tui.present.detail import SearchHit
from tui.present.finding import Answer
from tui.present.japanese import said
from tui.present.monitor import Monitor

_HINT = "code, English or Japanese name, kana"
_NOTHING = "Nothing is known by that."
_PAUSE = 0.3
"""Seconds for which nothing more is typed until a source is asked."""


class SearchScreen(ModalScreen[str | None]):
    """A field above the instruments that match; dismissed with a symbol, or None.

    Args:
        monitor: The model behind the screens.
        title: What the search is for.
        text: What stands in the field to begin with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Close", tooltip="Close without choosing."),
        Binding("down,ctrl+n", "step(1)", "Down", show=False, priority=True),
        Binding("up,ctrl+p", "step(-1)", "Up", show=False, priority=True),
    ]

    def __init__(self, monitor: Monitor, title: str, text: str = "") -> None:
        super().__init__()
        self._monitor = monitor
        self._title = title
        self._text = text
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """The field and the matches."""
        with Vertical(classes="dialog"):
            yield Label(Content(self._title), classes="dialog-title")
            yield Input(self._text, placeholder=said(_HINT, self._monitor.language), max_length=100)
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        """Begin with what stands in the field."""
        self._search(self._text)
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as it is typed."""
        event.stop()
        self._search(event.value)

    def _search(self, text: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        self._text = text
        language = self._monitor.language
        found = self._monitor.finder.known(text, language) if text.strip() else []
        options.add_options(map(_option, found))
        options.highlighted = 0 if found else None
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        source = self._monitor.finder.source(text)
        if source:
            self._pause = self.set_timer(_PAUSE, self._ask)
            asking = f"{source} に照会中…" if language == "ja" else f"asking {source}…"
            self._tell(asking)
        elif text.strip() and not found:
            self._tell(said(_NOTHING, language))

    def _ask(self) -> None:
        """Ask the source for what has stood in the field for a moment."""
        text, loop = self._text, asyncio.get_running_loop()

        def answered(answer: Answer) -> None:
            # The program may have ended meanwhile.
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._answered, text, answer)

        self._monitor.finder.ask(text, self._monitor.language, answered)

    def _answered(self, text: str, answer: Answer) -> None:
        if not self.is_attached or text != self._text:
            return
        options = self.query_one(OptionList)
        at = options.highlighted
        last = options.option_count - 1
        if last >= 0 and options.get_option_at_index(last).id is None:
            options.remove_option_at_index(last)
        options.add_options(map(_option, answer.hits))
        if answer.failure:
            self._tell(answer.failure)
        elif not options.option_count:
            self._tell(said(_NOTHING, self._monitor.language))
        if at is None and answer.hits:
            at = 0
        options.highlighted = at

    def _tell(self, words: str) -> None:
        """Say something on a last line that cannot be chosen."""
        self.query_one(OptionList).add_option(Option(Content(words), disabled=True))

    def _take(self, symbol: str | None) -> None:
        if symbol is not None and (failure := self._monitor.finder.take(symbol)):
            self.notify(failure, severity="warning", markup=False)
        self.dismiss(symbol)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the match under the cursor."""
        event.stop()
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self._take(options.get_option_at_index(options.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """So does a click."""
        event.stop()
        self._take(event.option_id)

    def action_step(self, step: int) -> None:
        """Move among the matches while the field keeps the keys."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if step > 0 else options.action_cursor_up)()

    def action_cancel(self) -> None:
        """Leave without choosing."""
        self.dismiss(None)


def _option(hit: SearchHit) -> Option:
    line = Content.assemble(f"{hit.code:<6}", hit.name, "  ", (hit.note, "dim"))
    return Option(line, id=hit.symbol)
