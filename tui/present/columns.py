"""The columns of the live table: their titles, widths, and which give way first."""

from dataclasses import dataclass

from rich.cells import cell_len

from widgets.quote_table import Column


@dataclass(frozen=True, slots=True)
class ColumnText:
    """What a column is called, in both languages."""

    key: str
    title: str
    title_ja: str
    about: str


TEXTS: tuple[ColumnText, ...] = (
    ColumnText("code", "Code", "コード", "local code"),
    ColumnText("name", "Name", "銘柄", "name"),
    ColumnText("last", "Last", "現在値", "last trade; 気配 in an auction"),
    ColumnText("change", "Chg", "前日比", "change from the base price"),
    ColumnText("percent", "Chg%", "騰落率", "change in per cent"),
    ColumnText("points", "Pts", "寄与度", "points to the Nikkei 225"),
    ColumnText("adr", "ADR", "ADR差率", "the receipt against the close, in per cent"),
    ColumnText("bid", "Bid", "買気配", "best bid"),
    ColumnText("ask", "Ask", "売気配", "best ask"),
    ColumnText("volume", "Volume", "出来高", "volume of the day"),
    ColumnText("turnover", "Turnover", "売買代金", "turnover of the day"),
    ColumnText("day", "Day", "日中", "the day's path"),
    ColumnText("state", "State", "状態", "limit, special quote, halt, derived"),
    ColumnText("source", "Source", "情報源", "who serves the row, where several do"),
)

DEFAULT_COLUMNS: tuple[str, ...] = tuple(text.key for text in TEXTS)

_SHAPES: dict[str, tuple[int, bool, int]] = {
    # key: width in cells, right-aligned, how soon it gives way (0 last)
    "code": (6, False, 0),
    "last": (9, True, 0),
    "name": (12, False, 1),
    "percent": (8, True, 2),
    "points": (8, True, 3),
    "change": (8, True, 4),
    "source": (10, False, 4),
    "adr": (8, True, 5),
    "day": (10, False, 5),
    "turnover": (8, True, 6),
    "state": (11, False, 7),
    "volume": (8, True, 8),
    "bid": (9, True, 9),
    "ask": (9, True, 10),
}


def columns(keys: tuple[str, ...], language: str) -> tuple[Column, ...]:
    """The table's columns, in the order of the keys; unknown keys are passed over."""
    texts = {text.key: text for text in TEXTS}
    return tuple(_column(texts[key], language) for key in keys if key in texts)


def _column(text: ColumnText, language: str) -> Column:
    width, right, priority = _SHAPES[text.key]
    title = text.title_ja if language == "ja" else text.title
    return Column(
        key=text.key,
        title=title,
        width=max(width, cell_len(title)),
        align="right" if right else "left",
        grow=text.key == "name",
        priority=-priority,
        sortable=text.key != "day",
    )
