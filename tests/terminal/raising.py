"""The installed program, with a key that makes it fail."""

import sys
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

import tui.app
from tui.cli.main import main


class Raising(tui.app.ZarabaApp):
    """The app; f9 raises in the interface thread."""

    CSS_PATH = Path(tui.app.__file__).with_name("screens").joinpath("zaraba.tcss").as_posix()
    BINDINGS: ClassVar[list[BindingType]] = [("f9", "fail", "Fail")]

    def action_fail(self) -> None:
        """Fail."""
        raise RuntimeError("made to fail")


if __name__ == "__main__":
    tui.app.ZarabaApp = Raising  # type: ignore[misc]
    sys.exit(main())
