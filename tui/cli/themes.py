"""The user's themes, read from their folder."""

from collections.abc import Sequence

from themes.builtin import BUILTIN
from themes.palette import Palette
from themes.user import user_palette
from tui.config import Home, read_toml
from tui.errors import ConfigError, UsageError


def user_palettes(where: Home) -> tuple[list[Palette], list[str]]:
    """The themes that can be used, and one notice for all that cannot."""
    palettes, problems = [], []
    try:
        files = sorted(where.themes_folder.glob("*.toml"))
    except OSError:
        return [], []
    for file in files:
        try:
            result = user_palette(file.stem, read_toml(file))
        except ConfigError as error:
            problems.append(str(error))
            continue
        if isinstance(result, Palette):
            palettes.append(result)
        else:
            problems.append(f"{file}: {'; '.join(result)}")
    notices = [f"Themes left out. {' '.join(problems)}"] if problems else []
    return palettes, notices


def check_theme(name: str, palettes: Sequence[Palette]) -> None:
    """See that a theme asked for on the command line is there.

    Raises:
        UsageError: It is neither built in nor one of the user's that can be used.
    """
    known = [*BUILTIN, *(palette.name for palette in palettes)]
    if name and name not in known:
        raise UsageError(
            f"there is no theme “{name}”", subject="--theme", remedy=f"Themes: {', '.join(known)}."
        )
