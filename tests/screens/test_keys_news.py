"""The keys of the news screen, on the real program with a desk's own notes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Stage = Callable[..., int]

NOTES = """# Desk
date: 2025-05-26

## 09:40 Chip makers rise on orders from Taiwan
kind: flow
source: Wire A
link: https://example.com/chips
$8035.T $6857.T

Orders were **strong**.

## 13:20 Toyota raises its forecast
kind: forecast
source: Wire B
link: https://example.org/toyota
$7203.T

## 15:00 Told only after the bell
source: Wire B
$7203.T
"""


@pytest.fixture
def desk(stage: Stage, tmp_path: Path) -> Stage:
    """The program at 14:32 with the desk's notes beside those that ship."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "2025-05-26-desk.md").write_text(NOTES, encoding="utf-8")

    def run(script: Any, **how: Any) -> int:
        async def ready(play: Any) -> None:
            await play.until(lambda: len(play.monitor.market.catalysts) >= 7, "the notes")
            await play.press("n")
            assert play.screen_name == "NewsScreen"
            await shown(play)
            await script(play)

        return stage(ready, **how)

    return run


async def shown(play: Any) -> None:
    """Have the screen in front show what there is now."""
    play.app.screen.repaint()
    await play.pilot.pause()


def headlines(play: Any) -> list[str]:
    rows = play.app.screen._rows
    return [rows.view(place).headline for place in range(len(rows))]


TOYOTA, CHIPS = "Toyota raises its forecast", "Chip makers rise on orders from Taiwan"


@pytest.mark.carries_out("view.news")
def test_the_news_is_what_is_known_by_now_newest_first(desk: Stage) -> None:
    async def check(play: Any) -> None:
        assert headlines(play)[:2] == [TOYOTA, CHIPS]
        assert len(headlines(play)) == 6
        assert "Told only after the bell" not in play.text
        await play.press("n")
        assert play.screen_name == "MainScreen"
        await play.command("news")
        assert play.screen_name == "NewsScreen"
        await play.press("escape")
        assert play.screen_name == "MainScreen"

    desk(check)


@pytest.mark.carries_out("news.unread", "news.mark")
def test_what_was_gone_through_is_read_and_remembered(desk: Stage, tmp_path: Path) -> None:
    async def check(play: Any) -> None:
        screen = play.app.screen
        await play.press("j")
        await play.until(lambda: CHIPS not in unread(play))
        assert TOYOTA in unread(play)
        await play.press("U")
        assert CHIPS not in headlines(play)
        assert len(headlines(play)) == 5
        await play.press("U", "g", "u")
        assert len(headlines(play)) == 6
        await play.press("u")
        assert screen.news.wish.unread is False

    desk(check)
    assert (tmp_path / "read.json").exists()

    async def again(play: Any) -> None:
        assert CHIPS not in unread(play)

    desk(again)


def unread(play: Any) -> list[str]:
    rows = play.app.screen._rows
    views = [rows.view(place) for place in range(len(rows))]
    return [view.headline for view in views if view.unread]


@pytest.mark.carries_out("news.kind", "news.source", "news.list", "news.symbol")
def test_filters_narrow_and_escape_takes_them_away(desk: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("K")
        assert "flow" in play.text
        await pick(play, "flow")
        assert set(headlines(play)) == {CHIPS, "Exporters rise"}
        await play.press("S")
        await pick(play, "Wire A")
        assert headlines(play) == [CHIPS]
        assert "flow  ·  Wire A" in play.text
        await play.press("escape")
        assert len(headlines(play)) == 6
        await play.press("l")
        await pick(play, play.monitor.lists.names()[1])
        assert CHIPS in headlines(play)
        await play.press("escape", "dollar_sign")
        play.one("Input").value = "toyota"
        await play.press("enter")
        assert headlines(play)[0] == TOYOTA
        assert CHIPS not in headlines(play)
        await play.press("dollar_sign")
        play.one("Input").value = "xyzzy"
        await play.press("enter")
        assert play.notices[-1] == "Nothing is known by “xyzzy”."

    desk(check)


async def pick(play: Any, key: str) -> None:
    """Choose from the menu that is open."""
    options = play.one("OptionList")
    options.highlighted = options.get_option_index(key)
    await play.press("enter")


def test_the_text_is_filtered_as_it_is_typed(desk: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("slash", *"ﾄﾖﾀ rai")
        assert headlines(play) == [TOYOTA]
        await play.press("enter", "j")
        assert headlines(play) == [TOYOTA]
        await play.press("slash", "escape")
        assert len(headlines(play)) == 6
        await play.press("slash", *"xyzzy", "enter")
        assert "nothing fits; Esc takes the filters away" in play.text

    desk(check)


def test_the_story_is_read_beside_the_list_and_alone_on_a_small_screen(desk: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("j", "enter")
        assert play.app.focused.id == "story"
        await play.until(lambda: "Orders were strong." in play.text, "the text")
        assert "example.com" in play.text
        narrow = play.app.size.width < 110
        assert (TOYOTA in play.text) is not narrow
        await play.press("j", "ctrl+d", "G", "g", "escape")
        assert play.app.focused.id == "headlines"
        assert TOYOTA in play.text
        await play.press("tab", "tab")
        assert play.app.focused.id == "headlines"

    desk(check)
    desk(check, size=(80, 24))


@pytest.mark.carries_out("news.browse", "news.copy")
def test_a_link_is_opened_only_after_where_it_goes_was_shown(desk: Stage) -> None:
    async def check(play: Any) -> None:
        opened: list[str] = []
        copied: list[str] = []
        play.app.open_url = opened.append
        play.app.copy_to_clipboard = copied.append
        await play.press("b")
        assert "Open example.org?" in play.text
        assert "https://example.org/toyota" in play.text
        await play.press("escape")
        assert "Open example.org?" not in play.text
        await play.press("b", "j")
        assert "Open example.org?" not in play.text
        assert opened == []
        await play.press("k", "b", "b")
        await play.until(lambda: opened, "the browser")
        await play.press("j", "b", "enter")
        await play.until(lambda: len(opened) == 2, "the browser")
        assert opened == ["https://example.org/toyota", "https://example.com/chips"]
        await play.press("y")
        assert copied == ["https://example.com/chips"]
        await play.press("G", "b")
        assert play.notices[-1] == "This story has no link."
        await play.press("y")
        assert copied == ["https://example.com/chips"]

    desk(check)


@pytest.mark.carries_out("news.save")
def test_a_story_is_kept_among_the_notes_once(desk: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"

    async def check(play: Any) -> None:
        await play.press("a")
        assert "2025-05-26-saved.md" in play.notices[-1]
        await play.press("a")
        assert "has it already" in play.notices[-1]

    config = f'[providers.notes]\nfolder = "{tmp_path / "notes"}"\n'
    desk(check, config=config + "[providers.replay]\npaused = true\n")
    saved = tmp_path / "notes" / "2025-05-26-saved.md"
    assert saved.read_text(encoding="utf-8").count(TOYOTA) == 1
    assert not folder.exists()


@pytest.mark.carries_out("news.edit_kind", "news.edit_symbols")
def test_kind_and_names_are_edited_by_hand_and_stand(desk: Stage, tmp_path: Path) -> None:
    async def check(play: Any) -> None:
        await edit(play, "e", "Deal")
        assert play.app.screen._rows.view(0).kind == "deal"
        await edit(play, "E", "7203, honda")
        assert play.app.screen._rows.view(0).names == "7203 +1"
        await edit(play, "E", "xyzzy")
        assert "Nothing is known by “xyzzy”" in play.notices[-1]
        await edit(play, "e", "two words")
        assert "is no kind" in play.notices[-1]

    desk(check)
    text = (tmp_path / "catalysts.toml").read_text(encoding="utf-8")
    assert 'kind = "deal"' in text
    assert '"7267.T"' in text

    async def again(play: Any) -> None:
        await play.until(lambda: play.app.screen._rows.view(0).kind == "deal", "the edit")
        await edit(play, "e", "source")
        await edit(play, "E", "none")
        view = play.app.screen._rows.view(0)
        assert (view.kind, view.names) == ("forecast", "")

    desk(again)


async def edit(play: Any, key: str, text: str) -> None:
    await play.press(key)
    play.one("Input").value = text
    await play.press("enter")
    await shown(play)


def test_the_names_of_a_story_are_shown_in_the_main_table(desk: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("j", "o")
        assert play.screen_name == "MainScreen"
        assert sorted(play.table.visible_keys) == ["6857.T", "8035.T"]
        assert play.main.only_name == "a catalyst's names"

    desk(check)


@pytest.mark.carries_out("catalysts.rank")
def test_the_biggest_come_first_where_that_is_wanted(desk: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("i")
        assert "by impact" in play.text
        report = play.monitor.impacts()
        first = max(report.impacts, key=lambda each: each.share if each.share > 0 else 0.0)
        assert headlines(play)[0] == first.catalyst.headline
        await play.press("i")
        assert headlines(play)[0] == TOYOTA

    desk(check)


LISTS = '[[list]]\nname = "Mine"\nsymbols = ["7203"]\n'


@pytest.mark.carries_out("news.quiet")
def test_news_of_the_user_s_names_is_told_as_the_replay_passes_it(
    desk: Stage, tmp_path: Path
) -> None:
    config = "[providers.replay]\nspeed = 600\npaused = true\n"
    (tmp_path / "lists.toml").write_text(LISTS, encoding="utf-8")

    async def check(play: Any) -> None:
        assert play.notices == []
        await play.press("space")
        await play.until(lambda: any("Told only after" in each for each in play.notices), "news")
        assert not any(TOYOTA in each for each in play.notices)

    desk(check, config=config, at="14:59")

    async def hush(play: Any) -> None:
        assert not play.monitor.state.quiet
        await play.press("Q")
        assert play.notices[-1] == "News of your lists is kept quiet."
        assert play.monitor.state.quiet
        await play.press("Q", "Q")

    desk(hush)

    async def still(play: Any) -> None:
        assert play.monitor.state.quiet

    desk(still)
