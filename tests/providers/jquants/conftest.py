"""J-Quants version 2 as it is known from recorded shapes, on a real server."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import pytest

from tui.providers.conformance import Answer, LoopbackServer
from tui.providers.conformance.loopback import Request

KEY = "jq-4711-geheim"
PAGE = 3


@dataclass
class JQuants:
    """What the service holds; `forbidden` are the paths outside the plan."""

    forbidden: set[str] = field(default_factory=set)
    bars: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {
                "Date": f"2025-05-{day}", "Code": code, "O": price, "H": price + 20,
                "L": price - 10, "C": price + 5, "UL": "0", "LL": "0", "Vo": 1000.0 * day,
                "Va": price * 1000.0 * day, "AdjFactor": 1.0, "AdjC": (price + 5) / 5,
            }
            for code, price in (("72030", 2600.0), ("285A0", 2000.0))
            for day in (19, 20, 21, 22, 23, 26)
        ]
    )  # fmt: skip
    topix: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"Date": "2025-05-23", "O": 2730.0, "H": 2745.5, "L": 2725.1, "C": 2735.52},
            {"Date": "2025-05-26", "O": 2738.0, "H": 2752.0, "L": 2735.2, "C": "2751.91"},
        ]
    )
    minutes: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {
                "Date": "2025-05-26",
                "Time": time,
                "Code": "72030",
                "C": close,
                "Vo": 100,
                "Va": 260000,
            }
            for time, close in (("09:00", 2600), ("09:01", 2601), ("12:30", 2605))
        ]
    )
    earnings: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"Date": "2025-05-27", "Code": "72030", "CoName": "トヨタ自動車", "FQ": "第１四半期"},
            {"Date": "2025-05-27", "Code": "99990", "CoName": "未知\x1b[31m工業", "FQ": ""},
            {"Date": "", "Code": "67580", "CoName": "ソニーグループ"},
            {"Date": "2025-06-30", "Code": "67580", "CoName": "ソニーグループ"},
        ]
    )
    master: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {
                "Date": "2025-05-26", "Code": "72030", "CoName": "トヨタ自動車",
                "CoNameEn": "TOYOTA MOTOR CORPORATION", "S17Nm": "自動車・輸送機", "S33": "3700",
                "S33Nm": "輸送用機器", "ScaleCat": "TOPIX Core30", "Mkt": "0111",
            },
            {
                "Date": "2025-05-26", "Code": "999A0", "CoName": "新規上場工業",
                "CoNameEn": "Newly Listed Works", "S33": "3600", "S33Nm": "機械", "ScaleCat": "-",
                "Mkt": "0113",
            },
            {"Code": "not a code", "CoName": "?"},
        ]
    )  # fmt: skip

    def answer(self, request: Request) -> Answer:
        if request.headers.get("x-api-key") != KEY or request.path in self.forbidden:
            return Answer.of({"message": "Forbidden"}, status=403)
        asked = {key: values[0] for key, values in parse_qs(request.query).items()}
        rows = {
            "/equities/bars/daily": self.bars,
            "/indices/bars/daily/topix": self.topix,
            "/equities/bars/minute": self.minutes,
            "/equities/earnings-calendar": self.earnings,
            "/equities/master": self.master,
        }[request.path]
        if code := asked.get("code"):
            rows = [row for row in rows if row["Code"] in (code, f"{code}0")]
        if first := asked.get("from"):
            rows = [row for row in rows if first <= row["Date"] <= asked["to"]]
        start = int(asked.get("pagination_key", "0"))
        page: dict[str, Any] = {"data": rows[start : start + PAGE]}
        if start + PAGE < len(rows):
            page["pagination_key"] = str(start + PAGE)
        return Answer(body=json.dumps(page, ensure_ascii=False).encode())


PATHS = (
    "/equities/bars/daily",
    "/indices/bars/daily/topix",
    "/equities/bars/minute",
    "/equities/earnings-calendar",
    "/equities/master",
)


@pytest.fixture
def jquants() -> JQuants:
    return JQuants()


@pytest.fixture
def scripted(jquants: JQuants) -> Callable[[LoopbackServer], None]:
    def script(server: LoopbackServer) -> None:
        for path in PATHS:
            server.script(path, jquants.answer)

    return script


@pytest.fixture
def key() -> str:
    return KEY
