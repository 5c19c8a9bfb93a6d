"""What the table tells its parents."""

from textual.message import Message
from textual.widget import Widget


class TableMessage(Message):
    """Base of the table's messages.

    Attributes:
        table: The table that sent it.
    """

    def __init__(self, table: Widget) -> None:
        super().__init__()
        self.table = table

    @property
    def control(self) -> Widget:
        """The table, so that ``@on(QuoteTable.Chosen, "#id")`` finds it."""
        return self.table


class KeyMessage(TableMessage):
    """Base of the messages about one symbol.

    Attributes:
        key: The symbol.
    """

    def __init__(self, table: Widget, key: str) -> None:
        super().__init__(table)
        self.key = key
