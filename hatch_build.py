"""Compiles the sources where they stand, when the project is installed to be worked on.

An installer compiles what it copies, but an editable install copies nothing. Where Python is told
to write no bytecode (``PYTHONDONTWRITEBYTECODE``), the program's own modules would be compiled
anew at every start, which doubles it.
"""

import compileall
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileSources(BuildHookInterface[Any]):
    """Runs in the interpreter that the project is installed for."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Compile the packages of an editable install; a source that fails is told by Python."""
        if version == "editable":
            for package in ("tui", "widgets", "themes"):
                compileall.compile_dir(str(Path(self.root, package)), quiet=2)
