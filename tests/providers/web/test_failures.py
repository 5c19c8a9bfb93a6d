import asyncio
import errno
import os
import re
import socket
import ssl
from collections.abc import Callable, Iterator

import httpx
import pytest
from websockets import exceptions as ws
from websockets.datastructures import Headers
from websockets.frames import Close
from websockets.http11 import Response

from tui.feed.wording import error_words
from tui.providers.web.failures import failure_words, known_failure

SECRET = "https://quotes.example/?token=geheim-0815"  # noqa: S105 - a made-up one, not to be told
_CLASS = re.compile(r"\w(Error|Exception)\b|gaierror|herror|[Ee]rrno|\(\w+\)$")


def every(of: type[BaseException]) -> Iterator[type[BaseException]]:
    for kind in of.__subclasses__():
        yield kind
        yield from every(kind)


def bare(kind: type[BaseException]) -> BaseException:
    """An error of a class, whatever its constructor asks for."""
    error = kind.__new__(kind, SECRET)
    error.args = (SECRET,)
    return error


def kinds() -> list[type[BaseException]]:
    system = [each for each in every(OSError) if each.__module__ in {"builtins", "socket", "ssl"}]
    of_httpx = [
        each
        for each in (*every(httpx.HTTPError), *every(httpx.StreamError), httpx.InvalidURL,
                     httpx.CookieConflict)
        if each.__module__.startswith("httpx")
    ]  # fmt: skip
    # Some are imported only when they are asked for.
    of_sockets = [getattr(ws, name) for name in ws.__all__]
    return [*system, *of_httpx, *of_sockets, EOFError, asyncio.IncompleteReadError]


def plainly_told(words: str) -> bool:
    return bool(words) and words.isprintable() and not _CLASS.search(words) and "0815" not in words


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_no_failure_is_told_by_the_name_of_its_class(kind: type[BaseException]) -> None:
    assert plainly_told(failure_words(bare(kind)))


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_failure_of_the_system_is_told_by_its_number(number: int) -> None:
    assert plainly_told(failure_words(OSError(number, os.strerror(number))))


@pytest.mark.parametrize("number", [1, 2, 9, 10, 18, 19, 20, 21, 62, 64, 99])
def test_what_is_wrong_with_a_certificate_is_told(number: int) -> None:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = number
    assert "certificate" in failure_words(error)


def closed(code: int) -> BaseException:
    return ws.ConnectionClosedError(Close(code, "secret"), None)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "its name cannot be found"),
        (socket.gaierror(socket.EAI_AGAIN, "later"), "cannot be looked up now"),
        (ConnectionRefusedError(errno.ECONNREFUSED, ""), "refused"),
        (ConnectionResetError(), "cut by the other side"),
        (OSError(errno.ENETUNREACH, ""), "network cannot be reached"),
        (ssl.SSLError(1, "WRONG_VERSION_NUMBER"), "no secure connection"),
        (httpx.ProxyError("403 Forbidden"), "the proxy"),
        (httpx.ReadError("x"), "while the answer came"),
        (ws.InvalidProxyStatus(Response(407, "", Headers())), "the proxy"),
        (ws.InvalidStatus(Response(503, "", Headers())), "503"),
        (closed(1011), "the other side failed"),
        (closed(4999), "the stream was closed"),
        (ws.ConnectionClosedError(None, None), "without a word"),
        (TimeoutError(), "no answer in time"),
        (ImportError("python-socks"), "a proxy of a kind"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else None,
)
def test_the_usual_causes_are_told_apart(error: BaseException, words: str) -> None:
    assert words in failure_words(error)


def raised(act: Callable[[], object]) -> BaseException:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever it is, it is looked at
        act()
    return caught.value


def test_the_cause_beneath_is_what_is_told() -> None:
    def wrapped() -> None:
        try:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        except OSError as error:
            raise httpx.ConnectError("all attempts failed") from error

    assert "name" in failure_words(raised(wrapped))


def test_of_several_attempts_at_once_the_first_is_told() -> None:
    group = ExceptionGroup("multiple", [ConnectionRefusedError(), TimeoutError()])
    assert "refused" in failure_words(group)


def test_an_error_that_holds_itself_comes_to_an_end() -> None:
    error = httpx.ReadError("x")
    error.__cause__ = error
    assert failure_words(error)


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), FileNotFoundError(2, "x", "y")])
def test_what_is_no_failure_of_a_connection_is_left_to_others(error: Exception) -> None:
    assert known_failure(error) == ""
    assert failure_words(error) == "the connection failed"


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_the_feed_tells_what_a_plug_in_lets_through_in_words(kind: type[BaseException]) -> None:
    if known_failure(bare(kind)):
        assert plainly_told(error_words(bare(kind)))
