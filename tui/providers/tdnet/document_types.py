"""What a disclosure is, by its Japanese title."""

import unicodedata
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of disclosure.

    Attributes:
        name: In English, for people.
        kind: The kind of a catalyst that it makes.
    """

    name: str
    kind: str


OTHER: Final = DocumentType("disclosure", "disclosure")

_FORECAST: Final = DocumentType("forecast revision", "guidance")
_DIVIDEND: Final = DocumentType("dividend", "payout")
_BUYBACK: Final = DocumentType("buyback", "payout")
_TENDER: Final = DocumentType("tender offer", "deal")
_MERGER: Final = DocumentType("merger or reorganisation", "deal")
_ACQUISITION: Final = DocumentType("acquisition or sale", "deal")

_RULES: Final[tuple[tuple[DocumentType, tuple[str, ...], tuple[str, ...]], ...]] = (
    # Type, phrases of which one must stand in the title, phrases that must not. First that holds.
    (
        _TENDER,
        ("公開買付", "公開買い付け", "マネジメント・バイアウト", "MBO"),
        ("自己株式の公開買付",),
    ),
    (
        _BUYBACK,
        (
            "自己株式の取得",
            "自己株式取得",
            "自己株式の公開買付",
            "自己株式立会外買付",
            "自己株式の消却",
        ),
        ("従業員持株会",),
    ),
    (_BUYBACK, ("ToSTNeT",), ("処分",)),
    (
        _FORECAST,
        (
            "業績予想の修正",
            "業績予想修正",
            "業績予想の上方",
            "業績予想の下方",
            "業績予想及び",
            "業績予想および",
            "業績予想と実績",
            "予想値と実績",
            "予想値の修正",
            "予想数値の修正",
            "業績の修正",
            "差異に関する",
            "差異の発生",
            "業績予想に関する",
            "業績予想の公表",
            "上方修正",
            "下方修正",
        ),
        ("中期経営計画",),
    ),
    (
        DocumentType("earnings", "earnings"),
        ("決算短信", "四半期決算", "中間決算"),
        ("延期", "説明", "補足"),
    ),
    (
        _DIVIDEND,
        (
            "配当予想",
            "配当の",
            "の配当",
            "期末配当",
            "中間配当",
            "増配",
            "減配",
            "復配",
            "無配",
            "特別配当",
            "記念配当",
            "株主還元",
            "株主優待",
            "配当方針",
        ),
        (),
    ),
    (DocumentType("share split", "payout"), ("株式分割", "株式の分割", "株式併合"), ()),
    (
        _MERGER,
        (
            "合併",
            "株式交換",
            "株式移転",
            "経営統合",
            "会社分割",
            "吸収分割",
            "新設分割",
            "株式交付",
            "完全子会社化",
            "非公開化",
        ),
        (),
    ),
    (
        _ACQUISITION,
        (
            "子会社化",
            "子会社の異動",
            "株式の取得",
            "株式取得",
            "事業譲渡",
            "事業の譲渡",
            "事業譲受",
            "事業の譲受",
            "資本業務提携",
            "資本提携",
            "業務提携",
            "株式譲渡",
            "持分取得",
            "合弁",
        ),
        ("ストックオプション",),
    ),
    (
        DocumentType("earnings material", "earnings"),
        ("決算説明", "決算補足", "決算概要", "決算発表"),
        (),
    ),
    (
        DocumentType("monthly figures", "earnings"),
        ("月次", "月度", "売上速報", "売上高速報", "既存店"),
        (),
    ),
    (
        DocumentType("share issue", "disclosure"),
        (
            "新株式発行",
            "新株式の発行",
            "第三者割当",
            "公募増資",
            "新株予約権",
            "転換社債",
            "自己株式の処分",
            "自己株式処分",
            "譲渡制限付株式",
            "募集株式",
        ),
        (),
    ),
    (
        DocumentType("business plan", "disclosure"),
        ("中期経営計画", "経営計画", "成長可能性", "資本コスト", "事業計画"),
        (),
    ),
    (
        DocumentType("listing", "disclosure"),
        (
            "上場廃止",
            "監理銘柄",
            "整理銘柄",
            "上場維持基準",
            "上場承認",
            "市場変更",
            "特別注意銘柄",
        ),
        (),
    ),
    (
        DocumentType("people", "disclosure"),
        ("代表取締役の異動", "役員", "人事異動", "取締役候補", "監査役", "会計監査人"),
        (),
    ),
    (
        DocumentType("shareholders", "disclosure"),
        ("主要株主", "親会社の異動", "大株主", "株主総会", "支配株主", "招集"),
        (),
    ),
)


def document_type(title: str) -> DocumentType:
    """The type that a title tells; `OTHER` where no rule holds.

    Width and spaces do not matter. A correction counts as what it corrects.
    """
    folded = "".join(unicodedata.normalize("NFKC", title).split())
    for kind, phrases, without in _RULES:
        if any(each in folded for each in phrases) and not any(each in folded for each in without):
            return kind
    return OTHER
