"""Moving about."""

from tui.commands.command import (
    BRIDGE,
    DETAIL,
    LISTED,
    MAIN,
    MAPS,
    MOVING,
    NEWS,
    TIMELINE,
    Command,
    Group,
)

MOVING_COMMANDS: tuple[Command, ...] = (
    Command(
        id="move.down", keys="j,down", action="move(1)", title="Down", title_ja="下へ",
        tooltip="Move the cursor one row down.", group=Group.MOVE, screens=MOVING,
    ),
    Command(
        id="move.up", keys="k,up", action="move(-1)", title="Up", title_ja="上へ",
        tooltip="Move the cursor one row up.", group=Group.MOVE, screens=MOVING,
    ),
    Command(
        id="move.top", keys="g,home", action="move_end(-1)", title="Top", title_ja="先頭へ",
        tooltip="Move the cursor to the first row.", group=Group.MOVE, screens=MOVING,
    ),
    Command(
        id="move.bottom", keys="G,end", action="move_end(1)", title="Bottom", title_ja="末尾へ",
        tooltip="Move the cursor to the last row.", group=Group.MOVE, screens=MOVING,
    ),
    Command(
        id="move.half_down", keys="ctrl+d", action="move_page(0.5)", title="Half a page down",
        title_ja="半ページ下へ", tooltip="Move half a page down.", group=Group.MOVE, screens=MOVING,
    ),
    Command(
        id="move.half_up", keys="ctrl+u", action="move_page(-0.5)", title="Half a page up",
        title_ja="半ページ上へ", tooltip="Move half a page up.", group=Group.MOVE, screens=MOVING,
    ),
    Command(
        id="move.page_down", keys="pagedown", action="move_page(1)", title="Page down",
        title_ja="次のページ", tooltip="Move a page down.", group=Group.MOVE, screens=MOVING,
    ),
    Command(
        id="move.page_up", keys="pageup", action="move_page(-1)", title="Page up",
        title_ja="前のページ", tooltip="Move a page up.", group=Group.MOVE, screens=MOVING,
    ),
    Command(
        id="side.left", keys="h,left", action="side(-1)", title="Left", title_ja="左へ",
        tooltip="Move to the left: the other index, the tile beside, the list before.",
        group=Group.MOVE,
        screens=MAPS | DETAIL,
    ),
    Command(
        id="side.right", keys="l,right", action="side(1)", title="Right", title_ja="右へ",
        tooltip="Move to the right, or along a day's path.", group=Group.MOVE,
        screens=MAPS | DETAIL,
    ),
    Command(
        id="pane.next", keys="tab", action="pane(1)", title="Next pane", title_ja="次の枠",
        tooltip="Give the keys to the next pane; on a small screen, show it.", group=Group.MOVE,
        screens=LISTED | NEWS,
    ),
    Command(
        id="pane.previous", keys="shift+tab", action="pane(-1)", title="Previous pane",
        title_ja="前の枠", tooltip="Give the keys to the previous pane.", group=Group.MOVE,
        screens=LISTED | NEWS,
    ),
    Command(
        id="row.open", keys="enter", action="open", title="Open", title_ja="開く",
        tooltip="Open the detail of the row, or the story of the catalyst.", group=Group.MOVE,
        screens=MAIN | MAPS | BRIDGE | NEWS | TIMELINE, footer="detail",
    ),
    Command(
        id="back", keys="escape", action="back", title="Back", title_ja="戻る",
        tooltip="Go back one step: close, clear the filter, show all names. Never quits.",
        group=Group.MOVE, screens=MOVING,
    ),
    *(
        Command(
            id=f"list.{number}", keys=str(number), action=f"list({number})",
            title=f"List {number}", title_ja=f"リスト{number}",
            tooltip=f"Show list number {number}.", group=Group.LISTS, screens=LISTED,
        )
        for number in range(1, 10)
    ),
)  # fmt: skip
