"""TDnet: timely disclosures of listed companies."""

from tui.providers.tdnet.provider import TdnetProvider

__all__ = ["TdnetProvider"]
