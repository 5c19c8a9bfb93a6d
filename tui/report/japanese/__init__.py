"""Failures and missing tables in Japanese, as the screen and the wrap tell of them."""
