"""``zaraba keys``, with a real keyring back end that keeps its passwords in a file."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

KEY = "jq-geheim-4711"

BACK_END = """
import json, os
from pathlib import Path
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

FILE = Path(os.environ["RING_FILE"])


class Ring(KeyringBackend):
    priority = 1

    def _held(self):
        return json.loads(FILE.read_text()) if FILE.exists() else {}

    def get_password(self, service, username):
        return self._held().get(f"{service}/{username}")

    def set_password(self, service, username, password):
        FILE.write_text(json.dumps(self._held() | {f"{service}/{username}": password}))

    def delete_password(self, service, username):
        held = self._held()
        if held.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError(username)
        FILE.write_text(json.dumps(held))
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "filering.py").write_text(BACK_END, encoding="utf-8")

    def start(*arguments: str, typed: str = "", **env: str) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(  # noqa: S603 - our own command
            [str(Path(sys.executable).with_name("zaraba")), "keys", *arguments],
            capture_output=True,
            encoding="utf-8",
            input=typed,
            env={
                **{k: v for k, v in os.environ.items() if not k.startswith("ZARABA_KEY_")},
                "PYTHONPATH": str(tmp_path),
                "PYTHON_KEYRING_BACKEND": "filering.Ring",
                "RING_FILE": str(tmp_path / "ring.json"),
                **env,
            },
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done

    return start


def ring(tmp_path: Path) -> dict[str, Any]:
    held = json.loads((tmp_path / "ring.json").read_text(encoding="utf-8"))
    assert isinstance(held, dict)
    return held


def test_a_key_piped_in_is_kept_in_the_keyring_and_not_echoed(run: Run, tmp_path: Path) -> None:
    done = run("set", "jquants", typed=f"  {KEY}\n")
    assert done.returncode == 0
    assert ring(tmp_path) == {"zaraba/jquants": KEY}
    assert KEY not in done.stdout + done.stderr


def test_a_key_can_be_forgotten(run: Run, tmp_path: Path) -> None:
    run("set", "jquants", typed=KEY)
    assert run("forget", "jquants").stdout.startswith("dropped")
    assert ring(tmp_path) == {}
    assert run("forget", "jquants").stdout.startswith("there was none")


@pytest.mark.parametrize("key", [KEY, f"--{KEY}"])
def test_a_key_on_the_command_line_is_neither_taken_nor_repeated(
    run: Run, tmp_path: Path, key: str
) -> None:
    done = run("set", "jquants", key)
    assert done.returncode == 2
    assert KEY not in done.stdout + done.stderr
    assert not (tmp_path / "ring.json").exists()


@pytest.mark.parametrize("typed", ["", "\n", "a\x1bb\n", "x" * 5000])
def test_what_is_no_key_is_refused(run: Run, tmp_path: Path, typed: str) -> None:
    done = run("set", "jquants", typed=typed)
    assert done.returncode == 2
    assert "no key" in done.stderr
    assert not (tmp_path / "ring.json").exists()


def test_a_system_without_a_keyring_is_told_of_the_environment(run: Run) -> None:
    done = run("set", "jquants", typed=KEY, PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring")
    assert done.returncode == 2
    assert "ZARABA_KEY_JQUANTS" in done.stderr
    assert KEY not in done.stderr


def test_the_list_says_where_a_key_is_and_never_the_key(run: Run) -> None:
    run("set", "jquants", typed=KEY)
    for arguments in ((), ("--format", "json")):
        done = run(*arguments, ZARABA_KEY_KABU=KEY)
        assert done.returncode == 0
        assert KEY not in done.stdout + done.stderr
