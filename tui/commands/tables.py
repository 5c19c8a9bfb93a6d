"""Lists, and the table that shows one."""

from tui.commands.command import BRIDGE, LISTED, MAIN, MAPS, NEWS, TIMELINE, Command, Group

TABLE_COMMANDS: tuple[Command, ...] = (
    Command(
        id="list.previous", keys="left_square_bracket", action="list_step(-1)",
        title="Previous list", title_ja="前のリスト", tooltip="Show the list to the left.",
        group=Group.LISTS, screens=LISTED,
    ),
    Command(
        id="list.next", keys="right_square_bracket", action="list_step(1)", title="Next list",
        title_ja="次のリスト", tooltip="Show the list to the right.", group=Group.LISTS,
        screens=LISTED,
    ),
    Command(
        id="list.menu", keys="l", action="lists", title="Lists…", title_ja="リスト…",
        tooltip="Choose, create, rename, remove or import a list.", group=Group.LISTS,
        words=("list", "lists"), argument="[NAME]",
    ),
    Command(
        id="row.add", keys="a", action="add", title="Add…", title_ja="追加…",
        tooltip="Search an instrument by code or name and add it to a list of yours.",
        group=Group.LISTS, words=("add",), argument="[CODE]", footer="add",
    ),
    Command(
        id="row.delete", keys="d", action="delete", title="Delete", title_ja="削除",
        tooltip="Take the row out of a list of yours.", group=Group.LISTS,
    ),
    Command(
        id="row.undo", keys="u", action="undo", title="Undo", title_ja="元に戻す",
        tooltip="Take back the last change to your lists.", group=Group.LISTS, words=("undo",),
    ),
    Command(
        id="row.lower", keys="J", action="reorder(1)", title="Row down", title_ja="行を下へ",
        tooltip="Move the row down in a list of yours.", group=Group.LISTS,
    ),
    Command(
        id="row.higher", keys="K", action="reorder(-1)", title="Row up", title_ja="行を上へ",
        tooltip="Move the row up in a list of yours.", group=Group.LISTS,
    ),
    Command(
        id="table.filter", keys="slash", action="filter", title="Filter", title_ja="絞り込み",
        tooltip="Show only rows whose code or name, or headlines that hold what you type.",
        group=Group.TABLE, screens=MAIN | NEWS,
        words=("filter",), argument="[TEXT]", footer="filter",
    ),
    Command(
        id="table.sort", keys="s", action="sort", title="Sort by…", title_ja="並べ替え…",
        tooltip="Choose the column to sort by.", group=Group.TABLE, words=("sort",),
        screens=frozenset({"main", "heatmap", "bridge"}),
        argument="[COLUMN]", footer="sort",
    ),
    Command(
        id="table.reverse", keys="S", action="reverse", title="Reverse the order",
        title_ja="逆順", tooltip="Turn the order of the rows round.", group=Group.TABLE,
        screens=frozenset({"main", "heatmap", "bridge"}),
    ),
    Command(
        id="table.freeze", keys="f", action="freeze", title="Freeze the order",
        title_ja="並びを固定", tooltip="Rows keep their place while prices run.",
        group=Group.TABLE, words=("freeze",),
    ),
    Command(
        id="table.columns", keys="C", action="columns", title="Columns…", title_ja="列…",
        tooltip="Choose which columns this list shows, and their order.", group=Group.TABLE,
        words=("columns",),
    ),
    Command(
        id="table.only", keys="o", action="only", title="Only these names",
        title_ja="関連銘柄のみ",
        tooltip="Show only the names of the selected catalyst, group or list; again: all.",
        group=Group.TABLE, screens=MAIN | MAPS | BRIDGE | NEWS | TIMELINE, words=("only",),
        footer="only",
    ),
    Command(
        id="row.mark", keys="asterisk", action="mark", title="Mark", title_ja="選択",
        tooltip="Mark the name, or unmark it: marked names' points are added up. "
        "On the main screen Esc unmarks all.",
        group=Group.TABLE, screens=frozenset({"main", "ladder"}), words=("mark",),
        argument="[CODES|none]",
    ),
)  # fmt: skip
