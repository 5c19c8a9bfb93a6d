"""What the keys do to the live table: move, sort, filter, freeze, columns, only these names."""

from collections.abc import Sequence

import msgspec
from textual.widgets import Input

from tui.commands.line import parse
from tui.present.columns import TEXTS
from tui.present.japanese import either, said
from tui.present.monitor import Monitor
from tui.screens.prompts import FootInput
from widgets.catalyst_pane import CatalystPane
from widgets.cursor_view import CursorView
from widgets.key_bar import KeyBar
from widgets.ladder import Ladder
from widgets.painting import PartsScreen
from widgets.quote_table import QuoteTable


class TableActions(PartsScreen[None]):
    """The table's part of the main screen."""

    monitor: Monitor
    pane: str
    only_key: str | None
    only_name: str
    filter_text: str

    @property
    def table(self) -> QuoteTable:
        """The live table."""
        return self.query_one(QuoteTable)

    def set_title(self) -> None:
        """Say above the table what narrows it or holds it still."""
        raise NotImplementedError

    # --- moving ---------------------------------------------------------------------------

    def _side(self) -> CursorView | None:
        if self.pane == "ladder":
            return self.query_one(Ladder)
        if self.pane == "catalysts":
            return self.query_one(CatalystPane)
        return None

    def action_move(self, rows: int) -> None:
        """Move the cursor of the pane that has the keys."""
        side = self._side()
        if side is None:
            self.table.move(rows)
        else:
            side.move(rows)

    def action_move_end(self, direction: int) -> None:
        """Move to the first row or the last."""
        side = self._side()
        if side is None:
            (self.table.end if direction > 0 else self.table.home)()
        else:
            (side.move_to_end if direction > 0 else side.move_to_start)()

    def action_move_page(self, pages: float) -> None:
        """Move by pages or half pages."""
        side = self._side()
        if side is not None:
            side.move(int(pages * max(2, side.size.height // 2)))
        elif abs(pages) < 1:
            self.table.half_page(1 if pages > 0 else -1)
        else:
            self.table.page(int(pages))

    def action_open(self, text: str = "") -> None:
        """Open the detail of a row or of what was typed, or the story of a catalyst."""
        if text:
            symbol = self.monitor.resolve(text)
            if symbol is None:
                self.notify(f"Nothing is known by “{text}”.", severity="warning", markup=False)
                return
            self._open_detail(symbol)
            return
        side = self._side()
        if isinstance(side, CatalystPane) and side.unexplained_key is not None:
            self._open_detail(side.unexplained_key)
            return
        key = side.key if side is not None else self.table.cursor_key
        if key is None:
            return
        if isinstance(side, CatalystPane):
            from tui.screens.story import StoryScreen

            self.app.push_screen(StoryScreen(self.monitor, key))
        else:
            self._open_detail(key)

    def _open_detail(self, symbol: str) -> None:
        from tui.screens.detail import DetailScreen

        symbols = self.monitor.symbols()
        among = [symbols[row] for row in self.table.order]
        self.app.push_screen(DetailScreen(self.monitor, symbol, among))

    def on_quote_table_chosen(self, event: QuoteTable.Chosen) -> None:
        """A double click opens a row."""
        self._open_detail(event.key)

    def on_cursor_view_chosen(self, event: CursorView.Chosen) -> None:
        """A double click opens a name of the ladder, or a story."""
        del event
        self.action_open()

    # --- order and columns ----------------------------------------------------------------

    def action_sort(self, typed: str = "") -> None:
        """Choose the column to sort by, from a menu where none is named."""
        texts = [text for text in TEXTS if text.key != "day"]
        if typed:
            wanted = typed.casefold()
            for text in texts:
                if wanted in {text.key, text.title.casefold(), text.title_ja}:
                    self._sorted(text.key)
                    return
            names = ", ".join(text.key for text in texts)
            self.notify(f"Columns are {names}.", severity="warning", markup=False)
            return
        from tui.screens.pick import Choice, PickScreen

        language = self.monitor.language
        choices = [
            Choice("", said("list order", language), said("as the list is written", language)),
            *(
                Choice(
                    t.key, either(f"{t.title} · {t.title_ja}", language), said(t.about, language)
                )
                for t in texts
            ),
        ]
        menu = PickScreen(said("Sort by", language), choices, chosen=self.monitor.view().sort)
        self.app.push_screen(menu, self._picked_sort)

    def _picked_sort(self, key: str | None) -> None:
        if key is not None:
            self._sorted(key)

    def _sorted(self, key: str) -> None:
        reverse = key not in {"", "code", "name"}
        self.table.sort_by(key or None, reverse=reverse)
        self._remember_sort(key, reverse=reverse)

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.table.reverse()
        view = self.monitor.view()
        self._remember_sort(view.sort, reverse=not view.reverse)

    def on_quote_table_sorted(self, event: QuoteTable.Sorted) -> None:
        """A click on a heading sorts."""
        self._remember_sort(event.key or "", reverse=event.reverse)

    def _remember_sort(self, key: str, *, reverse: bool) -> None:
        self.monitor.set_view(
            msgspec.structs.replace(self.monitor.view(), sort=key, reverse=reverse)
        )

    def action_freeze(self) -> None:
        """Hold every row in its place, or let the order run."""
        self.table.freeze(not self.table.frozen)
        self.set_title()

    def action_columns(self) -> None:
        """Choose columns and their order."""
        from tui.screens.columns import ColumnsScreen

        self.app.push_screen(
            ColumnsScreen(TEXTS, self.monitor.view().columns, self.monitor.language),
            self._columns_chosen,
        )

    def _columns_chosen(self, keys: list[str] | None) -> None:
        if keys:
            self.monitor.set_view(msgspec.structs.replace(self.monitor.view(), columns=keys))
            self.table.set_columns(self.monitor.columns())

    # --- what is shown --------------------------------------------------------------------

    def action_only(self) -> None:
        """Show only the names of the selected catalyst; again, all."""
        if self.only_key is not None:
            self.show_only(None)
            return
        self.show_only(self.query_one(CatalystPane).key)

    def show_only(self, key: str | None) -> None:
        """Show only one catalyst's names, or all.

        Names that are not in the list shown are looked up in the lists that hold them.
        """
        symbols = self.monitor.catalyst_symbols(key) if key else ()
        if key and not symbols:
            self.notify("This catalyst names no instruments.", timeout=3)
            return
        self.only_key = key if symbols else None
        self.only_name = said("a catalyst's names", self.monitor.language)
        self._show_only(symbols)

    def show_group(self, symbols: Sequence[str], name: str) -> None:
        """Show only the names of a sector, a size or a basket."""
        self.only_key, self.only_name = f"group:{name}", name
        self._show_only(symbols)

    def _show_only(self, symbols: Sequence[str]) -> None:
        self.monitor.show_only(symbols)
        self.show_rows()
        self.set_title()

    def show_rows(self) -> None:
        """Hand the table its rows anew."""
        raise NotImplementedError

    def action_mark(self, typed: str = "") -> None:
        """Mark the row, or unmark it, and go on to the next; or the names typed; ``none`` unmarks.

        What the marked ones made of both indices together stands below the table.
        """
        marks = self.monitor.marks
        if typed.strip().casefold() in {"none", "off"}:
            marks.clear()
        elif typed:
            found = {word: self.monitor.resolve(word) for word in typed.replace(",", " ").split()}
            unknown = [word for word, symbol in found.items() if symbol is None]
            if unknown:
                told = ", ".join(f"“{word}”" for word in unknown)
                self.notify(f"Nothing is known by {told}.", severity="warning", markup=False)
            marks.toggle(symbol for symbol in found.values() if symbol is not None)
        else:
            side = self._side()
            key = side.key if side is not None else self.table.cursor_key
            if isinstance(side, CatalystPane):
                key = side.unexplained_key
            if key is None:
                return
            marks.toggle((key,))
            self.action_move(1)
        self.tell_selection()

    def tell_selection(self) -> None:
        """Show which names are marked, and what they made together."""
        raise NotImplementedError

    def action_filter(self, text: str = "") -> None:
        """Filter as you type."""
        if text:
            self.show_filtered(text)
        else:
            self._ask("filter", self.filter_text)

    def show_filtered(self, text: str) -> None:
        """Show only rows whose code or name holds a text; all for an empty one."""
        self.filter_text = text
        self.table.filter(text)
        self.set_title()

    def action_command_line(self) -> None:
        """Type a command, a code, or a name."""
        self._ask("command", "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the field at the foot every key is a letter."""
        if isinstance(self.focused, FootInput):
            return False
        return super().check_action(action, parameters)

    def _ask(self, purpose: str, value: str) -> None:
        foot = self.query_one(FootInput)
        foot.ask(purpose, value)
        foot.placeholder = said(foot.placeholder, self.monitor.language)
        self.query_one(KeyBar).add_class("-hidden")

    def on_input_changed(self, event: Input.Changed) -> None:
        """The filter works as it is typed."""
        foot = self.query_one(FootInput)
        if event.input is foot and foot.purpose == "filter" and foot.has_focus:
            self.show_filtered(event.value)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter, or carry out the command."""
        foot = self.query_one(FootInput)
        if event.input is not foot:
            return
        purpose, text = foot.purpose, event.value
        self._leave_foot()
        if purpose == "command" and text.strip(" :"):
            await self._carry_out(text)

    def on_foot_input_left(self) -> None:
        """Leave the field; a filter being typed is cleared."""
        if self.query_one(FootInput).purpose == "filter":
            self.show_filtered("")
        self._leave_foot()

    def _leave_foot(self) -> None:
        self.query_one(FootInput).leave()
        self.query_one(KeyBar).remove_class("-hidden")
        self.set_focus(self.query_one(f"#{self.pane}"))

    async def _carry_out(self, text: str) -> None:
        typed = parse(text)
        if typed.command is None:
            self.action_open(typed.argument)
            return
        command = typed.command
        name = command.action.partition("(")[0]
        action = f"{name}({typed.argument!r})" if typed.argument and command.argument else None
        target = self.app if "app" in command.screens else self
        await self.app.run_action(action or command.action, default_namespace=target)

    async def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """A click on the footer is a press of its key."""
        await self.run_shown_key(event.key)

    async def run_shown_key(self, shown: str) -> None:
        """Carry out the command whose key is printed so."""
        raise NotImplementedError
