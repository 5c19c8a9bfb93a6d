"""What ``zaraba doctor`` has to say of one thing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        mark: ``ok``, ``note`` or ``bad``.
        text: What was found.
        remedy: What to do; empty where nothing has to be done.
    """

    mark: str
    text: str
    remedy: str = ""
