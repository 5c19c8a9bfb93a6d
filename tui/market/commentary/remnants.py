"""Remnants of a web page in a pasted text, written as the Markdown that they stand for."""

import html
import re
from typing import Final

_BLOCK: Final = re.compile(r"<(?:p|br|li|h[1-6]|div|td|tr|ul|ol)\b[^<>]{0,500}>", re.IGNORECASE)
_TAG: Final = re.compile(
    r"<!--[^<>]{0,2000}-->|<(?P<end>/?)(?P<name>[a-z][a-z0-9]{0,15})(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_PARAGRAPHS: Final = frozenset({
    "p", "div", "ul", "ol", "table", "tbody", "thead", "section", "article", "header", "footer",
    "blockquote",
})  # fmt: skip
_BEGIN: Final = {
    "br": "\n", "li": "\n- ", "tr": "\n| ", "b": "**", "strong": "**",
    **{f"h{level}": "\n\n## " for level in range(1, 7)},
}  # fmt: skip
_END: Final = {
    "td": " | ", "th": " | ", "b": "**", "strong": "**",
    **{f"h{level}": "\n\n" for level in range(1, 7)},
}  # fmt: skip
_UNSEEN: Final = frozenset({"script", "style"})


def without_tags(text: str) -> str:
    """A text with its tags as Markdown and its entities as characters; unchanged without tags."""
    if _BLOCK.search(text) is None:
        return text
    out: list[str] = []
    at, unseen = 0, ""
    for found in _TAG.finditer(text):
        name, end = (found["name"] or "").lower(), bool(found["end"])
        if unseen and not (end and name == unseen):
            continue
        if not unseen:
            out += [text[at : found.start()], _written(name, end=end)]
        at = found.end()
        unseen = name if name in _UNSEEN and not end else ""
    return html.unescape("".join((*out, text[at:])))


def _written(name: str, *, end: bool) -> str:
    if name in _PARAGRAPHS:
        return "\n\n"
    return (_END if end else _BEGIN).get(name, "")
