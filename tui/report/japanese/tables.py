"""Reference tables that are missing, and what is blank without them, in Japanese."""

import re
from datetime import datetime
from typing import Final

from tui.data.reader import MISSING

TITLES: Final = {
    "Nikkei 225 members and price adjustment factors": "日経平均の構成銘柄と株価換算係数",
    "Nikkei 225 divisors": "日経平均の除数",
    "TOPIX weights": "TOPIXのウエート",
}
_WITHOUT: Final = {
    "names, sectors and the TOPIX lists are blank": "銘柄名・業種・TOPIXのリストは空欄",
    "English names of sectors are blank": "業種の英語名は空欄",
    "Nikkei sectors are blank": "日経の業種は空欄",
    "points and breadth of the Nikkei 225 are blank": "日経平均の寄与度と騰落は空欄",
    "points to the Nikkei 225 are blank": "日経平均への寄与度は空欄",
    "weights of the TOPIX are blank": "TOPIXのウエートは空欄",
    "streaks are blank": "続伸・続落の日数は空欄",
    "history of the names is blank": "銘柄の過去の値は空欄",
    "instruments outside Tokyo are unknown": "東京以外の銘柄は不明",
    "depositary receipts are unknown": "ADRは不明",
    "holidays come from exchange-calendars, which starts slowly":
        "休場日はexchange-calendarsから読むため、起動が遅い",
    "today's trading hours stand in for those of every date":
        "立会時間はすべての日に現行のものを使う",
    "ticks are unknown, so prices lack their usual decimals":
        "呼値の単位が不明で、小数の桁数がそろわない",
    "daily price limits are unknown": "値幅制限は不明",
    "there is no session to replay": "再生する立会がない",
}  # fmt: skip
_LINE: Final = re.compile(r"the table (?P<file>\S+) is missing: (?P<without>.+?)\.?")
_TABLE: Final = re.compile(r"(?P<title>.+?): (?:none for (?P<day>\d+ \w+ \d{4})|(?P<problem>.+))")


def table_ja(text: str) -> str | None:
    """A line about a missing table in Japanese, without a full stop; None for any other text.

    Args:
        text: ``the table adr.json is missing: …``, or ``Nikkei 225 divisors: none for 2 Nov 2026``,
            several of them with semicolons between.
    """
    line = _LINE.fullmatch(text)
    if line is not None and line["without"] in _WITHOUT:
        return f"表{line['file']}がない：{_WITHOUT[line['without']]}"
    parts = [_titled(part) for part in text.split("; ")]
    known = [part for part in parts if part is not None]
    return "、".join(known) if len(known) == len(parts) else None


def _titled(text: str) -> str | None:
    found = _TABLE.fullmatch(text)
    if found is None or found["title"] not in TITLES:
        return None
    problem = found["problem"]
    if problem:
        told = "表なし" if problem == MISSING else f"表が使えない（{problem}）"
        return f"{TITLES[found['title']]}: {told}"
    day = datetime.strptime(found["day"], "%d %b %Y").date()
    return f"{TITLES[found['title']]}: {day}の表なし"
