"""iCalendar documents, written as programs write them."""

from collections.abc import Callable

import pytest

Document = Callable[..., bytes]


@pytest.fixture
def document() -> Document:
    """Puts events, each given as its lines, into a document."""

    def make(*events: str) -> bytes:
        entries = "".join(
            f"BEGIN:VEVENT\nUID:{number}\n{lines.strip()}\nEND:VEVENT\n"
            for number, lines in enumerate(events)
        )
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{entries}END:VCALENDAR\n"
        return text.replace("\n", "\r\n").encode()

    return make
