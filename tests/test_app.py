"""The application as a whole: what the configuration changes, and what is said about it."""

from collections.abc import Callable
from typing import Any

Stage = Callable[..., int]

PAUSED = "[providers.replay]\npaused = true\n"


def test_a_key_is_bound_anew_and_the_old_one_is_free(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("c")
        assert play.app.focused is play.table
        await play.press("f2")
        assert play.screen_name == "ContributionScreen"
        await play.press("escape", "f3")
        assert play.screen_name == "HelpScreen"
        shown = play.text
        await play.press("pagedown")
        assert "F2" in shown + play.text

    keys = '[keys]\n"view.contribution" = "f2"\n"program.help" = "f3"\n'
    stage(script, config=PAUSED + keys)


def test_the_footer_shows_and_does_what_a_key_is_bound_to(stage: Stage) -> None:
    async def script(play: Any) -> None:
        footer = play.lines()[-1]
        assert "F4 filter" in footer
        assert "/ filter" not in footer
        await play.pilot.click(offset=(footer.index("F4 filter"), len(play.lines()) - 1))
        await play.until(lambda: play.app.focused and play.app.focused.id == "foot")

    stage(script, config=PAUSED + '[keys]\n"table.filter" = "f4"\n')


def test_a_binding_that_cannot_be_used_is_said_once(stage: Stage) -> None:
    async def script(play: Any) -> None:
        assert sum("table.fly" in notice for notice in play.notices) == 1
        await play.press("j")
        assert play.table.cursor_key == "8035.T"

    stage(script, config=PAUSED + '[keys]\n"table.fly" = "f2"\n')


def test_an_unknown_theme_is_said_and_the_usual_one_used(stage: Stage) -> None:
    async def script(play: Any) -> None:
        assert play.app.palette == "midnight"
        assert any("There is no theme “beige”" in notice for notice in play.notices)

    stage(script, arguments=("--theme", "beige"))


def test_a_users_own_theme_is_used_and_a_bad_one_gets_one_notice(
    stage: Stage, tmp_path: Any
) -> None:
    themes = tmp_path / "themes"
    themes.mkdir()
    (themes / "broken.toml").write_text("name = 3\n", encoding="utf-8")

    async def script(play: Any) -> None:
        assert sum("broken.toml" in notice for notice in play.notices) == 1
        assert play.app.is_running

    stage(script)


def test_nothing_flashes_where_the_configuration_says_so(stage: Stage) -> None:
    async def script(play: Any) -> None:
        assert play.table.reduced_motion

    stage(script, config="flash = false\n" + PAUSED)


def test_a_seek_flashes_no_price_that_only_went_elsewhere(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.moved("comma")
        backgrounds = {
            str(style.bgcolor.get_truecolor().hex)
            for line in play.cells()
            for _, style in line
            if style is not None and style.bgcolor is not None and not style.bgcolor.is_default
        }
        flashes = {
            value.lower()
            for name, value in play.app.get_css_variables().items()
            if name.startswith("zaraba-flash")
        }
        assert not backgrounds & flashes

    stage(script)


def test_the_list_and_the_instant_of_the_command_line_are_shown(stage: Stage) -> None:
    async def script(play: Any) -> None:
        assert play.monitor.list_name == "TOPIX Core30"
        assert "10:00:00" in play.lines()[0]

    stage(script, at="10:00", arguments=("--list", "topix core30"))


def test_foreign_text_in_a_list_is_never_read_as_markup(stage: Stage, tmp_path: Any) -> None:
    (tmp_path / "lists.toml").write_text(
        '[[list]]\nname = "[red]x[/]"\nsymbols = ["7203.T"]\n', encoding="utf-8"
    )

    async def script(play: Any) -> None:
        assert "[red]x[/]" in play.text
        await play.press("l")
        assert "[red]x[/]" in play.text
        await play.press("end", "up", "escape", "4", "l", "end", "up")
        assert "Remove [red]x[/]" in play.text
        await play.press("enter")
        assert any("[red]x[/] removed" in notice for notice in play.notices)

    stage(script)
