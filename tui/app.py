"""The application: themes, the main screen, global keys, and the feed's life."""

import asyncio
import signal
import sys
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.driver import Driver
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen

from themes.build import textual_theme
from themes.builtin import BUILTIN
from themes.conventions import CONVENTIONS, TOKYO
from themes.palette import Palette
from tui.commands.bindings import bindings
from tui.commands.rebinding import first_key, rebound
from tui.commands.registry import BY_ID
from tui.present.choices import LANGUAGES
from tui.present.japanese import noticed, said
from tui.present.monitor import Monitor
from tui.screens.live import LiveScreen
from tui.screens.main import MainScreen
from tui.screens.palette import ZarabaCommands

SPEEDS = (1.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0)
DEFAULT_THEME = "midnight"


class ZarabaApp(App[None]):
    """The monitor.

    Args:
        monitor: The model behind the screens.
        palettes: The user's own themes, checked.
        notices: What has to be said once the screen stands, one sentence each.
        theme: A theme asked for on the command line; empty for the remembered one.
        convention: Colours asked for; empty for the remembered ones.
        first: Whether it is the first start, so that live quotes are offered.
        driver_class: The terminal driver; None for Textual's own choice.
    """

    TITLE = "Zaraba"
    CSS_PATH = "screens/zaraba.tcss"
    COMMANDS: ClassVar = {ZarabaCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("app"),
        ("ctrl+z", "suspend_process", "Suspend"),
    ]
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        monitor: Monitor,
        *,
        palettes: Sequence[Palette] = (),
        notices: Sequence[str] = (),
        theme: str = "",
        convention: str = "",
        first: bool = False,
        driver_class: type[Driver] | None = None,
    ) -> None:
        super().__init__(driver_class=driver_class)
        self.monitor = monitor
        self._palettes = {palette.name: palette for palette in (*BUILTIN.values(), *palettes)}
        self.rebound, problems = rebound(monitor.config.keys)
        self._notices = [*notices, *problems]
        self._told = ""
        self._first = first
        self.set_keymap(self.rebound)
        state, config = monitor.state, monitor.config
        self.convention: str = convention or state.convention or config.convention or TOKYO.name
        wanted = theme or state.theme or config.theme or DEFAULT_THEME
        if wanted not in self._palettes:
            self._notices.append(
                f"There is no theme “{wanted}”; {DEFAULT_THEME} is used. "
                f"Themes: {', '.join(self._palettes)}."
            )
            wanted = DEFAULT_THEME
        self.palette = wanted
        self._apply_theme()

    def get_default_screen(self) -> MainScreen:
        """The main screen is the first that is painted."""
        return MainScreen(self.monitor, self.rebound, offers_live=self._first)

    def on_mount(self) -> None:
        """Start the sources, and leave in good order when the system asks."""
        if sys.platform != "win32" and not self.is_headless:
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(number, self.exit)
        for notice in self._notices:
            self.notify(notice, severity="warning", timeout=10, markup=False)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something at the edge of the screen, in the language that was chosen."""
        # A title is that of news, whose words are somebody else's.
        told = message if title else noticed(message, self.monitor.language)
        super().notify(told, title=title, severity=severity, timeout=timeout, markup=markup)

    # --- colours --------------------------------------------------------------------------

    @property
    def theme_names(self) -> tuple[str, ...]:
        """Every theme that can be chosen."""
        return tuple(self._palettes)

    def _apply_theme(self) -> None:
        theme = textual_theme(self._palettes[self.palette], CONVENTIONS[self.convention])
        self.register_theme(theme)
        self.theme = theme.name

    def action_convention(self, name: str = "") -> None:
        """Change the colours of rise and fall."""
        if name and name not in CONVENTIONS:
            self.notify(f"Colours are {', '.join(CONVENTIONS)}.", severity="warning")
            return
        names = list(CONVENTIONS)
        self.convention = name or names[(names.index(self.convention) + 1) % len(names)]
        self.monitor.set_convention(self.convention)
        self._apply_theme()
        self.notify(f"Colours: {CONVENTIONS[self.convention].title}", timeout=2)

    def action_theme(self, name: str = "") -> None:
        """Choose a theme, from a menu where none is named."""
        if not name:
            from tui.screens.pick import Choice, PickScreen

            choices = [Choice(theme, theme) for theme in self.theme_names]
            self.push_screen(
                PickScreen(said("Theme", self.monitor.language), choices, chosen=self.palette),
                self._theme_picked,
            )
            return
        if name not in self._palettes:
            self.notify(f"Themes are {', '.join(self.theme_names)}.", severity="warning")
            return
        self.palette = name
        self.monitor.set_theme(name)
        self._apply_theme()

    def _theme_picked(self, name: str | None) -> None:
        if name:
            self.action_theme(name)

    def action_names(self, language: str = "") -> None:
        """Show names in the other language, or in the one named."""
        other = LANGUAGES[1 - LANGUAGES.index(self.monitor.language)]
        self.monitor.set_language(language if language in LANGUAGES else other)
        self._repaint()

    # --- the replay -----------------------------------------------------------------------

    def action_pause(self) -> None:
        """Stop the replay or let it go on."""
        self._replayed(self.monitor.playing.pause())

    def action_skip(self, minutes: float) -> None:
        """Take the replay on or back."""
        self._replayed(self.monitor.playing.skip(minutes))

    def action_speed(self, step: float | str) -> None:
        """Set the speed (as typed), or step through the usual ones."""
        if isinstance(step, str):
            try:
                speed = float(step.lstrip("x×"))
            except ValueError:
                self.notify("Give a speed from 1 to 600, as in :speed 60.", severity="warning")
                return
        else:
            speed = self._stepped(step)
        self._replayed(self.monitor.playing.set_speed(min(max(speed, SPEEDS[0]), SPEEDS[-1])))

    def _stepped(self, step: float) -> float:
        current = self.monitor.playing.speed or SPEEDS[0]
        if step > 0:
            return next((speed for speed in SPEEDS if speed > current), SPEEDS[-1])
        return next((speed for speed in reversed(SPEEDS) if speed < current), SPEEDS[0])

    def action_seek(self, text: str = "") -> None:
        """Take the replay to a time as typed."""
        problem = self.monitor.playing.seek_text(text)
        if problem:
            self.notify(problem, severity="warning", markup=False)
        self._repaint()

    def _replayed(self, done: bool) -> None:
        if not done:
            self.notify("Only a replay can be paused, moved or sped up.", timeout=3)
        self._repaint()

    # --- the views ------------------------------------------------------------------------

    def action_contribution(self) -> None:
        """Both indices side by side."""
        from tui.screens.contribution import ContributionScreen

        self._view(ContributionScreen)

    def action_heatmap(self) -> None:
        """The market in one picture."""
        from tui.screens.heatmap import HeatmapScreen

        self._view(HeatmapScreen)

    def action_movers(self) -> None:
        """Breadth, and the lists of what moved most."""
        from tui.screens.movers import MoversScreen

        self._view(MoversScreen)

    def action_news(self) -> None:
        """Every headline with its story."""
        from tui.screens.news import NewsScreen

        self._view(NewsScreen)

    def action_timeline(self) -> None:
        """What falls due, and what came of the past week."""
        from tui.screens.timeline import TimelineScreen

        self._view(TimelineScreen)

    def action_quiet(self) -> None:
        """Tell no news of the user's lists at the edge of the screen, or tell it again."""
        quiet = not self.monitor.state.quiet
        self.monitor.set_quiet(quiet=quiet)
        self.notify("News of your lists is kept quiet." if quiet else "News of your lists is told.",
                    timeout=3)  # fmt: skip

    def action_bridge(self) -> None:
        """Receipts in New York against the Tokyo close, and what futures imply."""
        from tui.screens.bridge import BridgeScreen

        self._view(BridgeScreen)

    def action_wrap(self) -> None:
        """The report of the day."""
        from tui.screens.wrap import WrapScreen

        self._view(WrapScreen)

    def _view(self, kind: type[LiveScreen]) -> None:
        """Open a view in place of another one; asked again, leave it."""
        top = self.screen
        if isinstance(top, kind):
            top.dismiss()
        elif isinstance(top, LiveScreen):
            self.switch_screen(kind(self.monitor))
        elif not isinstance(top, ModalScreen):
            self.push_screen(kind(self.monitor))
        notice = self.monitor.analysis.notice
        if notice and notice != self._told:
            self._told = notice
            self.notify(notice, severity="warning", markup=False)

    def action_since(self, text: str = "") -> None:
        """Measure the views since a time as typed, or since the market's time."""
        problem = self.monitor.measure_since(text=text)
        if problem:
            self.notify(problem, severity="warning", markup=False)
            return
        self.notify(f"The views measure {self.monitor.window_words()} now.", timeout=4)
        self._repaint()

    # --- the rest -------------------------------------------------------------------------

    def action_live(self) -> None:
        """Show live quotes, or the recorded session again."""
        self._switched(self.monitor.go_live if self.monitor.recorded else self.monitor.go_back)

    def action_recorded(self) -> None:
        """Show the recorded session."""
        self._switched(self.monitor.go_back)

    def _switched(self, switch: Callable[[], str]) -> None:
        told = switch()
        self.clear_notifications()  # they were of the source before
        key = first_key(BY_ID["source.live"], self.rebound)
        back = "" if self.monitor.recorded else f" {key} goes back to the recorded session."
        self.notify(f"{told}{back}", timeout=5, markup=False)
        self._repaint()

    def action_refresh_feed(self) -> None:
        """Ask the source for everything again."""
        self.monitor.refresh()
        self.notify("Asking the source again.", timeout=2)

    def action_sources(self) -> None:
        """Show how the sources are doing."""
        from tui.screens.sources import SourcesScreen

        if not isinstance(self.screen, SourcesScreen):
            self.push_screen(SourcesScreen(self.monitor), lambda _: self._repaint())

    def action_help(self) -> None:
        """List every key."""
        from tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.rebound, self.monitor.language))

    def action_command_palette(self) -> None:
        """Textual's palette, filled from the registry."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(id="--command-palette"))

    def _repaint(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, MainScreen):
                screen.repaint_all()
            elif isinstance(screen, LiveScreen):
                screen.repaint()
