"""Keys that have been read, kept out of everything that is written from then on.

A key is meant for one service and is shown to nobody. Sources, libraries and services may repeat
it all the same: in an error, in the address of a request, in a log that somebody has switched on.
So every text that the program writes of what others said goes through `hide`, and so do logs and
tracebacks from the first key on.
"""

import logging
import sys
import threading
from types import TracebackType
from typing import Any

_BLOT = "•••"
_SHORTEST = 4
"""A shorter key would blot out parts of common words."""

_forms: tuple[str, ...] = ()
_lock = threading.Lock()


def forms_of(key: str) -> set[str]:
    """The ways in which a key may be written: as it is, in an address, escaped, in base 64."""
    import json
    from base64 import b64encode, urlsafe_b64encode
    from urllib.parse import quote, quote_plus

    raw = key.encode()
    forms = {
        key,
        quote(key),
        quote(key, safe=""),
        quote_plus(key),
        json.dumps(key)[1:-1],
        repr(key)[1:-1],
        repr(raw)[2:-1],
        b64encode(raw).decode(),
        b64encode(raw).decode().rstrip("="),
        urlsafe_b64encode(raw).decode().rstrip("="),
    }
    return {form for form in forms if len(form) >= _SHORTEST}


def remember(key: str) -> None:
    """Keep a key out of logs, tracebacks and errors from now on. Any thread may call."""
    global _forms  # noqa: PLW0603 - what must not be written concerns the whole process
    with _lock:
        if len(key) < _SHORTEST or key in _forms:
            return
        guarded = bool(_forms)
        _forms = tuple(sorted({*_forms, *forms_of(key)}, key=len, reverse=True))
        if not guarded:
            _guard()


def hide(text: str) -> str:
    """The text with every key that is remembered blotted out."""
    for form in _forms:
        if form in text:
            text = text.replace(form, _BLOT)
    return text


def _guard() -> None:
    """Have logs and tracebacks pass through `hide`."""
    before = logging.getLogRecordFactory()

    def factory(*args: Any, **more: Any) -> logging.LogRecord:
        record = before(*args, **more)
        _clean(record)
        return record

    logging.setLogRecordFactory(factory)
    # Whoever has put in a hook of his own tells of errors in his own way.
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _tell
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = lambda told: _tell(
            told.exc_type, told.exc_value, told.exc_traceback, of=told.thread
        )
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = lambda told: _tell(told.exc_type, told.exc_value, told.exc_traceback)


def _clean(record: logging.LogRecord) -> None:
    """Blot out keys in a log record, made ready where it holds any."""
    try:
        message = record.getMessage()
    except Exception:  # noqa: BLE001 - a stranger's arguments, which need not fit his text
        message = f"{record.msg} {record.args!r}"
    if hide(message) != message:
        record.msg, record.args = hide(message), None
    if record.exc_info:
        text = _trace(*record.exc_info)
        if hide(text) != text:
            record.exc_text, record.exc_info = hide(text), None
    if record.stack_info:
        record.stack_info = hide(record.stack_info)


def _trace(
    kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
) -> str:
    import traceback

    return "".join(traceback.format_exception(kind, error, trace)).rstrip()


def _tell(
    kind: type[BaseException],
    error: BaseException | None,
    trace: TracebackType | None,
    *,
    of: threading.Thread | None = None,
) -> None:
    """Print a traceback, as Python would, without keys."""
    if sys.stderr is None or issubclass(kind, SystemExit):
        return
    head = f"Exception in thread {of.name}:\n" if of else ""
    sys.stderr.write(f"{head}{hide(_trace(kind, error, trace))}\n")
