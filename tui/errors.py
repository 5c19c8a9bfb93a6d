"""Every error that the program raises on purpose.

Drawn as a tree::

    ZarabaError
    ├── UsageError             a wrong argument on the command line
    ├── ConfigError            a configuration file that cannot be used
    ├── DataError              a reference table that is missing or unreadable
    ├── WatchlistError         a list, or the file of lists, that cannot be changed
    └── ProviderError          a source of data failed
        ├── Unavailable        not reachable, timed out, or answered with a server error
        ├── RateLimited        asked too often; says how long to wait
        ├── Unauthorised       key missing, wrong or expired
        ├── NotSupported       the source, or the plan paid for, does not offer this
        └── BadPayload         an answer that is malformed, too large, or out of range

Each says what happened, to what, and what to do about it, in one printable line.
"""

from tui.redaction import hide


class ZarabaError(Exception):
    """Base of every error raised on purpose.

    Args:
        what: What happened, as a full sentence without a final full stop.
        subject: The file, key, symbol or source it happened to.
        remedy: What the reader can do about it.
    """

    def __init__(self, what: str, *, subject: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.subject = subject
        self.remedy = remedy

    def __str__(self) -> str:
        head = f"{self.subject}: {self.what}" if self.subject else self.what
        stop = "" if head.endswith((".", "?", "!")) else "."
        line = f"{head}{stop} {self.remedy}" if self.remedy else head
        # What is quoted may be foreign: a path, an answer that repeats the key it was given.
        return "".join(c if c.isprintable() else "�" for c in hide(line))


class UsageError(ZarabaError):
    """A wrong argument on the command line."""


class ConfigError(ZarabaError):
    """A configuration file, or a key in it, that cannot be used."""


class DataError(ZarabaError):
    """A reference table that is missing, unreadable, or does not cover what was asked."""


class WatchlistError(ZarabaError):
    """A list, or the file of lists, that cannot be read or changed."""


class ProviderError(ZarabaError):
    """A source of data failed."""


class Unavailable(ProviderError):
    """The source cannot be reached, timed out, or answered with a server error."""


class RateLimited(ProviderError):
    """The source was asked too often.

    Args:
        what: What happened.
        retry_after: Seconds to wait before asking again, where the source says.
        subject: The source.
        remedy: What the reader can do about it.
    """

    def __init__(
        self,
        what: str,
        *,
        retry_after: float | None = None,
        subject: str = "",
        remedy: str = "",
    ) -> None:
        super().__init__(what, subject=subject, remedy=remedy)
        self.retry_after = retry_after


class Unauthorised(ProviderError):
    """The source refused the key: missing, wrong, or expired."""


class NotSupported(ProviderError):
    """The source, or the plan paid for, does not offer what was asked."""


class BadPayload(ProviderError):
    """An answer that is malformed, too large, or out of range."""
