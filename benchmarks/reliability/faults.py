"""What goes wrong, one fault each, as the service or the source is told to play it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from benchmarks.reliability import prices
from benchmarks.reliability.yahoo import QUOTE, quoted
from tui.providers.conformance import LIES, Answer, Fault, Request

Spoil = Callable[[Answer, Request], Answer]
"""What the service says in place of a good answer."""

_MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One fault.

    Attributes:
        name: Names it, in the document and on the command line.
        does: What is done, for the document.
        part: The section of the document.
        spoil: Makes the wrong answer; None where the fault is none of the answers'.
        lasting: Whether the last good prices are all that can be shown while it lasts; where not,
            true prices have to go on.
        charts: Whether charts stand in, each a request of its own.
    """

    name: str
    does: str
    part: str
    spoil: Spoil | None = None
    lasting: bool = True
    charts: bool = False


TRANSPORT, ANSWERS, QUOTES, STREAM, LYING, SOURCE, AROUND = (
    "transport", "answers", "quotes", "stream", "lies", "source", "around",
)  # fmt: skip

_FAULT_SAYS: Final = {
    Fault.RESET: "the connection is reset once a request has been read",
    Fault.RESET_INSIDE: "the connection is reset after half the body",
    Fault.STALL_BEFORE: "the request is read and nothing is ever said",
    Fault.STALL_HEAD: "half the head arrives, then nothing more",
    Fault.STALL_INSIDE: "half the body arrives, then nothing more",
    Fault.DRIP: "the body comes byte by byte",
    Fault.TRUNCATE: "the connection closes after half the announced body",
    Fault.GARBAGE: "bytes that are no HTTP come as the answer",
    Fault.HANG_UP: "answers are whole, but kept connections are closed",
}


def _instead(make: Callable[[], Answer]) -> Spoil:
    made: list[Answer] = []

    def spoil(_: Answer, __: Request) -> Answer:
        if not made:
            made.append(make())
        return made[0]

    return spoil


def _failing(fault: Fault) -> Spoil:
    return lambda good, _: good.failing(fault)


def _rows(change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> Spoil:
    """Changes the rows of a batch of quotes, and nothing else."""

    def spoil(good: Answer, request: Request) -> Answer:
        if request.path != QUOTE:
            return good
        return quoted(change(json.loads(good.body)["quoteResponse"]["result"]))

    return spoil


def _each(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Spoil:
    """Changes every third row."""
    return _rows(
        lambda rows: [change(row) if place % 3 == 0 else row for place, row in enumerate(rows)]
    )


def _literal(text: str) -> Spoil:
    """A price of these very characters, quotation marks and all."""

    def spoil(good: Answer, request: Request) -> Answer:
        if request.path != QUOTE:
            return good
        rows = json.loads(good.body)["quoteResponse"]["result"]
        for row in rows[::3]:
            row["regularMarketPrice"] = "@"
        body = json.dumps({"quoteResponse": {"result": rows, "error": None}})
        return replace(good, body=body.replace('"@"', text).encode())

    return spoil


def _scaled(factor: float, *, last_only: bool) -> Spoil:
    priced = ("Price", "PreviousClose", "Open", "DayHigh", "DayLow")
    names = [f"regularMarket{name}" for name in priced] + ["bid", "ask"]

    def change(row: dict[str, Any]) -> dict[str, Any]:
        changed = names[:1] if last_only else names
        return row | {name: row[name] * factor for name in changed}

    return _each(change)


def _moved(seconds: int) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The same quote as it was, or will be, with the price of that time."""

    def change(row: dict[str, Any]) -> dict[str, Any]:
        stamp = row["regularMarketTime"] + seconds
        last = prices.last(row["symbol"], stamp)
        return row | {"regularMarketTime": stamp, "regularMarketPrice": last}

    return change


def _restamped(seconds: int) -> Spoil:
    return _each(lambda row: row | {"regularMarketTime": row["regularMarketTime"] + seconds})


def _transport() -> list[Case]:
    return [
        Case(name="refuse", does="every connection is refused", part=TRANSPORT),
        *(
            Case(
                name=fault.value,
                does=_FAULT_SAYS[fault],
                part=TRANSPORT,
                spoil=_failing(fault),
                lasting=fault is not Fault.HANG_UP,
            )
            for fault in Fault
            if fault is not Fault.NONE
        ),
    ]


def _answers() -> list[Case]:
    page = b"<html><title>Sign in to the network</title></html>"
    told: list[tuple[str, str, Spoil]] = [
        ("301 loop", "every address redirects to itself", lambda _, request: Answer.redirect(
            f"{request.path}?{request.query}", 301)),
        ("404", "404 to everything", _instead(lambda: Answer(status=404))),
        ("429", "429 with Retry-After: 45", _instead(lambda: Answer.too_many(45))),
        ("429 bare", "429 without Retry-After", _instead(Answer.too_many)),
        ("500", "500 to everything", _instead(lambda: Answer(status=500))),
        ("503", "503 to everything", _instead(lambda: Answer(status=503))),
        ("503 pause", "503 with Retry-After: 45", _instead(lambda: Answer.too_many(45, 503))),
        ("wrong content type", "a web page, with 200, to everything", _instead(
            lambda: Answer(body=page, content_type="text/html"))),
        ("empty body", "200 and no body", _instead(Answer)),
        ("other shape", "JSON of another shape", _instead(lambda: Answer.of({"rows": [1]}))),
        ("invalid UTF-8", "JSON with bytes that are no UTF-8", _instead(Answer.invalid_utf8)),
        ("deep JSON", "100,000 nested arrays", _instead(Answer.deep)),
        ("huge JSON", "a body of 16 MiB", _instead(lambda: Answer.huge(16 * _MIB))),
        ("gzip bomb", "256 MiB in a small gzip body", _instead(
            lambda: Answer.bomb(256 * _MIB))),
        ("deflate bomb", "256 MiB in a small deflate body", _instead(
            lambda: Answer.bomb(256 * _MIB, "deflate"))),
        ("broken gzip", "a body said to be gzip that is not", lambda good, _: good.with_headers(
            Content_Encoding="gzip")),
        ("unknown compression", "a compression nobody asked for", lambda good, _:
            good.with_headers(Content_Encoding="br")),
    ]  # fmt: skip
    refused = [
        Case(
            name=str(status),
            does=f"{status} to everything",
            part=ANSWERS,
            spoil=_instead(lambda status=status: Answer(status=status)),  # type: ignore[misc]
            charts=True,
        )
        for status in (401, 403)
    ]
    crumb = Case(
        name="401 crumb",
        does="batched quotes answer 401 whatever the crumb",
        part=ANSWERS,
        spoil=lambda good, request: Answer(status=401) if request.path == QUOTE else good,
        lasting=False,
        charts=True,
    )
    return [
        *(Case(name=name, does=does, part=ANSWERS, spoil=spoil) for name, does, spoil in told),
        *refused,
        crumb,
    ]


def _quotes() -> list[Case]:
    told: list[tuple[str, str, Spoil, bool]] = [
        ("no rows", "an answer without a single quote", _rows(lambda _: []), True),
        ("NaN literal", "a third of the prices are the word NaN", _literal("NaN"), True),
        ("infinite literal", "a third of the prices are 1e999", _literal("1e999"), True),
        ("infinite text", "a third of the prices are the text Infinity", _literal('"Infinity"'),
         False),
        ("price null", "a third of the prices are null", _literal("null"), False),
        ("price zero", "a third of the prices are 0", _literal("0"), False),
        ("price negative", "a third of the prices are −5", _literal("-5"), False),
        ("row of another form", "a third of the rows are no objects", _rows(
            lambda rows: [row for place, row in enumerate(rows) if place % 3]
            + [["no", "row"]] * 3), False),  # type: ignore[list-item]
        ("duplicates", "every quote stands twice", _rows(lambda rows: rows + rows), False),
        ("out of order", "an older quote stands behind each", _rows(
            lambda rows: rows + [_moved(-60)(row) for row in rows]), False),
        ("older answers", "quotes of a minute ago", _rows(
            lambda rows: [_moved(-60)(row) for row in rows]), False),
        ("clock skew ahead", "a third of the times are 90 s ahead", _restamped(90), False),
        ("clock skew behind", "a third of the times are 90 s behind", _restamped(-90), False),
        ("clock skew day", "a third of the times are of tomorrow", _restamped(86_400), False),
        ("strangers asked", "symbols that nobody asked for", _rows(lambda rows: rows + [
            row | {"symbol": f"X{row['symbol']}"} for row in rows]), False),
        ("off by 10", "a third of the last prices are ten times too high",
         _scaled(10, last_only=True), False),
        ("off by 100", "a third of the last prices are a hundred times too high",
         _scaled(100, last_only=True), False),
        ("off by a tenth", "a third of the last prices are a tenth",
         _scaled(0.1, last_only=True), False),
        ("off by a hundredth", "a third of the last prices are a hundredth",
         _scaled(0.01, last_only=True), False),
        ("all off by 10", "all prices of a third, the base too, are ten times too high",
         _scaled(10, last_only=False), False),
        ("all off by a hundredth", "all prices of a third, the base too, are a hundredth",
         _scaled(0.01, last_only=False), False),
    ]  # fmt: skip
    return [
        Case(name=name, does=does, part=QUOTES, spoil=spoil, lasting=lasting)
        for name, does, spoil, lasting in told
    ]


def _named(part: str, told: dict[str, str], *, lasting: bool) -> list[Case]:
    return [Case(name=name, does=does, part=part, lasting=lasting) for name, does in told.items()]


STREAM_FAULTS: Final = {
    "WebSocket refused": "the handshake is answered with 403",
    "WebSocket silent": "the stream says nothing more, but answers pings",
    "WebSocket dead": "the stream says nothing more, not even to a ping",
    "WebSocket closed": "the stream is closed with 1000, again and again",
    "WebSocket failed": "the stream is closed with 1011, again and again",
    "WebSocket dropped": "the stream ends without a word",
    "WebSocket reset": "the stream is reset",
    "WebSocket half": "half a frame comes, then nothing",
    "WebSocket floods": "messages come as fast as they are taken",
    "WebSocket rubbish": "messages that are no JSON, and JSON that is no message",
    "WebSocket invalid UTF-8": "text that is no UTF-8",
    "WebSocket huge": "a message of 1 MiB",
    "WebSocket off by 10": "prices ten times too high",
    "WebSocket old": "prices of a minute ago",
    "WebSocket ahead": "prices of tomorrow",
}
SOURCE_FAULTS: Final = {
    "raises": "the stream raises an error of no known kind",
    "ends": "the stream ends by itself, again and again",
    "hangs": "the stream hangs when it begins",
    "says rubbish": "the stream yields what are no quotes",
    "floods": "the stream never waits",
    "blocks": "the source blocks the thread of all sources",
    "does not end": "the stream goes on when it is cancelled",
}
AROUND_FAULTS: Final = {
    "DNS failure": "the service's name cannot be found",
    "sleep and wake": "the computer sleeps for three hours of the night",
    "network change": "the service is unreachable, there again, and gone again",
}

CASES: Final[dict[str, Case]] = {
    case.name: case
    for case in (
        *_transport(),
        *_answers(),
        *_quotes(),
        *_named(STREAM, STREAM_FAULTS, lasting=False),
        *(Case(name=lie.name, does=lie.says, part=LYING, lasting=False) for lie in LIES.values()),
        *(
            Case(name=name, does=does, part=SOURCE, lasting=name != "floods")
            for name, does in SOURCE_FAULTS.items()
        ),
        *_named(AROUND, AROUND_FAULTS, lasting=True),
    )
}
"""Every fault by its name, in the order of the document."""
