"""The live table: thousands of rows that change, of which only what is seen is painted."""

from widgets.quote_table.contracts import TONES, Cell, Column, TableData
from widgets.quote_table.table import QuoteTable

__all__ = ["TONES", "Cell", "Column", "QuoteTable", "TableData"]
