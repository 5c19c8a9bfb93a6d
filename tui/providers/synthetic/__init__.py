"""Invented quotes at any rate: the load of benchmarks and soak tests."""

from tui.providers.synthetic.market import SyntheticMarket, invented_symbols
from tui.providers.synthetic.provider import SyntheticProvider

__all__ = ["SyntheticMarket", "SyntheticProvider", "invented_symbols"]
