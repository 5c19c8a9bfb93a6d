import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import redaction
from tui.redaction import forms_of, hide

KEY = "s3cr+t/ключ=&"


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """One key is remembered, for this test alone."""
    forms = tuple(sorted(forms_of(KEY), key=len, reverse=True))
    monkeypatch.setattr(redaction, "_forms", forms)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("form", sorted(forms_of(KEY)))
def test_every_way_of_writing_a_key_is_blotted_out(form: str) -> None:
    told = hide(f"GET /x?key={form}&a=1 failed")
    assert form not in told
    assert "•••" in told


@pytest.mark.usefixtures("known")
def test_other_text_is_left_as_it_is() -> None:
    assert hide("7203 rose 2.1%") == "7203 rose 2.1%"


@given(st.text(min_size=4, max_size=40))
def test_the_key_itself_is_among_its_forms(key: str) -> None:
    assert key in forms_of(key)


PROGRAM = """
import logging, sys, threading
from tui.redaction import remember
remember("geheim-4711")
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
logging.getLogger("lib").info("asked %s", "https://x/?key=geheim-4711")
logging.getLogger("lib").info("odd %d", "geheim-4711")
try:
    raise ValueError("refused geheim-4711")
except ValueError:
    logging.getLogger("lib").exception("failed")
thread = threading.Thread(target=lambda: 1 / len("geheim-4711".replace("geheim-4711", "")))
thread.start(); thread.join()
raise RuntimeError("the end of geheim-4711")
"""


def test_logs_and_tracebacks_of_a_process_hold_no_key() -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "asked https://x/?key=•••" in done.stderr
    assert "RuntimeError: the end of •••" in done.stderr
    assert "ZeroDivisionError" in done.stderr
    source_lines = [line for line in done.stderr.splitlines() if "4711" in line]
    assert source_lines == []
