import subprocess
import sys

HEAVY = ("pandas", "httpx", "exchange_calendars", "rapidfuzz", "pyarrow", "tomlkit", "textual")


def test_the_feed_imports_nothing_heavy() -> None:
    program = (
        f"import sys, tui.feed.feed\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "[]"
