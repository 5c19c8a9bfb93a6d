import json
import subprocess
import sys
from pathlib import Path

HEAVY = (
    "pandas",
    "exchange_calendars",
    "feedparser",
    "httpx",
    "rapidfuzz",
    "tomlkit",
    "pyarrow",
    "websockets",
    "google.protobuf",
    "keyring",
    "icalendar",
    # Of the program itself: what only a later screen asks for.
    "tui.present.detail",
    "tui.present.news",
)

FIRST_PAINT = """
import asyncio, json, sys
from pathlib import Path
from tui.cli.arguments import parse
from tui.cli.monitor import monitor_for
from tui.cli.setup import set_up

options = parse(["--at", "10:00", "--config", sys.argv[1]])
monitor = monitor_for(set_up(options), options)

from tui.app import ZarabaApp
from widgets.quote_table import QuoteTable

async def paint():
    app = ZarabaApp(monitor)
    async with app.run_test(size=(160, 45)) as pilot:
        table = app.screen.query_one(QuoteTable)
        row = list(monitor.table(0.0).keys).index("8035.T")
        for _ in range(400):
            await pilot.pause(0.05)
            text = monitor.table(0.0).cells(row, ["last"])[0][0]
            if monitor.ready and text and table.drawn:
                break
        json.dump({"price": text, "modules": sorted(sys.modules)}, sys.__stdout__)

asyncio.run(paint())
"""


def test_nothing_heavy_is_imported_before_prices_stand_on_the_screen(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.touch()

    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", FIRST_PAINT, str(config)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    seen = json.loads(done.stdout)
    assert float(seen["price"].replace(",", "")) > 10_000
    packages = {name.partition(".")[0] for name in seen["modules"]}
    assert {"numpy", "textual"} <= packages
    assert set(seen["modules"]).isdisjoint(HEAVY)
