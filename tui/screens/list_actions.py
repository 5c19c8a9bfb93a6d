"""What the keys do to the lists: choose, add, delete, undo, reorder, create, rename, remove."""

from pathlib import Path

from tui.errors import WatchlistError
from tui.present.japanese import said
from tui.screens.table_actions import TableActions
from widgets.list_tabs import ListTabs
from widgets.quote_table import QuoteTable

_NEW, _RENAME, _REMOVE, _IMPORT = "+new", "+rename", "+remove", "+import"
_MINE = "Mine"


class ListActions(TableActions):
    """The lists' part of the main screen."""

    # --- showing --------------------------------------------------------------------------

    def show_list(self) -> None:
        """Show the chosen list: tabs, columns, order, rows."""
        monitor = self.monitor
        names = monitor.lists.names()
        titles = [monitor.lists.title(name, monitor.language) for name in names]
        self.query_one(ListTabs).show(titles, names.index(monitor.list_name))
        view = monitor.view()
        table = self.query_one(QuoteTable)
        table.set_columns(monitor.columns())
        wanted = (view.sort or None, view.reverse)
        if table.sort != wanted:
            table.sort_by(*wanted)
        self.show_rows()

    def show_rows(self) -> None:
        """Hand the table its rows anew; cursor and scroll stay with their symbols."""
        import time

        table = self.query_one(QuoteTable)
        table.show(self.monitor.table(time.monotonic()))
        language = self.monitor.language
        none = said("No name matches. Esc shows all.", language)
        empty = said("No names here yet: press a to add one.", language)
        table.empty_text = none if self.monitor.symbols() else empty
        table.no_match_text = none
        self.set_title()

    def action_list(self, number: int | str) -> None:
        """Show a list by number, or by name as typed."""
        names = self.monitor.lists.names()
        if isinstance(number, int):
            if number <= len(names):
                self._choose(names[number - 1])
            return
        wanted = number.casefold()
        found = [name for name in names if name.casefold().startswith(wanted)]
        found += [name for name in names if f" {wanted}" in name.casefold()]
        if found:
            self._choose(found[0])
        else:
            self.notify(f"There is no list “{number}”.", severity="warning", markup=False)

    def action_list_step(self, step: int) -> None:
        """Show the list to the left or right."""
        names = self.monitor.lists.names()
        self._choose(names[(names.index(self.monitor.list_name) + step) % len(names)])

    def on_list_tabs_chosen(self, event: ListTabs.Chosen) -> None:
        """A click on a tab shows its list."""
        self.action_list(event.index + 1)

    def _choose(self, name: str) -> None:
        self.only_key = None
        self.monitor.show_list(name)
        self.show_filtered("")
        self.show_list()

    def poll_lists(self) -> None:
        """Take up an edit made outside, and say what had to be said about the file."""
        if self.monitor.lists.poll():
            self.monitor.lists_changed()
            self.show_list()
        for notice in self.monitor.lists.take_notices():
            self.notify(notice, severity="warning", timeout=10, markup=False)

    # --- changing -------------------------------------------------------------------------

    def _change(self, done: str = "") -> None:
        self.monitor.lists_changed()
        self.show_list()
        if done:
            self.notify(done, timeout=3, markup=False)

    def _failed(self, error: WatchlistError) -> None:
        self.notify(str(error), severity="warning", timeout=8, markup=False)

    def _own(self, doing: str) -> str | None:
        """The list shown, if it is the user's; otherwise says what to do."""
        name = self.monitor.list_name
        if self.monitor.lists.builtin(name):
            self.notify(
                f"{name} is built in, so nothing can be {doing}. Press a to add to a list of "
                "your own, l to create one.",
                timeout=5,
                markup=False,
            )
            return None
        return name

    def action_add(self, text: str = "") -> None:
        """Search an instrument and add it to the list shown, or to “Mine” on a built-in one."""
        from tui.screens.search import SearchScreen

        name = self.monitor.list_name
        target = _MINE if self.monitor.lists.builtin(name) else name
        cursor = self.query_one(QuoteTable).cursor_key
        begin = text or (self.monitor.code(cursor) if target is not name and cursor else "")

        def chosen(symbol: str | None) -> None:
            if symbol is None:
                return
            try:
                if target not in self.monitor.lists.names():
                    self.monitor.lists.create(target)
                self.monitor.lists.add(target, symbol)
            except WatchlistError as error:
                self._failed(error)
                return
            self._change(f"{self.monitor.code(symbol)} added to {target}.")

        title = said(f"Add to {target}", self.monitor.language)
        self.app.push_screen(SearchScreen(self.monitor, title, begin), chosen)

    def action_delete(self) -> None:
        """Take the row out of the user's list."""
        name, symbol = self._own("deleted"), self.query_one(QuoteTable).cursor_key
        if name is None or symbol is None:
            return
        try:
            self.monitor.lists.delete(name, symbol)
        except WatchlistError as error:
            self._failed(error)
            return
        self._change(f"{self.monitor.code(symbol)} taken out of {name}; u brings it back.")

    def action_undo(self) -> None:
        """Take back the last change to the lists."""
        try:
            undone = self.monitor.lists.undo()
        except WatchlistError as error:
            self._failed(error)
            return
        self._change(f"Undone: {undone}." if undone else "Nothing to undo.")

    def action_reorder(self, step: int) -> None:
        """Move the row up or down in the user's list."""
        name, symbol = self._own("moved"), self.query_one(QuoteTable).cursor_key
        if name is None or symbol is None:
            return
        if self.monitor.view().sort:
            self.notify("Rows can be moved in list order only: s, then list order.", timeout=4)
            return
        try:
            self.monitor.lists.reorder(name, symbol, step)
        except WatchlistError as error:
            self._failed(error)
            return
        self._change()

    # --- the menu -------------------------------------------------------------------------

    def action_lists(self, name: str = "") -> None:
        """Choose, create, rename, remove or import a list."""
        if name:
            self.action_list(name)
            return
        from tui.screens.pick import Choice, PickScreen

        lists, shown = self.monitor.lists, self.monitor.list_name
        language = self.monitor.language
        choices = [
            Choice(each, lists.title(each, language), f"{len(lists.symbols(each))} names"
                   + (", built in" if lists.builtin(each) else ""))
            for each in lists.names()
        ]  # fmt: skip
        choices.append(Choice(_NEW, "New list…"))
        if not lists.builtin(shown):
            choices += [
                Choice(_RENAME, f"Rename {shown}…"),
                Choice(_REMOVE, f"Remove {shown}", "u brings it back"),
            ]
        choices.append(Choice(_IMPORT, "Import a list from a file…", "codes, one a line, or CSV"))
        choices = [
            Choice(each.key, said(each.text, language), said(each.note, language))
            for each in choices
        ]
        menu = PickScreen(said("Lists", language), choices, chosen=shown)
        self.app.push_screen(menu, self._menu_chosen)

    def _menu_chosen(self, key: str | None) -> None:
        if key is None:
            return
        from tui.screens.pick import AskScreen

        shown, language = self.monitor.list_name, self.monitor.language
        if key == _NEW:
            self.app.push_screen(AskScreen(said("Name of the new list", language)), self._create)
        elif key == _RENAME:
            title = said(f"New name of {shown}", language)
            self.app.push_screen(AskScreen(title, value=shown), self._rename)
        elif key == _IMPORT:
            title = said("File to import", language)
            self.app.push_screen(AskScreen(title, placeholder="~/codes.csv"), self._load)
        elif key == _REMOVE:
            self._remove(shown)
        else:
            self._choose(key)

    def _create(self, name: str | None) -> None:
        if name is None:
            return
        try:
            self.monitor.lists.create(name)
        except WatchlistError as error:
            self._failed(error)
            return
        self.monitor.show_list(name)
        self._change()

    def _rename(self, name: str | None) -> None:
        if name is None:
            return
        try:
            self.monitor.rename_list(name)
        except WatchlistError as error:
            self._failed(error)
            return
        self._change()

    def _remove(self, name: str) -> None:
        try:
            self.monitor.lists.remove(name)
        except WatchlistError as error:
            self._failed(error)
            return
        self._change(f"{name} removed; u brings it back.")

    def _load(self, path: str | None) -> None:
        if path is None:
            return
        try:
            name = self.monitor.lists.load(Path(path).expanduser())
        except WatchlistError as error:
            self._failed(error)
            return
        self.monitor.show_list(name)
        self._change(f"Imported as {name}.")
