"""``zaraba catalysts``: what files tell of catalysts, and what they state beside the market."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tui.cli.arguments import Options
from tui.cli.once import once
from tui.cli.printing import take, write
from tui.cli.setup import DEFAULT_QUOTES, RECORDED, Setup, set_up
from tui.errors import DataError, UsageError, ZarabaError
from tui.files import read_bounded, why
from tui.market.catalysts import Catalyst
from tui.market.documents import MOST_FEED_BYTES, Document, Reading, read_document
from tui.market.times import JST
from tui.providers.feeds.reader import read_feed
from tui.report.claims import check_claims
from tui.report.documents import Found, documents_json, documents_text

_STANDARD_INPUT = "-"
_MOST_FILES = 1_000


def run_catalysts(options: Options) -> int:
    """Print what the files hold, and exit.

    Raises:
        UsageError: A file cannot be read.
        DataError: A file is not of a kind that can be read.
    """
    if len(options.files) > _MOST_FILES:
        raise UsageError(
            f"more than {_MOST_FILES:,} files at once", subject="FILE", remedy="Name fewer."
        )
    options.provider = DEFAULT_QUOTES
    setup = set_up(options, remembered=False)
    remarks: list[str] = []
    reading = _reading(setup, remarks)
    documents = [(name, _read(name, reading)) for name in dict.fromkeys(options.files)]
    found = _held_against_the_market(setup, options, documents, remarks)
    if options.format == "json":
        write(documents_json(found, reading.linker, remarks) + b"\n")
    else:
        write(documents_text(found, reading.linker, remarks).encode())
    return 0


def _reading(setup: Setup, remarks: list[str]) -> Reading:
    """How the files are read: by the user's own names and rules over those that ship."""
    rules = setup.rules
    reading = Reading(
        linker=rules.linker,
        classify=rules.kinds.classify,
        feeds=_saved_feed,
        today=datetime.now(UTC).astimezone(JST).date(),
    )
    remarks += rules.notices
    return reading


def _saved_feed(body: bytes, name: str) -> Sequence[Catalyst]:
    """A feed of a file; what is wrong with it is told as of a file, not of an address."""
    try:
        return read_feed(body, name)
    except ZarabaError as error:
        raise DataError(
            error.what, subject=name, remedy="Save the feed anew, or take a part of it."
        ) from error


def _read(name: str, reading: Reading) -> Document:
    if name == _STANDARD_INPUT:
        body = sys.stdin.buffer.read(MOST_FEED_BYTES + 1)
        if len(body) > MOST_FEED_BYTES:
            raise UsageError(
                f"it is larger than {MOST_FEED_BYTES >> 20} MiB",
                subject="standard input",
                remedy="Take a part of it.",
            )
        return read_document(body, name="standard input", reading=reading)
    path = Path(name)
    try:
        body = read_bounded(path.expanduser(), MOST_FEED_BYTES)
    except FileNotFoundError:
        raise UsageError(
            "there is no such file", subject=name, remedy="Check the path, or give - for input."
        ) from None
    except (OSError, RuntimeError) as error:
        told = why(error) if isinstance(error, OSError) else "there is no such user"
        raise UsageError(told, subject=name, remedy="Name a text file.") from error
    document = read_document(body, name=path.name, reading=reading)
    every = tuple(replace(each, source=each.source or path.name) for each in document.catalysts)
    return replace(document, catalysts=every)


def _held_against_the_market(
    setup: Setup,
    options: Options,
    documents: Sequence[tuple[str, Document]],
    remarks: list[str],
) -> list[Found]:
    """The documents with the market's figures, where the session that ships is of their date."""
    market = setup.market
    wanted = dict.fromkeys(
        claim.symbol
        for _, document in documents
        for session, claims in document.claims_by_session
        if session == RECORDED
        for claim in claims
    )
    now = datetime.now(UTC)
    if wanted:
        options.at, options.list = "", ""
        try:
            now = take(setup, options, tuple(wanted)).summary.as_of
        except ZarabaError as error:
            remarks.append(once(str(error)))
    return [
        Found(
            name=name,
            document=document,
            checked=tuple(
                checked
                for session, claims in document.claims_by_session
                for checked in check_claims(market, claims, session, now)
            ),
        )
        for name, document in documents
    ]
