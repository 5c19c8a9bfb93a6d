"""Zaraba: what moved Tokyo, by how many points, because of which names, and why."""

__version__ = "0.1.0"
