"""Supervision of providers: the thread they run in, back-off, staleness, health."""
