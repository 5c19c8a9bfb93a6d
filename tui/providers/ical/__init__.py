"""Dated events of iCalendar files and links."""

from tui.providers.ical.provider import ICalCalendar

__all__ = ["ICalCalendar"]
