"""Text broken into lines by cells, for text with and without blanks between words."""

from rich.cells import cell_len

from widgets.cells import cut


def wrap(text: str, width: int, most: int) -> list[str]:
    """Lines of a text, none wider than `width` cells.

    A line is broken at a blank where there is one in its latter half, else, as in Japanese,
    between any two characters.

    Args:
        text: Text; any run of white space in it counts as one blank.
        width: Cells of a line.
        most: At most so many lines; the last ends in an ellipsis where text is left over.
    """
    rest = " ".join(text.split())
    lines: list[str] = []
    while rest and width > 0 and len(lines) < most:
        if cell_len(rest) <= width or len(lines) == most - 1:
            lines.append(cut(rest, width))
            break
        stop = _fitting(rest, width)
        blank = rest.rfind(" ", 0, stop + 1)
        if blank > stop // 2:
            stop = blank
        lines.append(rest[:stop].rstrip())
        rest = rest[stop:].lstrip()
    return lines


def _fitting(text: str, width: int) -> int:
    """How many characters fit, at least one."""
    for position in range(1, len(text) + 1):
        # The prefix is measured whole: a cluster may be wider than its characters one by one.
        if cell_len(text[:position]) > width:
            return max(position - 1, 1)
    return len(text)
