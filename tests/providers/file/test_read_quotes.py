import math
import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import BadPayload, NotSupported, ProviderError, Unavailable
from tui.market.quotes import DelayKind, Field, Quality, QuoteBatch
from tui.providers.conformance import check_quotes
from tui.providers.file import read_quotes
from tui.providers.file.sheet import ROWS_LIMIT, read_sheet

DAY = date(2025, 5, 26)
HEAD = "code,last,previous_close"


def prices(batch: QuoteBatch, field: Field = Field.LAST) -> dict[str, float]:
    values = batch.fields[field].tolist()
    return {batch.symbols[row]: value for row, value in zip(batch.rows, values, strict=True)}


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_every_column_is_read_and_others_are_passed_over(path: Path) -> None:
    write(
        path,
        "Symbol,Name,Last,Previous_Close,Open,High,Low,Bid,Ask,Special_Quote,Volume,Turnover,Time,PER\n"
        '7203.T,Toyota,"2,500.5",2480,2490,2510,2470,2500,2501,,1200000,3.0e9,15:30,9.1\n'
        "^N225,Nikkei,37531.53,37160.47,,,,,,,,,15:30,\n",
    )

    batch, problems = read_quotes(path, DAY)

    check_quotes(batch)
    assert problems == []
    assert batch.symbols == ("7203.T", "^N225")
    assert {
        field: values[0] for field, values in batch.fields.items() if values[0] == values[0]
    } == {
        Field.LAST: 2500.5,
        Field.BASE: 2480,
        Field.PREVIOUS_CLOSE: 2480,
        Field.OPEN: 2490,
        Field.HIGH: 2510,
        Field.LOW: 2470,
        Field.BID: 2500,
        Field.ASK: 2501,
        Field.VOLUME: 1_200_000,
        Field.TURNOVER: 3e9,
    }
    assert math.isnan(batch.fields[Field.VOLUME][1])
    assert batch.time.tolist() == [datetime(2025, 5, 26, 6, 30)] * 2
    assert (batch.source, batch.session, batch.delay.kind) == ("file", DAY, DelayKind.UNKNOWN)


def test_a_previous_close_stands_in_for_the_base_price_and_is_marked(path: Path) -> None:
    batch, _ = read_quotes(write(path, f"{HEAD}\n7203,2500,2480\n285A,1800,\n"), DAY)

    assert prices(batch, Field.BASE)["7203.T"] == 2480
    assert batch.quality is not None
    assert batch.quality.tolist() == [int(Quality.BASE_IS_PREVIOUS_CLOSE), 0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_encodings_are_told_apart(path: Path, encoding: str) -> None:
    text = "銘柄コード,銘柄名称,現在値,前日終値\n7203,トヨタ自動車,2500,2480\n"

    batch, problems = read_quotes(write(path, text, encoding), DAY)

    assert (prices(batch), problems) == ({"7203.T": 2500}, [])


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiters_and_newlines_are_told_apart(path: Path, delimiter: str, newline: str) -> None:
    rows = [HEAD, "7203,2500,2480", "285A,1800,1790", ""]
    text = newline.join(rows).replace(",", delimiter)

    assert prices(read_quotes(write(path, text), DAY)[0]) == {"7203.T": 2500, "285A.T": 1800}


def test_a_bad_row_is_skipped_and_told_with_its_line(path: Path) -> None:
    write(
        path,
        f"{HEAD}\n7203,2500,2480\n285A,abc,1790\n\n,100,100\nトヨタ,1,1\n6501,3,500,3480\n6758,3600\n"
        "9984,7631,7464\n",
    )

    batch, problems = read_quotes(path, DAY)

    assert prices(batch) == {"7203.T": 2500, "9984.T": 7631}
    assert problems == [
        "line 3: “abc” in the column last is no number",
        "line 5: has no symbol or code",
        "line 6: “トヨタ” is no symbol or code",
        "line 7: has 4 cells where the first line has 3",
        "line 8: has 2 cells where the first line has 3",
    ]


def test_of_two_rows_for_one_symbol_the_later_counts(path: Path) -> None:
    batch, problems = read_quotes(
        write(path, f"{HEAD}\n7203,2500,2480\n285A,1800,1790\n7203.T,2510,2480\n"), DAY
    )

    assert prices(batch) == {"7203.T": 2510, "285A.T": 1800}
    assert problems == ["line 4: 7203.T stands twice; this line counts"]


def test_a_thousand_bad_rows_are_told_in_a_bounded_number_of_lines(path: Path) -> None:
    write(path, f"{HEAD}\n7203,2500,2480\n" + "x y,1,1\n" * 1000)

    _, problems = read_quotes(path, DAY)

    assert len(problems) == 101
    assert problems[-1] == "900 more lines likewise"


def test_what_is_wanted_and_not_there_is_told(path: Path) -> None:
    write(path, f"{HEAD}\n7203,2500,2480\n285A,1800,1790\n")

    batch, problems = read_quotes(path, DAY, ("6501.T", "285A.T"))

    assert prices(batch) == {"285A.T": 1800}
    assert problems == ["quotes.csv has no row for 6501.T"]


def test_the_session_is_the_latest_date_that_the_times_tell(path: Path) -> None:
    write(
        path,
        f"{HEAD},time\n7203,1,1,2025-05-23T15:30+09:00\n285A,1,1,2025-05-25T16:00Z\n6501,1,1,9:00\n",
    )

    batch, _ = read_quotes(path)

    assert batch.session == DAY
    assert batch.time[2] == np.datetime64("2025-05-26T00:00", "ms")
    assert read_quotes(path, date(2025, 5, 27))[0].session == date(2025, 5, 27)


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"", BadPayload, "is empty"),
        (b" \r\n", BadPayload, "is empty"),
        (b"code,last", BadPayload, "no complete first line"),
        (b"code,last\n7203,1\n", BadPayload, "lacks the column previous_close"),
        (b"name\nToyota\n", BadPayload, "lacks the columns symbol or code, last, previous_close"),
        (b"code,last,LAST,previous_close\n", BadPayload, "the column last twice"),
        (b"code,last,previous_close\n", BadPayload, "no row that can be used"),
        (b"code,last,previous_close\n7203,x,1\n", BadPayload, "line 2: “x”"),
        (b"code,last,previous_close\n7203\0,1,1\n", BadPayload, "zero bytes"),
        (b"code,last,previous_close\n7203,1,1\x81 \n", BadPayload, "neither UTF-8 nor Shift"),
        (b"PK\x03\x04" + b"x" * 50, BadPayload, "Save it as CSV"),
        (b"PAR1" + b"x" * 50, BadPayload, "cannot be read as Parquet"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_which(
    path: Path, content: bytes, error: type[ProviderError], words: str
) -> None:
    path.write_bytes(content)

    with pytest.raises(error) as caught:
        read_quotes(path, DAY)

    assert words in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_missing_file_and_a_folder_are_unavailable(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(Unavailable) as caught:
            read_quotes(path, DAY)
        assert caught.value.subject == str(path)
        assert caught.value.remedy


def test_a_file_that_is_too_large_is_refused(path: Path) -> None:
    with path.open("wb") as opened:
        opened.truncate(64 * 1024 * 1024 + 1)

    with pytest.raises(BadPayload, match="larger than 64 MiB"):
        read_quotes(path, DAY)


def test_a_file_with_too_many_rows_is_refused(path: Path) -> None:
    write(path, f"{HEAD}\n" + "7203,1,1\n" * (ROWS_LIMIT + 1))

    with pytest.raises(BadPayload, match="more than 100,000 rows"):
        read_quotes(path, DAY)


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda rest: b"PAR1" + rest))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(ProviderError):
        assert read_sheet(content, DAY, DAY).symbols


@given(st.text(max_size=200))
def test_any_rows_are_read_or_told(rows: str) -> None:
    content = f"{HEAD},time\n7203,2500,2480,9:00\n{rows}\n".encode("utf-8", "replace")
    try:
        sheet = read_sheet(content, DAY, DAY)
    except BadPayload:
        return
    assert len(sheet.symbols) == len(sheet.time) == len(sheet.fields[Field.LAST])
    assert all(problem.isprintable() for problem in sheet.problems)


def test_parquet_without_its_reader_says_what_to_install(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(b"PAR1" + b"x" * 50)
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(NotSupported, match=r"zaraba\[parquet\]"):
        read_quotes(path, DAY)


def test_the_instants_of_iso_times_are_utc(path: Path) -> None:
    write(path, f"{HEAD},time\n7203,1,1,2025-05-26T09:00:00+09:00\n")

    batch, _ = read_quotes(path)

    assert batch.time[0] == np.datetime64(datetime(2025, 5, 26, tzinfo=UTC).replace(tzinfo=None))
