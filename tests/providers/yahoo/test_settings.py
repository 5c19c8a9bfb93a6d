from typing import Any

import pytest

from tui.errors import ConfigError
from tui.providers.conformance import FewInstruments, ManualClock
from tui.providers.contracts import Host
from tui.providers.yahoo import YahooHistory, YahooQuotes, YahooSearch
from tui.providers.yahoo.settings import Settings


def test_nothing_need_be_set() -> None:
    settings = Settings.read({})
    assert settings.web.base_url == "https://query1.finance.yahoo.com"
    assert settings.stream_url.startswith("wss://streamer.finance.yahoo.com")
    assert (settings.poll, settings.poll_closed, settings.batch) == (10.0, 60.0, 200)
    assert not settings.consent
    assert settings.stream


def test_a_closed_market_is_never_asked_more_often_than_an_open_one() -> None:
    assert Settings.read({"poll": 300}).poll_closed == 300.0


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("poll", 0),
        ("poll", True),
        ("poll", float("nan")),
        ("poll_closed", "often"),
        ("batch", 0),
        ("batch", 100_000),
        ("consent", "yes"),
        ("stream", 1),
        ("stream_url", "https://streamer.finance.yahoo.com"),
        ("stream_url", "wss://[broken"),
        ("stream_url", 7),
        ("base_url", "ftp://example.com"),
        ("cookie_url", 3),
        ("consent_url", ""),
        ("collect_url", "//nowhere"),
        ("agent", ""),
        ("agent", "two\r\nlines"),
        ("agent", "日本"),
        ("timeout", 0),
        ("ca_file", 5),
    ],
)
@pytest.mark.parametrize("role", [YahooQuotes, YahooHistory, YahooSearch])
def test_a_setting_that_cannot_be_used_is_named(role: Any, key: str, value: object) -> None:
    host = Host(clock=ManualClock(), instruments=FewInstruments(), settings={key: value})
    with pytest.raises(ConfigError, match=rf"\[providers.yahoo\] {key}"):
        role(host)
