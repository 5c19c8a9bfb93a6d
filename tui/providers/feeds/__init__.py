"""Feeds of news: RSS 0.9 to 2.0, Atom and JSON feed, as strangers write them."""

from tui.providers.feeds.provider import FeedsProvider
from tui.providers.feeds.reader import read_feed

__all__ = ["FeedsProvider", "read_feed"]
