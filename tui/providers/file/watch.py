"""Looks at a file again and again, and gives each version of it once it stands still."""

import asyncio
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from tui.errors import BadPayload, ProviderError, Unavailable
from tui.market.times import Clock
from tui.providers.file.sheet import BYTES_LIMIT, Sheet, Unfinished, read_sheet

SETTLE: Final = 0.1
"""Seconds for which a version that looks finished must not change before it is believed."""
DOUBT: Final = 1.0
"""The same for one that looks unfinished: no newline at its end, names missing, unreadable."""
RESTLESS: Final = 10.0
"""Seconds after which a file that never stands still is told of."""
_ROUNDING: Final = 1e-6


class Stamp(NamedTuple):
    """What tells one version of a file from the next without reading it."""

    device: int
    inode: int
    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen: a version with its content, or the error that came instead.

    A version that was known before comes without both. The digest is that of the bytes: a rewrite
    of the same length within one tick of the disk's clock leaves the stamp as it was.
    """

    stamp: Stamp | None
    digest: int = 0
    sheet: Sheet | None = None
    error: ProviderError | None = None


@dataclass(slots=True)
class _Pending:
    look: Look
    since: float


def look_at(
    path: Path,
    session: date | None,
    today: date,
    *,
    known: tuple[Stamp, ...] = (),
    pending: Look | None = None,
) -> Look:
    """Look at a file. Blocks on the disk.

    A version that is known is not read again; one that is pending is read again, and parsed only
    where its bytes have changed.
    """
    stamp: Stamp | None = None
    digest = 0
    try:
        stamp = _stamp(path)
        if stamp in known:
            return Look(stamp)
        with path.open("rb") as opened:
            content = opened.read(BYTES_LIMIT + 1)
        if _stamp(path) != stamp:
            raise Unfinished("changed while it was being read")
        digest = hash(content)
        if pending is not None and pending.stamp == stamp and pending.digest == digest:
            return Look(stamp, digest)
        return Look(stamp, digest, read_sheet(content, session, today))
    except FileNotFoundError:
        error: ProviderError = Unavailable(
            "there is no such file", remedy="Check the path, and that the program writes it."
        )
        stamp = None
    except OSError as failure:
        error = Unavailable(
            f"cannot be read: {failure.strerror or failure}",
            remedy="Check that it is a file, and that you may read it.",
        )
        stamp = None
    except ProviderError as failure:
        error = failure
    error.subject = str(path)
    return Look(stamp, digest, error=error)


def _stamp(path: Path) -> Stamp:
    seen = path.stat()
    if not stat.S_ISREG(seen.st_mode):
        raise OSError(0, "it is no regular file")
    return Stamp(seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns)


class Watch:
    """One file under watch.

    A version is believed when it reads well and has not changed for a while: a short while where
    it looks finished, a longer one where it ends without a newline or lacks names that the last
    good version had. A version that another file has replaced whole is believed at once. Until
    then the last good one stands.

    Args:
        path: The file.
        session: The session's date, where the user has set it.
        poll: Seconds between two looks.
        clock: Where the time is read.
        today: Tells the date in Tokyo.
        remark: Takes a line about what was survived.
    """

    def __init__(
        self,
        path: Path,
        session: date | None,
        poll: float,
        *,
        clock: Clock,
        today: Callable[[], date],
        remark: Callable[[str], None],
    ) -> None:
        self.good: Sheet | None = None
        self._path = path
        self._session = session
        self._poll = poll
        self._clock = clock
        self._today = today
        self._remark = remark
        self._good_stamp: Stamp | None = None
        self._pending: _Pending | None = None
        self._restless: float | None = None
        self._told = False

    async def next(self) -> Sheet:
        """Wait for a version that was not given yet.

        Raises:
            ProviderError: The file is gone or unreadable, and there is no good version, or the
                file has been gone for a while. What was good before is then forgotten.
        """
        while True:
            look = await asyncio.to_thread(
                look_at,
                self._path,
                self._session,
                self._today(),
                known=self._known(),
                pending=self._pending.look if self._pending else None,
            )
            sheet, pause = self._weigh(look, self._clock.monotonic())
            if sheet is not None:
                return sheet
            await self._clock.sleep(pause)

    def _known(self) -> tuple[Stamp, ...]:
        """The versions that need not be read: the good one, and a bad one that has been told."""
        told = self._pending.look.stamp if self._pending and self._told else None
        return tuple(stamp for stamp in (self._good_stamp, told) if stamp is not None)

    def _weigh(self, look: Look, now: float) -> tuple[Sheet | None, float]:
        """Judge a look: a version to give out, or how long to wait for the next look."""
        if look.stamp is not None and look.stamp == self._good_stamp:
            self._pending = self._restless = None
            return None, self._poll
        pending = self._pending
        if pending is None or not self._same(look, pending.look):
            self._pending = _Pending(look, now)
            if pending is not None and self._replaced(pending.look, look):
                return self._believe(pending.look), 0.0
            pending = self._pending
            self._told = False
        need = self._need(pending.look)
        age = now - pending.since + _ROUNDING
        if pending.look.sheet is not None and age >= need:
            self._pending = self._restless = None
            return self._believe(pending.look), 0.0
        if pending.look.error is not None and (age >= need or self._hopeless(pending.look)):
            self._give_up(pending.look.error, gone=pending.look.stamp is None)
            return None, self._poll
        self._notice_restless(now)
        return None, min(self._poll, max(need - age + _ROUNDING, _ROUNDING))

    def _same(self, look: Look, pending: Look) -> bool:
        if look.stamp != pending.stamp:
            return False
        return self._told or look.digest == pending.digest

    def _believe(self, look: Look) -> Sheet | None:
        self.good, self._good_stamp = look.sheet, look.stamp
        return look.sheet

    def _need(self, look: Look) -> float:
        doubtful = look.sheet is None or not look.sheet.whole or self._lost(look.sheet)
        return DOUBT if doubtful else SETTLE

    def _lost(self, sheet: Sheet) -> bool:
        return self.good is not None and not set(self.good.symbols) <= set(sheet.symbols)

    def _replaced(self, old: Look, new: Look) -> bool:
        """Whether a finished version has made way for another file under its name."""
        return (
            old.sheet is not None
            and self._need(old) == SETTLE
            and new.stamp is not None
            and old.stamp is not None
            and old.stamp[:2] != new.stamp[:2]
        )

    def _hopeless(self, look: Look) -> bool:
        """Whether waiting cannot mend it: nothing good to show, and nobody at work on the file."""
        return self.good is None and not isinstance(look.error, Unfinished)

    def _give_up(self, error: ProviderError, *, gone: bool) -> None:
        if self.good is None or gone:
            self.good = self._good_stamp = self._pending = self._restless = None
            raise error
        if not self._told:
            self._told = True
            self._restless = None
            self._remark(f"{error} The last good version stays.")

    def _notice_restless(self, now: float) -> None:
        if self._restless is None:
            self._restless = now
        elif now - self._restless > RESTLESS:
            self._restless = now
            self._remark(
                f"{self._path}: never stands still for {SETTLE:g} s. The last good version stays. "
                "Let the program write a new file and rename it."
            )


def read_once(path: Path, session: date | None, today: date) -> Sheet:
    """Read a file as it stands now. Blocks on the disk.

    Raises:
        ProviderError: It is missing, unreadable, or unfinished.
    """
    look = look_at(path, session, today)
    if look.sheet is None:
        raise look.error or BadPayload("could not be read", subject=str(path))
    return look.sheet
