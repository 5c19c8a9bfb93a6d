"""What the user chose and what is remembered of it."""

from msgspec import structs

from tui.config import ChosenSources, Config, Home, State, save_state

LANGUAGES = ("en", "ja")


class Choices:
    """Language, theme, colours and sources; what is chosen is kept in `state` until it is saved.

    `config.sources` is always what counts: what was chosen, and else the configuration's word.

    Args:
        config: The user's configuration, as the file has it.
        home: Where the state is kept; None to remember nothing.
        state: What was chosen before.
    """

    def __init__(self, config: Config, home: Home | None, state: State) -> None:
        self.configured = config.sources
        self.config = structs.replace(config, sources=state.sources.over(config.sources))
        self.home = home
        self.state = state

    @property
    def language(self) -> str:
        """Language of names."""
        return self.state.language or self.config.language or LANGUAGES[0]

    def set_language(self, language: str) -> None:
        """Show names in another language."""
        if language in LANGUAGES:
            self._remember(language=language)
            self._reformat()

    def set_theme(self, theme: str) -> None:
        """Remember the theme."""
        self._remember(theme=theme)

    def set_convention(self, convention: str) -> None:
        """Remember the colours of rise and fall."""
        self._remember(convention=convention)

    def set_sources(self, chosen: ChosenSources) -> None:
        """Remember the sources at once, as the choice may outlive a crash that it leads to."""
        self._remember(sources=chosen)
        self.config = structs.replace(self.config, sources=chosen.over(self.configured))
        self.save_choices()

    def set_quiet(self, *, quiet: bool) -> None:
        """Remember whether news of the user's names is told at the edge of the screen."""
        self._remember(quiet=quiet)

    def save_choices(self) -> None:
        """Write what was chosen, where there is a place for it."""
        if self.home is not None:
            save_state(self.home, self.state)

    def _remember(self, **changes: object) -> None:
        self.state = structs.replace(self.state, **changes)

    def _reformat(self) -> None:
        """Called when texts must be made anew in another language."""
