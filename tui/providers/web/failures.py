"""Why a connection failed, in words for whoever sees only the screen.

What the system and the libraries raise is told by its cause, since the cure differs: the name, the
refusal, the certificate, the proxy. No class of an exception is ever told, and nothing of what it
says itself: that may be in another language, and may hold an address with a key.
"""

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import Final

_FAILED: Final = "the connection failed"
_DEPTH: Final = 10

_BY_NUMBER: Final = {
    errno.ENETUNREACH: "the network cannot be reached; is it there?",
    errno.ENETDOWN: "the network is down",
    errno.EHOSTUNREACH: "there is no way to it; is the network there?",
    errno.EHOSTDOWN: "its computer is down",
    errno.EADDRNOTAVAIL: "this computer has no address to ask from; is the network there?",
    errno.EADDRINUSE: "this computer has no free port left",
    errno.ETIMEDOUT: "there was no answer in time",
    errno.ECONNREFUSED: "the connection was refused",
    errno.ECONNRESET: "the connection was cut by the other side",
    errno.ECONNABORTED: "the connection was cut",
    errno.EPIPE: "the connection was closed by the other side",
    errno.ENOTCONN: "the connection was closed",
    errno.EMFILE: "this program has too many files and connections open",
    errno.ENFILE: "this computer has too many files and connections open",
    errno.ENOBUFS: "this computer has no memory left for connections",
    errno.ENOMEM: "this computer has no memory left",
    errno.EACCES: "this computer does not allow the connection; a firewall may forbid it",
    errno.EPERM: "this computer does not allow the connection; a firewall may forbid it",
}
_CERTIFICATE: Final = {
    9: "its certificate is not valid yet; is the clock right?",
    10: "its certificate has expired; or the clock is wrong",
    18: "its certificate is signed by itself, and so not trusted",
    19: "its certificate is signed by somebody who is not trusted",
    20: "its certificate is signed by somebody who is not known; a proxy may stand between",
    21: "its certificate cannot be verified",
    62: "its certificate is for another name",
    64: "its certificate is for another address",
}
"""OpenSSL's numbers of what is wrong with a certificate."""
_OF_HTTPX: Final = (
    ("ProxyError", "the proxy did not let it through"),
    ("UnsupportedProtocol", "its address is neither http nor https"),
    ("InvalidURL", "its address cannot be one"),
    ("PoolTimeout", "too many connections are open to it"),
    ("ConnectTimeout", "no connection in time"),
    ("WriteTimeout", "it did not take the question in time"),
    ("TimeoutException", "there was no answer in time"),
    ("RemoteProtocolError", "the connection ended before the answer did, or what came is no HTTP"),
    ("LocalProtocolError", "the question cannot be sent as HTTP; check its address and key"),
    ("TooManyRedirects", "it redirects without end"),
    ("DecodingError", "its answer is badly compressed"),
    ("CookieConflict", "its cookies contradict each other"),
    ("ReadError", "the connection was cut while the answer came"),
    ("WriteError", "the connection was cut while the question was sent"),
    ("CloseError", "the connection was cut"),
    ("ConnectError", "it cannot be reached; is the network there?"),
)
_OF_SOCKETS: Final = (
    ("InvalidProxyStatus", "the proxy did not let it through"),
    ("ProxyError", "the proxy did not let it through"),
    ("InvalidProxy", "the environment names a proxy that cannot be used"),
    ("InvalidURI", "its address cannot be one"),
    ("InvalidStatus", "it answered no stream but {status}"),
    ("SecurityError", "its answer to the opening is too long"),
    ("NegotiationError", "it wants what was not offered"),
    ("InvalidHandshake", "what came is no opening of a stream"),
    ("PayloadTooBig", "a message was too long"),
    ("ProtocolError", "what came is no message of a stream"),
    ("ConnectionClosed", "the stream was closed{code}"),
)
_TOLD: Final = {"httpx": _OF_HTTPX, "websockets": _OF_SOCKETS}
_CODES: Final = {
    1001: ": the other side went away",
    1003: ": it does not take what was sent",
    1006: " without a word",
    1007: ": what came was no text",
    1008: ": it does not allow this",
    1009: ": a message was too long",
    1011: ": the other side failed",
    1012: ": the other side starts anew",
    1013: ": the other side is too busy",
}


def failure_words(error: BaseException) -> str:
    """Why a connection failed: a clause without a full stop.

    Args:
        error: What the system, `ssl`, `httpx` or `websockets` raised, causes and all.
    """
    if words := known_failure(error):
        return words
    if isinstance(error, ImportError):
        return "the environment names a proxy of a kind that is not supported"
    return _FAILED


def known_failure(error: BaseException) -> str:
    """As `failure_words`; empty for what is no failure of a connection."""
    if not (isinstance(error, OSError | EOFError | BaseExceptionGroup) or _library(error)):
        return ""
    chain = list(_chain(error))
    # What lies deepest is the reason; what wraps it says where it was met.
    for cause in reversed(chain):
        if words := _of_system(cause):
            return words
    for cause in chain:
        if words := _of_library(cause):
            return words
    if any(isinstance(cause, TimeoutError) for cause in chain):
        return "there was no answer in time"
    if any(isinstance(cause, EOFError) for cause in chain):
        return "the connection was closed by the other side"
    network = (ConnectionError, socket.herror)
    return _FAILED if any(isinstance(cause, network) for cause in chain) else ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came of; the first of several that came at once."""
    at: BaseException | None = error
    for _ in range(_DEPTH):
        if at is None:
            return
        yield at
        inner = at.exceptions[0] if isinstance(at, BaseExceptionGroup) else None
        # Libraries hide what they wrap, but it is what tells why.
        at = inner or at.__cause__ or at.__context__


def _of_system(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _CERTIFICATE.get(getattr(error, "verify_code", 0), "its certificate is not trusted")
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return "the connection was cut while it was made secure"
    if isinstance(error, ssl.SSLError):
        return "no secure connection could be made"
    if isinstance(error, socket.gaierror):
        if error.errno == socket.EAI_AGAIN:
            return "its name cannot be looked up now; is the network there?"
        return "its name cannot be found; is the network there?"
    if isinstance(error, ConnectionRefusedError):
        return _BY_NUMBER[errno.ECONNREFUSED]
    if isinstance(error, ConnectionResetError):
        return _BY_NUMBER[errno.ECONNRESET]
    if isinstance(error, BrokenPipeError):
        return _BY_NUMBER[errno.EPIPE]
    if isinstance(error, ConnectionAbortedError):
        return _BY_NUMBER[errno.ECONNABORTED]
    if isinstance(error, OSError) and not error.filename:
        return _BY_NUMBER.get(error.errno or 0, "")
    return ""


def _of_library(error: BaseException) -> str:
    """By the names of the library's classes, which need not have been imported."""
    library = _library(error)
    kinds = {kind.__name__ for kind in type(error).__mro__}
    for name, words in _TOLD.get(library, ()):
        if name in kinds:
            return words.format(status=_status(error), code=_code(error))
    return _FAILED if library else ""


def _library(error: BaseException) -> str:
    """Which library an error is of; nothing for any other."""
    own = {kind.__module__.partition(".")[0] for kind in type(error).__mro__}
    return next((library for library in _TOLD if library in own), "")


def _status(error: BaseException) -> str:
    status = getattr(getattr(error, "response", None), "status_code", None)
    return str(status) if isinstance(status, int) else "something else"


def _code(error: BaseException) -> str:
    received = getattr(error, "rcvd", None)
    return _CODES.get(getattr(received, "code", 1006), "")
