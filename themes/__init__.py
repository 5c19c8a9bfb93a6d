"""Colours: palettes, the three direction conventions, and the check that all of it can be read."""
