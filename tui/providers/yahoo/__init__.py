"""Yahoo Finance: delayed quotes, history and search, without a key."""

from tui.providers.yahoo.history import YahooHistory
from tui.providers.yahoo.quotes import YahooQuotes
from tui.providers.yahoo.search import YahooSearch

__all__ = ["YahooHistory", "YahooQuotes", "YahooSearch"]
