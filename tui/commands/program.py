"""The replay, the sources, and the program itself."""

from tui.commands.command import ANYWHERE, SOURCES, Command, Group

PROGRAM_COMMANDS: tuple[Command, ...] = (
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
        group=Group.PROGRAM, screens=SOURCES, footer="config",
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
