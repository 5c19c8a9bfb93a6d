"""kabu STATION: real-time quotes from the application on the user's own PC."""

from tui.providers.kabu.quotes import KabuQuotes

__all__ = ["KabuQuotes"]
