"""Display names made from capitals."""

import pytest

from tui.data.build.english_names import display_name
from tui.data.reader import shipped


@pytest.mark.parametrize(
    ("code", "capitals", "name"),
    [
        ("8035", "TOKYO ELECTRON LTD.", "Tokyo Electron"),
        ("9984", "SOFTBANK GROUP CORP.", "SoftBank Group"),
        ("9433", "KDDI CORP.", "KDDI"),
        ("9613", "NTT DATA GROUP CORP.", "NTT Data Group"),
        ("3436", "SUMCO CORP.", "SUMCO"),
        ("2413", "M3, INC.", "M3"),
        ("9983", "FAST RETAILING CO., LTD.", "Fast Retailing"),
        ("3382", "SEVEN & I HOLDINGS CO., LTD.", "Seven & i Holdings"),
        ("8306", "MITSUBISHI UFJ FINANCIAL GROUP, INC.", "Mitsubishi UFJ Financial Group"),
        ("2914", "JAPAN TOBACCO INC.", "Japan Tobacco"),
        ("6146", "DISCO CORP.", "Disco"),
        ("4063", "SHIN-ETSU CHEMICAL CO., LTD.", "Shin-Etsu Chemical"),
        ("4507", "SHIONOGI & CO., LTD.", "Shionogi"),
        ("5101", "THE YOKOHAMA RUBBER CO., LTD.", "Yokohama Rubber"),
        ("6305", "HITACHI CONST. MACH. CO., LTD.", "Hitachi Construction Machinery"),
        ("7011", "MITSUBISHI HEAVY IND., LTD.", "Mitsubishi Heavy Industries"),
        ("9101", "NIPPON YUSEN K.K.", "Nippon Yusen"),
        ("9107", "KAWASAKI KISEN KAISHA, LTD.", "Kawasaki Kisen"),
        ("9501", "TOKYO ELECTRIC POWER COMPANY HOLDINGS, I", "Tokyo Electric Power"),
        ("9602", "TOHO CO., LTD", "Toho"),
        ("8031", "MITSUI & CO., LTD.", "Mitsui & Co."),
    ],
)
def test_capitals_become_the_usual_writing(code: str, capitals: str, name: str) -> None:
    assert display_name(code, capitals) == name


def test_shipped_names_are_unique_short_and_without_legal_forms() -> None:
    classified = {row.code for row in shipped().nikkei_names.rows}
    names = [row.name_en for row in shipped().listed.rows if row.code in classified]
    assert len(names) == len(set(names)) == 228
    for name in names:
        assert 1 < len(name) <= 31
        assert name == name.strip(" ,")
        assert not name.lower().endswith((" inc", " ltd", " inc.", " ltd.", "k.k."))


def test_only_abbreviations_and_brands_stay_in_capitals() -> None:
    classified = {row.code for row in shipped().nikkei_names.rows}
    rows = shipped().listed.rows
    capitals = {row.name_en for row in rows if row.code in classified and row.name_en.isupper()}
    assert " ".join(sorted(capitals)) == (
        "AGC IHI INPEX JTEKT KDDI M3 NEC NSK NTN NTT ORIX SHIFT SMC SUMCO TDK TOTO UBE ZOZO"
    )
