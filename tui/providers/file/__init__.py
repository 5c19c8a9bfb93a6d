"""Quotes from a CSV or Parquet file that something else writes and rewrites."""

from tui.providers.file.provider import FileProvider, read_quotes

__all__ = ["FileProvider", "read_quotes"]
