"""Linking: which instruments a headline is about, without a false one.

`tui.market.linking.linker` holds the `Linker`. This package imports nothing by itself, so that
what only needs cash-tags does not pay for the rest.
"""
