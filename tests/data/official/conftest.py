"""Files in the publishers' forms, with made-up members: CSV, and workbooks written by hand."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import pytest

Rows = list[list[str]]
Workbook = Callable[[Sequence[Sequence[str | float]]], bytes]


@pytest.fixture
def factors_ja() -> Rows:
    heading = ["対象日付", "コード", "銘柄名", "株価換算係数", "業種", "セクター"]
    rows = [
        ["2026/03/10", str(1300 + i), f"会社Ａ{i}", "0.5" if i % 3 else "12.0", "化学", "素材"]
        for i in range(225)
    ]
    return [heading, *rows, ["（注）対象日付は、係数を用いた日付。", *[""] * 5]]


@pytest.fixture
def factors_en() -> Rows:
    heading = [
        "Date of Data",
        "Code",
        "Company Name",
        "Price Adjustment Factor",
        "Nikkei Industrial Classification",
        "Sector",
    ]
    rows = [
        ["2026/03/10", str(1300 + i), f"COMPANY {i} CO., LTD.", "1.0", "Chemicals", "Materials"]
        for i in range(225)
    ]
    return [heading, *rows, ["Notes, and more notes."]]


@pytest.fixture
def weights() -> Rows:
    heading = [
        "日付",
        "銘柄名",
        "コード",
        "業種",
        "TOPIXに占める個別銘柄のウエイト",
        "ニューインデックス区分",
    ]
    rows = [
        ["20260430", f"会社{i}", str(1300 + i), "化学", "0.1000%", "TOPIX Small 1"]
        for i in range(1000)
    ]
    note = ["（注1）区分欄には、いずれかを記載します。", *[""] * 5]
    return [heading, *rows, note, [""] * 6, ["お問い合わせ先", *[""] * 5]]


@pytest.fixture
def issues() -> list[list[str | float]]:
    heading: list[str | float] = [
        "日付",
        "コード",
        "銘柄名",
        "市場・商品区分",
        "33業種コード",
        "33業種区分",
        "17業種コード",
        "17業種区分",
        "規模コード",
        "規模区分",
    ]
    small: list[str | float] = [1.0, "食品", 7.0, "TOPIX Small 2"]
    prime, etf = "プライム（内国株式）", "ETF・ETN"
    rows: list[list[str | float]] = [
        [20260930.0, float(1300 + i), f"会社{i}", prime, 50.0, "水産・農林業", *small]
        for i in range(2000)
    ]
    fund: list[str | float] = [20260930.0, "130A", "ＥＴＦ　連動型", etf, *["-"] * 6]
    return [heading, *rows, fund]


@pytest.fixture
def as_csv() -> Callable[..., bytes]:
    def write(rows: Sequence[Sequence[object]], encoding: str = "cp932") -> bytes:
        lines = [rows[0], *([f'"{cell}"' for cell in row] for row in rows[1:])]
        text = "\r\n".join(",".join(str(cell) for cell in line) for line in lines)
        return (text + "\r\n").encode(encoding)

    return write


@pytest.fixture
def as_xls() -> Workbook:
    return lambda rows: _compound_file(_biff8(rows))


@pytest.fixture
def as_xlsx() -> Workbook:
    return _xlsx


def _biff8(rows: Sequence[Sequence[str | float]]) -> bytes:
    """A workbook stream of Excel 97 with one sheet of texts and numbers."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def beginning(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    end, head = record(0x000A, b""), beginning(0x0005)
    name = b"Sheet1"
    start = len(head) + 4 + 8 + len(name) + len(end)
    sheet = struct.pack("<IHBB", start, 0, len(name), 0) + name
    cells = []
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            place = struct.pack("<HHH", y, x, 0)
            if isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                cells.append(record(0x0204, place + text))
            else:
                cells.append(record(0x0203, place + struct.pack("<d", cell)))
    return head + record(0x0085, sheet) + end + beginning(0x0010) + b"".join(cells) + end


def _compound_file(stream: bytes) -> bytes:
    """The stream as the one entry of a compound file with sectors of 512 bytes."""
    free, last, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % 512)
    sectors = len(stream) // 512
    tables = 1
    while tables * 128 < tables + 1 + sectors:
        tables += 1
    chain = [table] * tables + [last] + [tables + 2 + i for i in range(sectors)]
    chain[-1] = last
    chain += [free] * (tables * 128 - len(chain))
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        tables,
        tables,
        0,
        4096,
        last,
        0,
        last,
        0,
    )
    header += struct.pack("<109I", *range(tables), *[free] * (109 - tables))

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        raw = (name + "\0").encode("utf-16-le") if name else b""
        return struct.pack(
            "<64sHBBIII16sIQQIQ",
            *(raw, len(raw), kind, 1, free, free, child, b"", 0, 0, 0, first, size),
        )

    folder = entry("Root Entry", 5, 1, last, 0) + entry(
        "Workbook", 2, free, tables + 1, len(stream)
    )
    folder += entry("", 0, free, 0, 0) * 2
    return header + struct.pack(f"<{len(chain)}I", *chain) + folder + stream


def _xlsx(rows: Sequence[Sequence[str | float]]) -> bytes:
    base = "http://schemas.openxmlformats.org"
    cells = []
    for y, row in enumerate(rows, start=1):
        line = "".join(
            f'<c r="{chr(65 + x)}{y}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            if isinstance(cell, str)
            else f'<c r="{chr(65 + x)}{y}"><v>{cell!r}</v></c>'
            for x, cell in enumerate(row)
        )
        cells.append(f'<row r="{y}">{line}</row>')
    main = f"{base}/spreadsheetml/2006/main"
    related = f"{base}/officeDocument/2006/relationships"
    package = f"{base}/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{related}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{related}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{related}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>'
        f"{''.join(cells)}</sheetData></worksheet>",
    }
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return body.getvalue()
