"""The publishers' files: recognised by content in every form, refused with the reason."""

import builtins
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.data.official import FactorList, IssueList, WeightList, read_official
from tui.data.official.cells import MOST_BYTES
from tui.errors import DataError

Rows = list[list[str]]
Write = Callable[..., bytes]


def refusal(content: bytes) -> str:
    with pytest.raises(DataError) as caught:
        read_official(content)
    assert caught.value.remedy
    return caught.value.what


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_factors_in_japanese(factors_ja: Rows, as_csv: Write, encoding: str) -> None:
    official = read_official(as_csv(factors_ja, encoding))
    assert isinstance(official, FactorList)
    assert official.vintage == date(2026, 3, 10)
    assert official.language == "ja"
    assert len(official.rows) == 225
    assert official.rows[0] == ("1300", "会社A0", 12.0, "化学", "素材")
    assert official.rows[1].factor == 0.5


def test_factors_in_english(factors_en: Rows, as_csv: Write) -> None:
    official = read_official(as_csv(factors_en))
    assert isinstance(official, FactorList)
    assert official.language == "en"
    assert official.rows[2] == ("1302", "COMPANY 2 CO., LTD.", 1.0, "Chemicals", "Materials")


def test_columns_may_stand_in_another_order_and_more_may_be_there(
    factors_ja: Rows, as_csv: Write
) -> None:
    turned = [[*reversed(row), "x"] for row in factors_ja[:-1]]
    straight = read_official(as_csv(factors_ja))
    assert read_official(as_csv(turned)) == straight


def test_weights_with_their_notes(weights: Rows, as_csv: Write) -> None:
    official = read_official(as_csv(weights))
    assert isinstance(official, WeightList)
    assert official.vintage == date(2026, 4, 30)
    assert len(official.rows) == 1000
    assert official.rows[0] == ("1300", "会社0", 0.1)


@pytest.mark.parametrize(("written", "scale"), [("0.001", 1), ("0.1", 1), ("0.1 %", 1)])
def test_weights_that_a_spreadsheet_saved_anew(
    weights: Rows, as_csv: Write, written: str, scale: int
) -> None:
    for row in weights[1:1001]:
        row[4] = written
    official = read_official(as_csv(weights))
    assert isinstance(official, WeightList)
    assert official.rows[-1].weight == pytest.approx(0.1 * scale)


@pytest.mark.parametrize("form", ["as_csv", "as_xls", "as_xlsx"])
def test_issues_in_every_form(
    issues: Sequence[Sequence[str | float]], form: str, request: pytest.FixtureRequest
) -> None:
    rows = issues
    if form == "as_csv":
        rows = [[int(c) if isinstance(c, float) else c for c in row] for row in issues]
    official = read_official(request.getfixturevalue(form)(rows))
    assert isinstance(official, IssueList)
    assert official.vintage == date(2026, 9, 30)
    assert len(official.rows) == 2001
    by_code = {row.code: row for row in official.rows}
    assert by_code["1300"] == ("1300", "会社0", "プライム(内国株式)", "0050", "TOPIX Small 2")
    assert by_code["130A"] == ("130A", "ETF 連動型", "ETF・ETN", "", "")


def test_a_missing_reader_of_workbooks_is_named_with_two_ways_out(
    issues: Sequence[Sequence[str | float]], as_xls: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(
        name: str,
        globals: Mapping[str, object] | None = None,  # noqa: A002 - the name that __import__ has
        locals: Mapping[str, object] | None = None,  # noqa: A002 - likewise
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        if name == "python_calamine":
            raise ImportError(name)
        return real(name, globals, locals, fromlist or (), level)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(DataError, match="not installed") as caught:
        read_official(as_xls(issues))
    assert "zaraba[xls]" in caught.value.remedy
    assert "CSV" in caught.value.remedy


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b" \r\n", "it is empty"),
        (b"symbol,last\n7203.T,2500\n", "the heading is of no known file; found “symbol, last”"),
        (b"\x00\x01\x02", "it is neither text nor a workbook"),
        (b"a,b\n\x81\n", "byte 4 is neither UTF-8 nor Shift_JIS"),
        (b'a,"b\n', "line 1 is not CSV"),
        (b"x" * (MOST_BYTES + 1), "larger than 8 MiB"),
        (b"a\n" * 20_001, "more than 20,000 rows or 64 columns"),
        (b"a," * 64, "more than 20,000 rows or 64 columns"),
        (b"PK\x03\x04 and nothing more", "it is not a sound workbook"),
        (b"\xd0\xcf\x11\xe0 and nothing more", "it is not a sound workbook"),
    ],
)
def test_another_file_is_refused_with_what_was_found(content: bytes, reason: str) -> None:
    assert reason in refusal(content)


def test_nikkeis_file_of_weights_is_told_from_that_of_factors(
    factors_en: Rows, as_csv: Write
) -> None:
    factors_en[0][3] = "Weight"
    assert "no column “Price Adjustment Factor”" in refusal(as_csv(factors_en))


def test_a_column_twice_is_refused(weights: Rows, as_csv: Write) -> None:
    weights[0][5] = "コード"
    assert refusal(as_csv(weights)) == "the column “コード” is there twice"


@pytest.mark.parametrize(
    ("line", "place", "cell", "reason"),
    [
        (5, 3, "-1.0", "line 6 has “-1.0” for a factor"),
        (5, 3, "0", "line 6 has “0” for a factor"),
        (5, 3, "1e3", "line 6 has “1e3” for a factor"),
        (5, 3, "501", "line 6 has “501” for a factor"),
        (5, 3, "nan", "line 6 has “nan” for a factor"),
        (5, 3, "", "line 6 has “” for a factor"),
        (5, 1, "13O4", "line 6 has no code but “13O4”"),
        (5, 1, "1303", "line 6 has 1303 for a second time"),
        (5, 0, "2026/02/30", "line 6 has no date but “2026/02/30”"),
        (5, 0, "2026/03/09", "line 6 is of 2026-03-09, while the first row is of 2026-03-10"),
        (5, 2, "", "line 6 has no usable text in “銘柄名”"),
        (5, 2, "a\u202eb", "line 6 has no usable text in “銘柄名”"),
        (5, 2, "x" * 201, "line 6 has no usable text in “銘柄名”"),
    ],
)
def test_one_wrong_cell_refuses_the_whole_file(
    factors_ja: Rows, as_csv: Write, line: int, place: int, cell: str, reason: str
) -> None:
    factors_ja[line][place] = cell
    assert reason in refusal(as_csv(factors_ja, "utf-8"))


def test_a_file_that_breaks_off_is_refused(factors_ja: Rows, as_csv: Write) -> None:
    whole = as_csv(factors_ja)
    assert "225" in refusal(as_csv(factors_ja[:200]))
    del factors_ja[-2]
    assert isinstance(read_official(as_csv(factors_ja)), FactorList)
    assert "224 members" in refusal(as_csv(factors_ja[:-1]))
    del factors_ja[-2]
    assert "223 members" in refusal(as_csv(factors_ja))
    assert len(read_official(whole).rows) == 225


def test_data_below_the_notes_is_refused(factors_ja: Rows, as_csv: Write) -> None:
    factors_ja[5], factors_ja[-1] = factors_ja[-1], factors_ja[5]
    assert "line 7 stands below the notes" in refusal(as_csv(factors_ja))


def test_weights_must_make_up_the_index(weights: Rows, as_csv: Write) -> None:
    assert "add up to 90.00 per cent" in refusal(as_csv(weights[:901]))
    assert "400 members" in refusal(as_csv(weights[:401]))
    weights[7][4] = "0.1"
    assert "some weights have a sign" in refusal(as_csv(weights))
    weights[7][4] = "?%"
    assert "line 8 has “?%” for a weight" in refusal(as_csv(weights))


def test_one_weight_cannot_be_a_third_of_the_index(weights: Rows, as_csv: Write) -> None:
    for row in weights[1:1001]:
        row[4] = "0.0500%"
    weights[9][4] = "50.0500%"
    assert "line 10 has a weight of 50.05 per cent" in refusal(as_csv(weights))


def test_a_list_of_issues_must_be_whole(issues: list[list[str | float]], as_xls: Write) -> None:
    assert "1,499 issues" in refusal(as_xls(issues[:1500]))
    issues[3][4] = "fish"
    assert "line 4 has “fish” for a sector" in refusal(as_xls(issues))


def test_a_workbook_with_a_far_cell_is_refused_before_it_is_laid_out(as_xlsx: Write) -> None:
    rows: list[list[str | float]] = [["日付"], *[[]] * 20_000, [1.0]]
    assert "more than 20,000 rows" in refusal(as_xlsx(rows))


def test_a_sheet_under_another_name_is_looked_through_all_the_same(as_xlsx: Write) -> None:
    far = b"<worksheet><sheetData><row><c r='XFD1048576'/></row></sheetData></worksheet>"
    body = io.BytesIO(as_xlsx([["日付"]]))
    with zipfile.ZipFile(body, "a") as archive:
        archive.writestr("elsewhere.bin", far)
    assert "more than 20,000 rows or 64 columns" in refusal(body.getvalue())


def test_a_damaged_workbook_is_refused_in_words(
    issues: list[list[str | float]], as_xls: Write
) -> None:
    whole = as_xls(issues)
    assert refusal(whole[: len(whole) // 2])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_whatever_the_bytes_only_the_programs_own_error_is_raised(
    data: st.DataObject, factors_ja: Rows, as_csv: Write
) -> None:
    whole = as_csv(factors_ja)
    body = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 5))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(body)))
    content = data.draw(st.sampled_from([bytes(body), bytes(body[:cut]), bytes(body[cut:])]))
    try:
        official = read_official(content)
    except DataError:
        return
    assert isinstance(official, FactorList)
    assert len(official.rows) in {224, 225}
    assert all(0 < row.factor <= 500 for row in official.rows)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    factors=st.lists(
        st.floats(0.01, 500).map(lambda value: round(value, 4)), min_size=225, max_size=225
    ),
    order=st.randoms(use_true_random=False),
)
def test_every_factor_comes_back_as_it_was_written(
    factors: list[float], order: Any, factors_ja: Rows, as_csv: Write
) -> None:
    rows = factors_ja[1:226]
    for row, factor in zip(rows, factors, strict=True):
        row[3] = repr(factor)
    expected = {row[1]: factor for row, factor in zip(rows, factors, strict=True)}
    order.shuffle(rows)
    official = read_official(as_csv([factors_ja[0], *rows, factors_ja[-1]]))
    assert isinstance(official, FactorList)
    assert {row.code: row.factor for row in official.rows} == expected
    assert [row.code for row in official.rows] == sorted(expected)
