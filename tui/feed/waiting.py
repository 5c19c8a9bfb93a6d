"""An answer that is waited for, but not for ever."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from tui.errors import BadPayload, Unavailable
from tui.market.times import Clock

_T = TypeVar("_T")


async def within(question: Awaitable[_T], seconds: float, clock: Clock, subject: str = "") -> _T:
    """The answer to a question; the question is cancelled where none comes in time.

    Args:
        question: What to await.
        seconds: How long.
        clock: By which clock.
        subject: Who is asked.

    Raises:
        Unavailable: No answer came, or the question was cancelled from within.
        BadPayload: The source tried to end the program.
    """
    task = asyncio.ensure_future(_asked(question))
    alarm = asyncio.ensure_future(clock.sleep(seconds))
    try:
        await asyncio.wait({task, alarm}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise Unavailable(f"no answer for {seconds:g} s", subject=subject)
        if task.cancelled():
            raise Unavailable("the source cancelled its own answer", subject=subject)
        return task.result()
    finally:
        task.cancel()
        alarm.cancel()


async def _asked(question: Awaitable[_T]) -> _T:
    # What ends the program would end the loop from within a task of its own.
    try:
        return await question
    except (SystemExit, KeyboardInterrupt) as error:
        raise BadPayload(f"the source tried to end the program by {type(error).__name__}") from None
