"""Reading the news."""

from tui.commands.command import ANYWHERE, NEWS, Command, Group

NEWS_COMMANDS: tuple[Command, ...] = (
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
)  # fmt: skip
