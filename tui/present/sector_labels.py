"""Short names of the 33 sectors, for where there is room for a few letters only."""

_SHORT: dict[str, tuple[str, str]] = {
    "0050": ("Fish", "水産"),
    "1050": ("Mining", "鉱業"),
    "2050": ("Constr", "建設"),
    "3050": ("Foods", "食品"),
    "3100": ("Textil", "繊維"),
    "3150": ("Paper", "紙パ"),
    "3200": ("Chem", "化学"),
    "3250": ("Pharma", "医薬"),
    "3300": ("Oil", "石油"),
    "3350": ("Rubber", "ゴム"),
    "3400": ("Glass", "窯業"),
    "3450": ("Steel", "鉄鋼"),
    "3500": ("NonFer", "非鉄"),
    "3550": ("Metal", "金属"),
    "3600": ("Mach", "機械"),
    "3650": ("Elec", "電機"),
    "3700": ("Autos", "輸送"),
    "3750": ("Precis", "精密"),
    "3800": ("OthMfg", "他製"),
    "4050": ("Power", "電ガ"),
    "5050": ("Rail", "陸運"),
    "5100": ("Ship", "海運"),
    "5150": ("Air", "空運"),
    "5200": ("Wareh", "倉庫"),
    "5250": ("Info", "情通"),
    "6050": ("Trade", "卸売"),
    "6100": ("Retail", "小売"),
    "7050": ("Banks", "銀行"),
    "7100": ("Secur", "証券"),
    "7150": ("Insur", "保険"),
    "7200": ("OthFin", "他金"),
    "8050": ("RealEs", "不動"),
    "9050": ("Serv", "サビ"),
}
"""By the exchange's code: at most six cells in English, four in Japanese."""


def short_sector(key: str, name: str, language: str) -> str:
    """A sector in a few letters.

    Args:
        key: The exchange's code.
        name: What it is called in full, for a group that is no sector.
        language: ``en`` or ``ja``.
    """
    told = _SHORT.get(key)
    return told[language == "ja"] if told else name
