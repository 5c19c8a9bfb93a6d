"""Folding: texts on one line give way in a set order as the line gets narrower."""

from collections.abc import Sequence

from rich.cells import cell_len


def joined_width(texts: Sequence[str], gap: int) -> int:
    """Cells that texts take side by side with a gap between them; empty ones take none."""
    widths = [cell_len(text) for text in texts if text]
    return sum(widths) + gap * max(len(widths) - 1, 0)


def fold(
    pieces: Sequence[Sequence[str]], order: Sequence[int], width: int, *, gap: int = 2
) -> list[str]:
    """Choose a form of each piece so that all fit side by side.

    Args:
        pieces: The forms of each piece, the fullest first; the last may be empty, which leaves
            the piece out.
        order: Positions of pieces, each one step to the piece's next form, in the order in which
            steps are taken. A step past a piece's last form does nothing.
        width: Cells to fill.
        gap: Cells between two pieces.

    Returns:
        One form of each piece. They are wider than `width` only when every step has been taken.
    """
    level = [0] * len(pieces)
    chosen = [forms[0] if forms else "" for forms in pieces]
    for position in order:
        if joined_width(chosen, gap) <= width:
            break
        if level[position] + 1 < len(pieces[position]):
            level[position] += 1
            chosen[position] = pieces[position][level[position]]
    return chosen


def largest_remainder(parts: Sequence[int], cells: int) -> list[int]:
    """Share out cells in proportion to parts, exactly.

    A part above zero gets at least one cell where there are as many cells as such parts.

    Args:
        parts: Counts, none negative.
        cells: Cells to share out.

    Returns:
        Cells of each part; they add up to `cells`, or to nothing where all parts are zero.
    """
    total = sum(parts)
    if total <= 0 or cells <= 0:
        return [0] * len(parts)
    exact = [part * cells / total for part in parts]
    shares = [int(share) for share in exact]
    by_remainder = sorted(
        range(len(parts)), key=lambda place: exact[place] - shares[place], reverse=True
    )
    for place in by_remainder[: cells - sum(shares)]:
        shares[place] += 1
    present = [place for place, part in enumerate(parts) if part > 0]
    if cells >= len(present):
        for place in present:
            if not shares[place]:
                # Of equal shares the one that stands for less gives way.
                giver = max(present, key=lambda other: (shares[other], -parts[other]))
                shares[giver] -= 1
                shares[place] = 1
    return shares
