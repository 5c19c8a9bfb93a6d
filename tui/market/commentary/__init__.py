"""Market commentaries: texts that tell how a session went and name what moved it.

A commentary has no grammar of its own. What is sought in it: its date, a section of catalysts
whose items are a title and an explanation each, and the figures that it states of indices and
instruments. What is not clear is left out.
"""

from tui.market.commentary.commentary import Commentary, is_commentary, parse_commentary

__all__ = ["Commentary", "is_commentary", "parse_commentary"]
