"""J-Quants, the exchange group's own service: issues, daily bars, dates of results."""

from tui.providers.jquants.earnings import JQuantsCalendar
from tui.providers.jquants.history import JQuantsHistory
from tui.providers.jquants.search import JQuantsSearch

__all__ = ["JQuantsCalendar", "JQuantsHistory", "JQuantsSearch"]
