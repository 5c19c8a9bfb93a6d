"""One name: prices, limits, the day's path, contribution, and the catalysts that name it."""

import time
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.commands.bindings import bindings
from tui.present.japanese import label, said
from tui.present.monitor import Monitor
from tui.present.path_cursor import PathCursor
from tui.screens.story import StoryScreen
from widgets.day_path import DayPath
from widgets.fact_grid import FactGrid
from widgets.header_bar import HeaderBar
from widgets.key_bar import KeyBar
from widgets.painting import PartsScreen

_INTERVAL = 0.25
_CLICKED = {
    "Esc": "back",
    "j k": "move(1)",
    "h l": "side(1)",
    "@": "since",
    "?": "app.help",
}


_KEYS = (
    ("Esc", "back"),
    ("j k", "next name"),
    ("h l", "time"),
    ("@", "measure since"),
    ("?", "help"),
)


class DetailScreen(PartsScreen[None]):
    """The detail of one instrument, running.

    Args:
        monitor: The model behind the screens.
        symbol: The instrument.
        among: The instruments to page through, in the order of the table it was opened from.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings("detail"))
    AUTO_FOCUS = ""

    def __init__(self, monitor: Monitor, symbol: str, among: Sequence[str] = ()) -> None:
        super().__init__()
        self._monitor = monitor
        self._symbol = symbol
        self._among = list(among)
        self._keys: list[str] = []
        self._texts: tuple[str, ...] = ()
        self._cursor = PathCursor(monitor.market)

    def compose(self) -> ComposeResult:
        """From the price down to the reasons."""
        yield HeaderBar()
        with Vertical(id="detail"):
            yield Static(id="detail-title", markup=False)
            yield Static(id="detail-price", markup=False)
            yield DayPath()
            yield FactGrid()
            yield OptionList(id="detail-catalysts", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show, and go on showing."""
        language = self._monitor.language
        self.query_one(KeyBar).show([(key, label(about, language)) for key, about in _KEYS])
        self._monitor.look_at(self._symbol)
        self._show()
        self.set_interval(_INTERVAL, self._show)

    def _show(self) -> None:
        monitor = self._monitor
        monitor.take(time.monotonic())
        self.query_one(HeaderBar).show(monitor.header())
        view = monitor.detail(self._symbol)
        texts = (view.title, view.subtitle, view.price, view.tone)
        if texts != self._texts:
            self._texts = texts
            title = Content.assemble((view.title, "bold"), "\n", (view.subtitle, "dim"))
            self.query_one("#detail-title", Static).update(title)
            price = self.query_one("#detail-price", Static)
            price.set_classes(f"tone-{view.tone}")
            price.update(Content(view.price))
        self.query_one(DayPath).show(self._cursor.shown(view.path, self._symbol))
        self.query_one(FactGrid).show(view.facts, said("… {} more", monitor.language))
        keys = [key for key, _ in view.catalysts]
        if keys != self._keys:
            self._keys = keys
            options = self.query_one("#detail-catalysts", OptionList)
            options.clear_options()
            options.add_options(Option(Content(text), id=key) for key, text in view.catalysts)
            options.display = bool(keys)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the story."""
        if event.option_id:
            self.app.push_screen(StoryScreen(self._monitor, event.option_id))

    async def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """A click on the footer is a press of its key."""
        await self.run_action(_CLICKED[event.key])

    def action_move(self, step: int) -> None:
        """Look at the next name of the table; at the first, where this one is not in it."""
        among = self._among
        if self._symbol in among:
            place = among.index(self._symbol) + step
            self._go(among[min(max(place, 0), len(among) - 1)])
        elif among:
            self._go(among[0])

    def action_move_end(self, direction: int) -> None:
        """Look at the first or the last name of the table."""
        if self._among:
            self._go(self._among[-1 if direction > 0 else 0])

    def action_move_page(self, pages: float) -> None:
        """Look ten names on."""
        self.action_move(10 if pages > 0 else -10)

    def action_side(self, step: int) -> None:
        """Move along the day's path, by minutes."""
        self._cursor.step(step, self._monitor.now())
        self._show()

    def on_day_path_pointed(self, event: DayPath.Pointed) -> None:
        """A click on the day's path goes there."""
        event.stop()
        self._cursor.point(event.share, self._monitor.now())
        self._show()

    def action_since(self) -> None:
        """Measure the views since the cursor's time; without a cursor, since now."""
        problem = self._monitor.measure_since(self._cursor.time)
        words = self._monitor.window_words()
        self.notify(problem or f"The views measure {words} now.", timeout=4, markup=False)

    def _go(self, symbol: str) -> None:
        self._symbol = symbol
        self._show()

    def action_command_line(self) -> None:
        """The command line stands on the main screen."""
        self.dismiss()
        main = self.app.screen_stack[0]
        main.call_later(main.run_action, "command_line")

    def action_back(self) -> None:
        """Off the day's path, or back to the table."""
        if self._cursor.leave():
            self._show()
        else:
            self.dismiss()
