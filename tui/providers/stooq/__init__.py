"""Stooq: quotes and daily bars as CSV, without a key."""

from tui.providers.stooq.history import StooqHistory
from tui.providers.stooq.quotes import StooqQuotes

__all__ = ["StooqHistory", "StooqQuotes"]
