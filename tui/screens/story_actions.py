"""What the keys do to a story: mark, open its link, copy, keep, edit, show only its names."""

from collections.abc import Callable

from tui.present.japanese import noticed, said
from tui.present.links import destination
from tui.present.monitor import Monitor
from tui.screens.live import LiveScreen
from tui.screens.pick import AskScreen
from widgets.caption import Caption
from widgets.story_reader import StoryReader

_KIND = "Kind, one word; none for none, source for the source's"
_NAMES = "Codes or names; none for none, source for the source's"


class StoryActions(LiveScreen):
    """The story's part of the news screen.

    Args:
        monitor: The model behind the screens.
    """

    def __init__(self, monitor: Monitor) -> None:
        super().__init__(monitor)
        self.news = monitor.desk.news
        self.asked = ""

    @property
    def story_key(self) -> str | None:
        """The key of the story that is meant; None while there is none."""
        raise NotImplementedError

    def show_now(self) -> None:
        """Show what has changed at once."""
        raise NotImplementedError

    def action_mark(self) -> None:
        """Mark it as read, or as not read."""
        key = self.story_key
        if key is not None:
            slot = self.news.index.slot(key)
            self.monitor.desk.mark(key, unread=not self.news.index.unread(slot))
            self.show_now()

    def action_only(self) -> None:
        """Show only the story's names in the main table."""
        key = self.story_key
        symbols = self.monitor.catalyst_symbols(key) if key is not None else ()
        if not symbols:
            self.say("This story names no instruments.")
            return
        name = said("a catalyst's names", self.monitor.language)
        self.monitor.ask_only(symbols, name)
        self.dismiss()

    def action_browse(self) -> None:
        """Show where the link goes; asked again, open it."""
        if self.asked:
            url = self.asked
            self.leave_question()
            # Starting a browser may take a while.
            self.run_worker(
                lambda: self.app.open_url(url), thread=True, exit_on_error=False, group="browser"
            )
            return
        self.ask_about(self._link())

    def _link(self) -> str:
        key = self.story_key
        story = self.monitor.desk.story(key) if key is not None else None
        return story.link if story is not None else ""

    def ask_about(self, link: str) -> None:
        """Show where a link goes, and ask whether it is to be opened."""
        goes = destination(link)
        if goes is None:
            self.say(
                "This link cannot be opened: only plain http and https addresses are."
                if link
                else "This story has no link."
            )
            return
        self.asked = goes.url
        words = f"Open {goes.host}?  b or ⏎ opens, Esc does not.  {goes.url}"
        asked = self.query_one("#news-ask", Caption)
        forms = words, f"Open {goes.host}?  {goes.url}"
        asked.show(*(noticed(form, self.monitor.language) for form in forms))
        self.add_class("-asking")

    def leave_question(self) -> None:
        """Take the question away."""
        self.asked = ""
        self.remove_class("-asking")

    def on_story_reader_link_pressed(self, event: StoryReader.LinkPressed) -> None:
        """A link in the text is asked about as well."""
        event.stop()
        self.ask_about(event.link)

    def action_copy(self) -> None:
        """Copy the link to the clipboard of the terminal (OSC 52)."""
        goes = destination(self._link())
        if goes is None:
            self.say("This story has no link that can be copied.")
            return
        self.app.copy_to_clipboard(goes.url)
        self.say(f"Copied {goes.url}, where the terminal allows it.")

    def action_save(self) -> None:
        """Keep the story among the notes."""
        key = self.story_key
        if key is not None:
            good, words = self.monitor.desk.save(key)
            self.say(words, good=good)

    def action_edit_kind(self) -> None:
        """Type another kind."""
        key = self.story_key
        story = self.monitor.desk.story(key) if key is not None else None
        if key is None or story is None:
            return
        self.app.push_screen(
            AskScreen(said(_KIND, self.monitor.language), value=story.kind),
            lambda typed: self._edited(
                typed, lambda: self.monitor.desk.edit_kind(key, typed or "")
            ),
        )

    def action_edit_symbols(self) -> None:
        """Type other names."""
        key = self.story_key
        if key is None:
            return
        codes = " ".join(map(self.monitor.code, self.monitor.catalyst_symbols(key)))
        self.app.push_screen(
            AskScreen(said(_NAMES, self.monitor.language), value=codes),
            lambda typed: self._edited(
                typed, lambda: self.monitor.desk.edit_symbols(key, typed or "")
            ),
        )

    def _edited(self, typed: str | None, edit: Callable[[], tuple[bool, str]]) -> None:
        if typed is not None:
            good, words = edit()
            self.say(words, good=good)
            self.repaint()

    def say(self, words: str, *, good: bool = True) -> None:
        """Say something at the edge of the screen."""
        severity = "information" if good else "warning"
        self.notify(words, severity=severity, timeout=4, markup=False)  # type: ignore[arg-type]
