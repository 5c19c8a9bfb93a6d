import base64
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import BadPayload
from tui.providers.yahoo.pricing import FRAME_LIMIT, PricingDecoder, _message_class

RECORDED = (
    "CgdCVEMtVVNEFYoMuUcYwLCVgIplIgNVU0QqA0NDQzApOAFFPWrEP0iAgOrxvANVx/25R12csrRHZYD8skR9/7i0R7AB"
    "gIDq8bwD2AEE4AGAgOrxvAPoAYCA6vG8A/IBA0JUQ4ECAAAAwPrjckGJAgAA2P5ZT3tC"
)
"""One message as the service sent it."""


def frame(message: str) -> str:
    return json.dumps({"type": "pricing", "message": message})


def packed(**fields: Any) -> str:
    message = _message_class()(**fields)
    return frame(base64.b64encode(message.SerializeToString()).decode())


def test_the_recorded_message_is_read() -> None:
    push = PricingDecoder().decode(frame(RECORDED))

    assert push is not None
    assert (push.symbol, push.regular) == ("BTC-USD", True)
    assert push.last == pytest.approx(94745.08, abs=0.005)
    assert push.time == 1736509140
    assert push.high == pytest.approx(95227.555, abs=0.005)
    assert push.low == pytest.approx(92517.22, abs=0.005)
    assert push.open == pytest.approx(92529.99, abs=0.005)
    assert push.volume == 59_712_028_672


def test_every_number_of_the_recorded_message_has_its_name() -> None:
    message: Any = _message_class()()
    message.ParseFromString(base64.b64decode(RECORDED))

    assert (message.currency, message.exchange, message.from_currency) == ("USD", "CCC", "BTC")
    assert (message.quote_type, message.market_hours, message.price_hint) == (41, 1, 2)
    assert message.circulating_supply == 19_808_172.0
    assert message.market_cap == 1_876_726_640_000.0
    assert message.last_size == message.vol_24hr == message.vol_all_currencies == 59_712_028_672
    assert message.ByteSize() == len(base64.b64decode(RECORDED))


@given(tenths=st.integers(1, 999_999))
def test_a_price_on_the_tick_grid_survives_single_precision(tenths: int) -> None:
    push = PricingDecoder().decode(packed(id="7203.T", price=tenths / 10, time=1_748_234_400_123))

    assert push is not None
    assert push.last == tenths / 10
    assert push.time == 1_748_234_400


def test_what_is_not_told_is_unknown() -> None:
    push = PricingDecoder().decode(packed(id="SONY", price=25.5, time=1_748_234_400_000))

    assert push is not None
    assert not push.regular
    assert all(math.isnan(each) for each in (push.open, push.high, push.low, push.volume))


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "SONY", "price": 0.0, "time": 1_748_234_400_000},
        {"id": "SONY", "price": -3.0, "time": 1_748_234_400_000},
        {"id": "SONY", "price": math.nan, "time": 1_748_234_400_000},
        {"id": "SONY", "price": math.inf, "time": 1_748_234_400_000},
        {"id": "SONY", "price": 25.5},
        {"price": 25.5, "time": 1_748_234_400_000},
        {"id": "SONY", "price": 25.5, "time": -5},
    ],
)
def test_a_message_without_symbol_price_or_time_tells_nothing(fields: dict[str, Any]) -> None:
    assert PricingDecoder().decode(packed(**fields)) is None


def test_a_frame_without_a_message_tells_nothing() -> None:
    assert PricingDecoder().decode('{"type": "heartbeat"}') is None


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        b"\xff\xfe",
        "[" * 10_000,
        '{"message": 5}',
        frame("not base64!"),
        frame("AAAA"),
        frame(RECORDED[:-8]),
        frame("A" * FRAME_LIMIT),
    ],
)
def test_a_broken_frame_is_a_bad_payload(text: str | bytes) -> None:
    with pytest.raises(BadPayload, match="the stream sent"):
        PricingDecoder().decode(text)


@given(noise=st.binary(max_size=300))
def test_noise_is_read_or_refused_and_never_crashes(noise: bytes) -> None:
    try:
        push = PricingDecoder().decode(frame(base64.b64encode(noise).decode()))
    except BadPayload:
        return
    assert push is None or push.last > 0
