"""The user's themes, read from their folder."""

from themes.palette import Palette
from themes.user import user_palette
from tui.config import Home, read_toml
from tui.errors import ConfigError


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
