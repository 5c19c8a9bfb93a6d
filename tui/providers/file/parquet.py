"""The cells of a Parquet file; the only place that imports pyarrow."""

from datetime import timedelta
from typing import Any, Final

from tui.errors import BadPayload, NotSupported
from tui.market.times import JST
from tui.providers.file.cells import CODE, SYMBOL, TIME, Cell, column
from tui.providers.file.sheet import COLUMNS_LIMIT, ROWS_LIMIT, Table, Unfinished

_UNPACKED_LIMIT: Final = 256 * 1024 * 1024
_TEXT_LIMIT: Final = 64
_TOKYO_MS: Final = JST.utcoffset(None) // timedelta(milliseconds=1)


def parquet_table(content: bytes) -> Table:
    """Read the known columns, once the footer has said that they are of a bearable size.

    Raises:
        Unfinished: It has no readable footer, or a page of it cannot be read.
        BadPayload: It is too large, or a column is of a type that cannot be a quote.
        NotSupported: pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        from pyarrow import parquet
    except ImportError:
        raise NotSupported(
            "is a Parquet file, and pyarrow, which reads them, is not installed",
            remedy="Install it by: uv tool install 'zaraba[parquet]'. Or write CSV.",
        ) from None
    try:
        schema, metadata = _footer(parquet, pa.BufferReader(content))
        _check_size(metadata)
        known = [field for field in schema if column(field.name) is not None]
        for field in known:
            _check_type(pa.types, field)
        # Texts are read as dictionaries, so that a long one is seen before it is multiplied.
        texts = [field.name for field in known if _is_text(pa.types, field.type)]
        source = parquet.ParquetFile(pa.BufferReader(content), read_dictionary=texts)
        read = source.read(columns=[field.name for field in known], use_threads=False)
        columns = [_cells(pa, read.column(field.name)) for field in known]
    except (pa.ArrowException, OSError) as error:
        raise Unfinished(
            f"cannot be read as Parquet: {str(error).splitlines()[0][:200]}",
            remedy="Check the program that writes it.",
        ) from None
    rows = enumerate(zip(*columns, strict=True), start=1) if columns else ()
    return Table([field.name for field in known], rows, whole=True)


def _footer(parquet: Any, source: Any) -> tuple[Any, Any]:
    opened = parquet.ParquetFile(source)
    return opened.schema_arrow, opened.metadata


def _check_size(metadata: Any) -> None:
    if metadata.num_rows > ROWS_LIMIT:
        raise BadPayload(f"has more than {ROWS_LIMIT:,} rows", remedy="Write fewer rows.")
    if metadata.num_columns > COLUMNS_LIMIT:
        raise BadPayload(f"has more than {COLUMNS_LIMIT:,} columns", remedy="Write fewer columns.")
    groups = range(metadata.num_row_groups)
    if sum(metadata.row_group(place).total_byte_size for place in groups) > _UNPACKED_LIMIT:
        raise BadPayload(
            f"unpacks to more than {_UNPACKED_LIMIT // 2**20} MiB",
            remedy="Write fewer rows or columns.",
        )


def _is_text(types: Any, kind: Any) -> bool:
    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(types.is_string(kind) or types.is_large_string(kind))


def _check_type(types: Any, field: Any) -> None:
    """Refuse a column whose type cannot be read as what its name says."""
    kind = field.type
    if types.is_null(kind) or _is_text(types, kind):
        return
    name = column(field.name)
    if name == TIME:
        fit = types.is_timestamp(kind) or types.is_time(kind)
    elif name in {SYMBOL, CODE}:
        fit = types.is_integer(kind) or types.is_floating(kind)
    else:
        fit = types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind)
    if not fit:
        raise BadPayload(
            f"has the type {str(kind)[:40]} in the column {name}",
            remedy="Write symbols as text, prices as numbers and times as text or timestamps.",
        )


def _cells(pa: Any, read: Any) -> list[Cell]:
    kind = read.type
    if pa.types.is_dictionary(kind):
        for chunk in read.chunks:
            if any(len(text or "") > _TEXT_LIMIT for text in chunk.dictionary.to_pylist()):
                raise BadPayload(
                    f"has a text of more than {_TEXT_LIMIT} characters as a symbol, number or time",
                    remedy="Check the program that writes it.",
                )
    elif pa.types.is_timestamp(kind):
        milliseconds = read.cast(pa.timestamp("ms", kind.tz), safe=False).cast(pa.int64())
        shift = 0 if kind.tz else _TOKYO_MS
        return [None if each is None else each - shift for each in milliseconds.to_pylist()]
    elif pa.types.is_time(kind):
        read = read.cast(pa.time64("us"), safe=False)
    cells: list[Cell] = read.to_pylist()
    return cells
