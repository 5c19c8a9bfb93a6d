"""A stream of catalysts whose bare ones are filled in on the way."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

from tui.feed.checks import catalysts_fault
from tui.feed.wording import error_words
from tui.market.catalysts import Catalyst

Enrich = Callable[[Catalyst], Catalyst]
"""Gives a catalyst the symbols and the kind that its source left out. Called in worker threads."""


class Enriched(AsyncIterator[Sequence[Catalyst]]):
    """What a source of news delivers, each catalyst that lacks symbols or a kind filled in.

    That is done in a worker thread, since a first headline costs tenths of a second, which the
    quotes that share the loop should not wait. A delivery that is not as the contract says goes
    through as it is, for the supervisor to refuse. Where filling in fails, the delivery stays
    bare.

    Args:
        stream: The source's own.
        enrich: Fills in one catalyst.
        erred: Told of what filling in raised, in words.
    """

    def __init__(
        self,
        stream: AsyncIterator[Sequence[Catalyst]],
        enrich: Enrich,
        erred: Callable[[str], None],
    ) -> None:
        self._stream = stream
        self._enrich = enrich
        self._erred = erred

    async def __anext__(self) -> Sequence[Catalyst]:
        item = await anext(self._stream)
        if catalysts_fault(item) or not any(map(_bare, item)):
            return item
        try:
            return await asyncio.to_thread(self._filled, item)
        except Exception as error:  # noqa: BLE001 - headlines without symbols are better than none
            self._erred(error_words(error))
            return item

    async def aclose(self) -> None:
        """End the source's stream."""
        close = getattr(self._stream, "aclose", None)
        if close is not None:
            await close()

    def _filled(self, item: Sequence[Catalyst]) -> list[Catalyst]:
        return [self._enrich(each) if _bare(each) else each for each in item]


def _bare(catalyst: Catalyst) -> bool:
    return not (catalyst.withdrawn or (catalyst.symbols and catalyst.kind))
