"""The views, and how they look."""

from tui.commands.command import ANYWHERE, DETAIL, MAIN, MAPS, NEWS, TIMELINE, Command, Group

VIEW_COMMANDS: tuple[Command, ...] = (
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
        id="view.timeline", keys="T", action="timeline", title="Timeline", title_ja="予定",
        tooltip="What falls due, with a countdown, and what came of the past week.",
        group=Group.VIEWS, screens=ANYWHERE, words=("timeline", "eco"),
    ),
    Command(
        id="timeline.kind", keys="K", action="by_kind", title="Dates of a kind…",
        title_ja="種別で絞る…", tooltip="Show only dates of one kind.", group=Group.VIEWS,
        screens=TIMELINE,
    ),
    Command(
        id="timeline.own", keys="l", action="own_only", title="Dates of my lists",
        title_ja="自分のリストのみ",
        tooltip="Show only dates of names in your lists, and your own; again: all.",
        group=Group.VIEWS, screens=TIMELINE,
    ),
    Command(
        id="timeline.dates", keys="e", action="own_dates", title="Dates of your own…",
        title_ja="自分の予定…", tooltip="Show where dates of your own are written, and how.",
        group=Group.VIEWS, screens=TIMELINE,
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
)  # fmt: skip
