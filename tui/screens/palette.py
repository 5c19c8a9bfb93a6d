"""The command palette, filled from the registry."""

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.commands.japanese import about
from tui.commands.rebinding import first_key
from tui.commands.registry import COMMANDS, Command


class ZarabaCommands(Provider):
    """Every command of the registry, found by its title in either language, word or key."""

    async def discover(self) -> Hits:
        """All commands, in the order of the help."""
        for command in COMMANDS:
            if self._usable(command):
                yield DiscoveryHit(
                    Content(self._label(command)),
                    partial(self._run, command),
                    text=self._label(command),
                    help=self._about(command),
                )

    async def search(self, query: str) -> Hits:
        """The commands that match."""
        matcher = self.matcher(query)
        for command in COMMANDS:
            if not self._usable(command):
                continue
            text = " ".join((self._label(command), command.title, command.title_ja, *command.words))
            score = matcher.match(text)
            if score > 0:
                yield Hit(
                    score,
                    # A label may hold the brackets of markup, as the key [/] does.
                    matcher.highlight(Content(self._label(command)).markup),
                    partial(self._run, command),
                    text=text,
                    help=self._about(command),
                )

    def _usable(self, command: Command) -> bool:
        """Movement is for keys; the rest stands where the screen beneath can do it."""
        return bool(command.keys) and not command.id.startswith(("move.", "list.", "back"))

    async def _run(self, command: Command) -> None:
        target = self.app if "app" in command.screens else self.screen
        await self.app.run_action(command.action, default_namespace=target)

    def _label(self, command: Command) -> str:
        rebound: dict[str, str] = getattr(self.app, "rebound", {})
        key = first_key(command, rebound)
        title = command.title_ja if self._language == "ja" else command.title
        return f"{title}  [{key}]" if key else title

    def _about(self, command: Command) -> str:
        return about(command, self._language)

    @property
    def _language(self) -> str:
        monitor = getattr(self.app, "monitor", None)
        return "en" if monitor is None else monitor.language
