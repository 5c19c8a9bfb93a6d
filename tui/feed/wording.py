"""Foreign words made fit for a screen: plain, short, and without keys."""

from collections.abc import Callable

from tui import redaction
from tui.errors import ZarabaError

LONGEST = 300
_SHORTEST_KEY = 4


def same(text: str) -> str:
    """The text as it is."""
    return text


def plain(text: object, hide: Callable[[str], str] = same) -> str:
    """One short line of text without control, escape, or direction characters.

    Args:
        text: Whatever a source said; it need not even be text.
        hide: Blots out what must not be shown, before the line is cut.
    """
    try:
        raw = redaction.hide(hide(str(text)))[: LONGEST * 4]
    except Exception:  # noqa: BLE001 - a stranger's __str__ may raise anything
        return f"({type(text).__name__} without words)"
    line = " ".join("".join(c if c.isprintable() else " " for c in raw).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def error_words(error: BaseException, hide: Callable[[str], str] = same) -> str:
    """An error as the screen tells it; a failed connection by its cause, another by its type."""
    words = plain(error, hide)
    if isinstance(error, ZarabaError):
        return words
    # Nothing fails as a rule before the first painting, which need not wait for it.
    from tui.providers.web.failures import known_failure

    if failure := known_failure(error):
        return failure
    name = type(error).__name__
    return f"{name}: {words}" if words else name


class Secrets:
    """Hands keys to a source, and keeps them out of whatever it says afterwards.

    Args:
        read: Reads a key by name.
    """

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self._read = read
        self._seen: set[str] = set()

    def __call__(self, name: str) -> str | None:
        """Read a key by name; None where there is none."""
        secret = self._read(name)
        if secret is not None and len(secret) >= _SHORTEST_KEY:
            self._seen |= redaction.forms_of(secret)
        return secret

    def hide(self, text: str) -> str:
        """The text with every key that was handed out blotted out."""
        for secret in sorted(self._seen, key=len, reverse=True):
            text = text.replace(secret, "•••")
        return text
