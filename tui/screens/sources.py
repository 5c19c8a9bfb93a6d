"""Sources: what is installed, how each in use is doing, and which one fills which role."""

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.commands.bindings import bindings
from tui.commands.rebinding import first_key
from tui.commands.registry import COMMANDS, Command
from tui.present.japanese import label, said
from tui.present.monitor import Monitor
from tui.present.sources import RoleRows, SourceRow
from widgets.header_bar import HeaderBar
from widgets.key_bar import KeyBar
from widgets.painting import PartsScreen

_INTERVAL = 1.0
_SOON = 0.1
"""Seconds between two looks until it is known what is installed."""
_TITLE = 15
"""Cells of a title on the narrowest screen; a wider one gives it more."""
_WIDEST_TITLE = 34
_COLUMNS = (("State", 17), ("Delay", 10), ("Age", 6), ("/s", 6), ("Err", 4), ("Held", 4))
_TONES = {"warn": "$warning", "accent": "$zaraba-accent", "muted": "$zaraba-muted"}


class SourcesScreen(PartsScreen[bool]):
    """Every source of every role, those in use with their health.

    Args:
        monitor: The model behind the screens.
    """

    NAME: ClassVar[str] = "sources"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(NAME))
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-tall")]  # noqa: RUF012 - as in the main screen

    def __init__(self, monitor: Monitor) -> None:
        super().__init__()
        self._monitor = monitor
        self._shown: dict[str, Content] = {}
        self._rows: dict[str, SourceRow] = {}
        self._told: Content | None = None
        self._footer: dict[str, Command] = {}

    def compose(self) -> ComposeResult:
        """The sources above, the one under the cursor in full below."""
        yield HeaderBar()
        yield Static(id="sources-head", markup=False)
        yield OptionList(id="sources", markup=False)
        with VerticalScroll(id="source", can_focus=False):
            yield Static(markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show, and go on showing."""
        self._monitor.catalogue.look()
        # What a notice would hide here is what it tells of.
        self.app.clear_notifications()
        rebound = getattr(self.app, "rebound", {})
        keys = []
        for command in COMMANDS:
            if command.footer and self.NAME in command.screens:
                key = first_key(command, rebound)
                self._footer[key] = command
                keys.append((key, label(command.footer, self._monitor.language)))
        self.query_one(KeyBar).show(keys)
        self.query_one(OptionList).focus()
        self._show()
        self.set_interval(_INTERVAL, self._show)
        self._look_soon()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - the signature is Textual's
        """Columns follow the width."""
        self._shown.clear()
        self._show()

    def _look_soon(self) -> None:
        if self._monitor.catalogue.looking:
            self.set_timer(_SOON, self._look_soon)
        self._show()

    # --- showing --------------------------------------------------------------------------

    def _show(self) -> None:
        if not self.is_attached:
            return
        self.query_one(HeaderBar).show(self._monitor.header())
        roles, language = self._monitor.source_rows(), self._monitor.language
        width = max(self.size.width - 4, 20)
        self._rows = {row.key: row for role in roles for row in role.rows}
        lines: dict[str, Content] = {}
        for role in roles:
            lines[f"={role.title}"] = self._headed(role)
            lines |= {row.key: _line(row, width, language) for row in role.rows}
        options = self.query_one(OptionList)
        if list(lines) != list(self._shown):
            self._refill(options, lines)
        else:
            for key, line in lines.items():
                if line != self._shown[key]:
                    options.replace_option_prompt(key, line)
        self._shown = lines
        self.query_one("#sources-head", Static).update(_head(width, language))
        self._tell()

    def _headed(self, role: RoleRows) -> Content:
        chosen = role.rows and self._monitor.is_chosen(role.rows[0].role)
        note = f"  {said(role.how + ('; chosen here' if chosen else ''), self._monitor.language)}"
        return Content.assemble((role.title, "bold $zaraba-accent"), (note, "$zaraba-muted"))

    def _refill(self, options: OptionList, lines: dict[str, Content]) -> None:
        at = options.highlighted_option
        wanted = at.id if at else None
        options.clear_options()
        options.add_options(
            Option(line, id=key, disabled=key not in self._rows) for key, line in lines.items()
        )
        first = next((key for key, row in self._rows.items() if row.mark != "○"), None)
        key = wanted if wanted in lines else first
        if key is not None:
            options.highlighted = options.get_option_index(key)

    def _tell(self) -> None:
        row = self._under_cursor()
        parts: list[tuple[str, str]] = []
        for text, tone in row.told if row else ():
            parts.append((f"{text}\n", _TONES.get(tone, "")))
        told = Content.assemble(*parts)
        if told != self._told:
            self._told = told
            self.query_one("#source Static", Static).update(told)

    def _under_cursor(self) -> SourceRow | None:
        option = self.query_one(OptionList).highlighted_option
        return self._rows.get(str(option.id)) if option else None

    def on_option_list_option_highlighted(self) -> None:
        """Tell of the source under the cursor."""
        self._tell()

    # --- choosing -------------------------------------------------------------------------

    def on_option_list_option_selected(self) -> None:
        """A click on a source, or Enter, uses it."""
        self.action_use()

    async def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """A click on the footer is a press of the key under it."""
        command = self._footer.get(event.key)
        if command is not None:
            await self.run_action(command.action)

    def action_use(self) -> None:
        """Use the source under the cursor alone; news are switched on or off."""
        row = self._usable()
        if row is not None:
            self._done(self._monitor.choose_source(row.role, row.name))

    def action_add(self) -> None:
        """Use the source under the cursor besides those in use."""
        row = self._usable()
        if row is not None:
            self._done(self._monitor.add_source(row.role, row.name))

    def action_delete(self) -> None:
        """Use the source under the cursor no longer."""
        row = self._under_cursor()
        if row is not None:
            self._done(self._monitor.drop_source(row.role, row.name))

    def action_reorder(self, step: int) -> None:
        """Prefer the quote source under the cursor more or less."""
        row = self._under_cursor()
        if row is not None and row.role == "quotes" and self._monitor.move_source(row.name, step):
            self._show()

    def action_as_configured(self) -> None:
        """Let the configuration's word count again for the role under the cursor."""
        row = self._under_cursor()
        if row is not None:
            self._done(self._monitor.as_configured(row.role))

    def _usable(self) -> SourceRow | None:
        row = self._under_cursor()
        if row is not None and not row.usable:
            self.notify(row.told[0][0], severity="warning", markup=False)
            return None
        return row

    def _done(self, what: str) -> None:
        self.notify(f"{what[:1].upper()}{what[1:].rstrip('.')}.", timeout=3, markup=False)
        self._show()

    # --- moving ---------------------------------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Move among the sources."""
        options = self.query_one(OptionList)
        for _ in range(abs(rows)):
            (options.action_cursor_down if rows > 0 else options.action_cursor_up)()

    def action_move_page(self, pages: float) -> None:
        """Move by pages."""
        self.action_move(10 if pages > 0 else -10)

    def action_move_end(self, direction: int) -> None:
        """Move to either end."""
        options = self.query_one(OptionList)
        (options.action_last if direction > 0 else options.action_first)()

    def action_back(self) -> None:
        """Back to the screen beneath."""
        self.dismiss(True)


def _title_width(width: int) -> int:
    taken = 2 + sum(size + 1 for _, size in _COLUMNS)
    return min(max(width - taken, _TITLE), _WIDEST_TITLE)


def _head(width: int, language: str) -> Content:
    """The names of the columns."""
    cells = [set_cell_size(f"  {said('Source', language)}", 2 + _title_width(width))]
    for number, (name, size) in enumerate(_COLUMNS):
        cells.append(_fitted(said(name, language), size, right=number > 1))
    return Content(" ".join(cells)).stylize("$zaraba-muted")


def _line(row: SourceRow, width: int, language: str) -> Content:
    """A source in a line, and what troubles it in a second one."""
    used = row.mark != "○"
    title = _fitted(row.title, _title_width(width))
    state, delay = said(row.state, language), said(row.delay, language)
    age = said(row.age, language)
    texts = (state, delay, age, row.rate, row.errors, row.held)
    tones = (row.tone, "muted", "", "", "warn", "warn")
    parts: list[tuple[str, str]] = [
        (f"{row.mark} ", "$zaraba-accent" if used else "$zaraba-muted"),
        (title, "bold" if used else ""),
    ]
    for number, ((_, size), text, tone) in enumerate(zip(_COLUMNS, texts, tones, strict=True)):
        parts.append((f" {_fitted(text, size, right=number > 1)}", _TONES.get(tone, "")))
    if row.trouble:
        parts.append((f"\n    {_fitted(row.trouble, width - 4)}".rstrip(), _TONES["warn"]))
    return Content.assemble(*parts)


def _fitted(text: str, size: int, *, right: bool = False) -> str:
    if cell_len(text) > size:
        return f"{set_cell_size(text, size - 1)}…"
    return f"{' ' * (size - cell_len(text))}{text}" if right else set_cell_size(text, size)
