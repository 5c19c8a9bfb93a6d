import subprocess
import sys

SETTLED = """
import gc, os
from tui.cli.interpreter import begin, settle

begin()
assert not gc.isenabled()
loaded = [[] for _ in range(1000)]
settle()
assert gc.isenabled()
print(gc.get_freeze_count() >= len(loaded), os.environ["OPENBLAS_NUM_THREADS"])
"""


def test_what_was_loaded_is_never_looked_through_again_but_garbage_is_collected() -> None:
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", SETTLED], capture_output=True, text=True, timeout=60, check=True
    )

    assert done.stdout.split() == ["True", "1"]
