"""Every command: its keys, its words, its text. Keys, palette, command line and help read this.

A command is carried out by the screen's action of the same name. What stands here is text and
keys only, so that nothing has to be imported to list it.
"""

from dataclasses import dataclass
from enum import Enum


class Group(Enum):
    """How the help is ordered."""

    MOVE = "Move · 移動"
    LISTS = "Lists · 銘柄リスト"
    TABLE = "Table · 表"
    VIEWS = "Views · 画面"
    NEWS = "News · ニュース"
    REPLAY = "Replay · 再生"
    PROGRAM = "Program · 全般"


MAIN = frozenset({"main"})
DETAIL = frozenset({"detail"})
MOVING = frozenset(
    {
        "main",
        "detail",
        "help",
        "sources",
        "story",
        "ladder",
        "heatmap",
        "movers",
        "bridge",
        "wrap",
        "news",
    }
)
SOURCES = frozenset({"sources"})
BRIDGE = frozenset({"bridge"})
MAPS = frozenset({"ladder", "heatmap", "movers"})
LISTED = frozenset({"main", "movers"})
NEWS = frozenset({"news"})
ANYWHERE = frozenset({"app"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command.

    Attributes:
        id: Stable name, ``group.verb``; bindings in the configuration use it.
        keys: Textual's names of the keys that carry it out, several parted by commas.
        action: The screen's action, with arguments where it takes any.
        title: A few words in English.
        title_ja: The same in Japanese.
        tooltip: A sentence that says what it does.
        group: Where the help lists it.
        screens: The screens it works on; ``app`` stands for every one.
        words: What may be typed after ``:``; the first is the one shown.
        argument: What follows the word, for the help; empty where nothing does.
        footer: Label in the footer; empty for none.
    """

    id: str
    keys: str
    action: str
    title: str
    title_ja: str
    tooltip: str
    group: Group
    screens: frozenset[str] = MAIN
    words: tuple[str, ...] = ()
    argument: str = ""
    footer: str = ""


COMMANDS: tuple[Command, ...] = (
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
        screens=MAIN | MAPS | BRIDGE | NEWS, footer="detail",
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
        group=Group.TABLE, screens=MAIN | MAPS | BRIDGE | NEWS, words=("only",), footer="only",
    ),
    Command(
        id="row.mark", keys="asterisk", action="mark", title="Mark", title_ja="選択",
        tooltip="Mark the name, or unmark it: marked names' points are added up. Esc unmarks all.",
        group=Group.TABLE, screens=frozenset({"main", "ladder"}), words=("mark",),
        argument="[CODES|none]",
    ),
    Command(
        id="view.contribution", keys="c", action="contribution", title="Contribution",
        title_ja="寄与度",
        tooltip="Both indices side by side: who carries them, by how many points.",
        group=Group.VIEWS, screens=ANYWHERE, words=("contribution", "points"), footer="points",
    ),
    Command(
        id="view.heatmap", keys="m", action="heatmap", title="Heatmap", title_ja="ヒートマップ",
        tooltip="The market in one picture: sectors and their names.", group=Group.VIEWS,
        screens=ANYWHERE, words=("imap", "heat", "heatmap"), footer="heatmap",
    ),
    Command(
        id="view.movers", keys="M", action="movers", title="Movers and breadth",
        title_ja="騰落・値動き",
        tooltip="Breadth by sector, and the lists: leaders, limits, highs and lows, gaps, volume.",
        group=Group.VIEWS, screens=ANYWHERE, words=("mov", "movers", "breadth"), footer="movers",
    ),
    Command(
        id="view.bridge", keys="B", action="bridge", title="Night bridge",
        title_ja="ナイトブリッジ",
        tooltip="Receipts in New York against the Tokyo close, and the opening futures imply.",
        group=Group.VIEWS, screens=ANYWHERE, words=("bridge", "adr"),
    ),
    Command(
        id="view.wrap", keys="w", action="wrap", title="Wrap", title_ja="市況まとめ",
        tooltip="The report of the day, as a market writer makes it.", group=Group.VIEWS,
        screens=ANYWHERE, words=("wrap",), footer="wrap",
    ),
    Command(
        id="wrap.copy", keys="y", action="copy", title="Copy", title_ja="コピー",
        tooltip="Copy the wrap to the clipboard as Markdown.", group=Group.VIEWS,
        screens=frozenset({"wrap"}),
    ),
    Command(
        id="wrap.save", keys="e", action="save", title="Save as…", title_ja="保存…",
        tooltip="Save the wrap as a file.", group=Group.VIEWS, screens=frozenset({"wrap"}),
    ),
    Command(
        id="view.picture", keys="v", action="picture", title="Table or picture",
        title_ja="表・図", tooltip="Show the same as a table, or as a picture again.",
        group=Group.VIEWS, screens=frozenset({"heatmap", "movers"}),
    ),
    Command(
        id="view.size", keys="z", action="size", title="Size of the tiles", title_ja="面積",
        tooltip="Let the area mean weight in either index, or turnover.", group=Group.VIEWS,
        screens=frozenset({"heatmap"}),
    ),
    Command(
        id="view.by", keys="b", action="by", title="Colour, or grouping", title_ja="色・分類",
        tooltip="Let the colour mean something else; in tables, group or count something else.",
        group=Group.VIEWS, screens=MAPS,
    ),
    Command(
        id="window.previous", keys="left_parenthesis", action="window(-1)",
        title="Window before", title_ja="前の期間",
        tooltip="Another window: day, since the open, since lunch, 30 or 5 minutes, since @.",
        group=Group.VIEWS, screens=MAPS,
    ),
    Command(
        id="window.next", keys="right_parenthesis", action="window(1)", title="Next window",
        title_ja="次の期間", tooltip="Measure over the next window.", group=Group.VIEWS,
        screens=MAPS,
    ),
    Command(
        id="window.since", keys="at", action="since", title="Measure since here",
        title_ja="この時刻から",
        tooltip="Measure the views since now, or since the cursor on a day's path; :since 13:05.",
        group=Group.VIEWS, screens=ANYWHERE | DETAIL, words=("since",), argument="[13:05|off]",
    ),
    Command(
        id="view.news", keys="n", action="news", title="News", title_ja="ニュース",
        tooltip="Every headline with its text: filter, read, open, keep, edit.",
        group=Group.VIEWS, screens=ANYWHERE, words=("cn", "top", "news"), footer="news",
    ),
    Command(
        id="view.catalysts", keys="", action="show_pane('catalysts')", title="Catalysts",
        title_ja="材料", tooltip="Give the keys to the catalysts of the main screen.",
        group=Group.VIEWS, words=("catalysts",),
    ),
    Command(
        id="catalysts.rank", keys="i", action="rank_catalysts", title="Newest or biggest",
        title_ja="新着順・影響順",
        tooltip="Order the catalysts by time, or by what their names did to the indices.",
        group=Group.VIEWS, screens=MAIN | NEWS, words=("rank",), argument="[time|impact]",
    ),
    Command(
        id="view.detail", keys="", action="open", title="Detail of a name", title_ja="個別銘柄",
        tooltip="Type a code or a name to open its detail.", group=Group.VIEWS,
        words=("detail",), argument="CODE",
    ),
    Command(
        id="view.convention", keys="x", action="convention", title="Colours", title_ja="配色",
        tooltip="Change the colours of rise and fall: red up, green up, blue and orange.",
        group=Group.VIEWS, screens=ANYWHERE, words=("colours", "colors"),
        argument="[tokyo|western|safe]", footer="colours",
    ),
    Command(
        id="view.theme", keys="t", action="theme", title="Theme…", title_ja="テーマ…",
        tooltip="Choose the theme.", group=Group.VIEWS, screens=ANYWHERE, words=("theme",),
        argument="[NAME]",
    ),
    Command(
        id="view.names", keys="N", action="names", title="Language of names",
        title_ja="銘柄名の言語", tooltip="Show names in English or in Japanese.",
        group=Group.VIEWS, screens=ANYWHERE, words=("names",), argument="[en|ja]", footer="日本語",
    ),
    Command(
        id="news.kind", keys="K", action="by_kind", title="Of a kind…", title_ja="種別で絞る…",
        tooltip="Show only news of one kind.", group=Group.NEWS, screens=NEWS,
    ),
    Command(
        id="news.source", keys="S", action="by_source", title="From a source…",
        title_ja="情報源で絞る…", tooltip="Show only news that one source tells.",
        group=Group.NEWS, screens=NEWS,
    ),
    Command(
        id="news.list", keys="l", action="by_list", title="Of a list…", title_ja="リストで絞る…",
        tooltip="Show only news of the names of a list.", group=Group.NEWS, screens=NEWS,
    ),
    Command(
        id="news.symbol", keys="dollar_sign", action="by_symbol", title="Of a name…",
        title_ja="銘柄で絞る…", tooltip="Show only news of one name, typed as a code or in words.",
        group=Group.NEWS, screens=NEWS,
    ),
    Command(
        id="news.unread", keys="U", action="unread_only", title="Unread only",
        title_ja="未読のみ", tooltip="Show only what was not read; again: all.",
        group=Group.NEWS, screens=NEWS,
    ),
    Command(
        id="news.mark", keys="u", action="mark", title="Read or unread", title_ja="既読・未読",
        tooltip="Mark the headline as read, or as not read.", group=Group.NEWS, screens=NEWS,
    ),
    Command(
        id="news.browse", keys="b", action="browse", title="Open in the browser…",
        title_ja="ブラウザで開く…",
        tooltip="Show where the link goes; the same key again, or Enter, opens it.",
        group=Group.NEWS, screens=NEWS,
    ),
    Command(
        id="news.copy", keys="y", action="copy", title="Copy the link",
        title_ja="リンクをコピー", tooltip="Copy the link to the clipboard.",
        group=Group.NEWS, screens=NEWS,
    ),
    Command(
        id="news.save", keys="a", action="save", title="Save as a catalyst",
        title_ja="材料として保存",
        tooltip="Keep the story among your notes, where it stays.", group=Group.NEWS,
        screens=NEWS,
    ),
    Command(
        id="news.edit_kind", keys="e", action="edit_kind", title="Edit the kind…",
        title_ja="種別を編集…", tooltip="Give the story another kind by hand.",
        group=Group.NEWS, screens=NEWS,
    ),
    Command(
        id="news.edit_symbols", keys="E", action="edit_symbols", title="Edit the names…",
        title_ja="銘柄を編集…", tooltip="Say by hand which names the story concerns.",
        group=Group.NEWS, screens=NEWS,
    ),
    Command(
        id="news.quiet", keys="Q", action="quiet", title="Quiet", title_ja="通知を止める",
        tooltip="Tell no news of your lists at the edge of the screen; again: tell it.",
        group=Group.NEWS, screens=ANYWHERE, words=("quiet",),
    ),
    Command(
        id="replay.pause", keys="space", action="pause", title="Pause, go on",
        title_ja="一時停止・再開", tooltip="Stop the replay where it is, or let it go on.",
        group=Group.REPLAY, screens=ANYWHERE, words=("pause",),
    ),
    Command(
        id="replay.back", keys="comma", action="skip(-5)", title="Five minutes back",
        title_ja="5分戻る", tooltip="Take the replay five minutes back.", group=Group.REPLAY,
        screens=ANYWHERE,
    ),
    Command(
        id="replay.on", keys="full_stop", action="skip(5)", title="Five minutes on",
        title_ja="5分進む", tooltip="Take the replay five minutes on.", group=Group.REPLAY,
        screens=ANYWHERE,
    ),
    Command(
        id="replay.slower", keys="less_than_sign", action="speed(-1)", title="Slower",
        title_ja="遅く", tooltip="Replay more slowly, down to real time.", group=Group.REPLAY,
        screens=ANYWHERE,
    ),
    Command(
        id="replay.faster", keys="greater_than_sign", action="speed(1)", title="Faster",
        title_ja="速く", tooltip="Replay faster, up to ×600.", group=Group.REPLAY,
        screens=ANYWHERE,
    ),
    Command(
        id="replay.seek", keys="", action="seek", title="Go to a time", title_ja="時刻へ移動",
        tooltip="Take the replay to a time of the session.", group=Group.REPLAY,
        screens=ANYWHERE, words=("at",), argument="14:32",
    ),
    Command(
        id="replay.speed", keys="", action="speed", title="Set the speed", title_ja="速度",
        tooltip="Set the speed of the replay, 1 to 600.", group=Group.REPLAY, screens=ANYWHERE,
        words=("speed",), argument="60",
    ),
    Command(
        id="feed.sources", keys="p", action="sources", title="Sources and health",
        title_ja="データ源と状態", tooltip="See how each source is doing, and choose another.",
        group=Group.PROGRAM, screens=ANYWHERE, words=("sources", "health"),
    ),
    Command(
        id="source.use", keys="enter", action="use", title="Use this source",
        title_ja="このデータ源を使う",
        tooltip="Take its role from this source alone; a source of news is switched on or off.",
        group=Group.PROGRAM, screens=SOURCES, footer="use",
    ),
    Command(
        id="source.add", keys="a", action="add", title="Use this source besides",
        title_ja="データ源を追加",
        tooltip="Ask this source besides those in use: for quotes, after them in order.",
        group=Group.PROGRAM, screens=SOURCES, footer="add",
    ),
    Command(
        id="source.drop", keys="d", action="delete", title="Use this source no longer",
        title_ja="データ源を外す", tooltip="Ask this source no longer for its role.",
        group=Group.PROGRAM, screens=SOURCES, footer="drop",
    ),
    Command(
        id="source.lower", keys="J", action="reorder(1)", title="Prefer less",
        title_ja="優先度を下げる", tooltip="Let the quote source after it be asked first.",
        group=Group.PROGRAM, screens=SOURCES, footer="later",
    ),
    Command(
        id="source.higher", keys="K", action="reorder(-1)", title="Prefer more",
        title_ja="優先度を上げる", tooltip="Let this quote source come before the one above it.",
        group=Group.PROGRAM, screens=SOURCES, footer="sooner",
    ),
    Command(
        id="source.configured", keys="u", action="as_configured", title="As configured",
        title_ja="設定どおりに戻す",
        tooltip="Forget what was chosen for this role: the configuration's word counts again.",
        group=Group.PROGRAM, screens=SOURCES, footer="as configured",
    ),
    Command(
        id="source.live", keys="L", action="live", title="Live, or the recorded session",
        title_ja="ライブ・再生の切替",
        tooltip="Show live quotes (Yahoo, unless others were chosen), or the recorded session.",
        group=Group.PROGRAM, screens=ANYWHERE, words=("live",),
    ),
    Command(
        id="source.recorded", keys="", action="recorded", title="The recorded session",
        title_ja="収録セッション", tooltip="Show the recorded session of 26 May 2025 again.",
        group=Group.PROGRAM, screens=ANYWHERE, words=("replay",),
    ),
    Command(
        id="feed.refresh", keys="r", action="refresh_feed", title="Refresh now",
        title_ja="今すぐ更新", tooltip="Ask the source for everything again.",
        group=Group.PROGRAM, screens=ANYWHERE, words=("refresh",),
    ),
    Command(
        id="program.command", keys="colon", action="command_line", title="Command line",
        title_ja="コマンド行", tooltip="Type a command, a code or a name.", group=Group.PROGRAM,
        screens=frozenset({"main", "detail"}),
    ),
    Command(
        id="program.help", keys="question_mark,f1", action="help", title="Help", title_ja="ヘルプ",
        tooltip="List every key.", group=Group.PROGRAM, screens=ANYWHERE, words=("help",),
        footer="help",
    ),
    Command(
        id="program.quit", keys="q", action="quit", title="Quit", title_ja="終了",
        tooltip="Leave the program.", group=Group.PROGRAM, screens=ANYWHERE,
        words=("q", "quit"),
    ),
)  # fmt: skip
"""All commands, in the order of the help."""

BY_ID = {command.id: command for command in COMMANDS}
