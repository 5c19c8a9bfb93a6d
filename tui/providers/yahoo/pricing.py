"""One message of the stream: a JSON frame around a protobuf message in base64.

The message's description is built at run time, so there is no generated code to keep in step with
the library.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from tui.errors import BadPayload
from tui.providers.yahoo.shapes import price, quantity

if TYPE_CHECKING:
    from google.protobuf.message import Message

FRAME_LIMIT: Final = 64 * 1024
"""Characters of a frame; a real one has a few hundred."""

_REGULAR: Final = 1
"""The value of ``market_hours`` in regular trading; before and after it, the price is no last
price of the session."""

_FIELDS: Final = (
    ("id", "string"),
    ("price", "float"),
    ("time", "sint64"),
    ("currency", "string"),
    ("exchange", "string"),
    ("quote_type", "int32"),
    ("market_hours", "int32"),
    ("change_percent", "float"),
    ("day_volume", "sint64"),
    ("day_high", "float"),
    ("day_low", "float"),
    ("change", "float"),
    ("short_name", "string"),
    ("expire_date", "sint64"),
    ("open_price", "float"),
    ("previous_close", "float"),
    ("strike_price", "float"),
    ("underlying_symbol", "string"),
    ("open_interest", "sint64"),
    ("options_type", "sint64"),
    ("mini_option", "sint64"),
    ("last_size", "sint64"),
    ("bid", "float"),
    ("bid_size", "sint64"),
    ("ask", "float"),
    ("ask_size", "sint64"),
    ("price_hint", "sint64"),
    ("vol_24hr", "sint64"),
    ("vol_all_currencies", "sint64"),
    ("from_currency", "string"),
    ("last_market", "string"),
    ("circulating_supply", "double"),
    ("market_cap", "double"),
)
"""In the order of their numbers, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """What one message tells; NaN where it tells nothing.

    Attributes:
        symbol: Yahoo's.
        time: Exchange time in whole seconds since 1970, as in a quote.
        regular: Whether it comes from regular trading.
    """

    symbol: str
    time: int
    regular: bool
    last: float
    open: float
    high: float
    low: float
    volume: float


class _Frame(msgspec.Struct, frozen=True):
    message: str = ""


class PricingDecoder:
    """Reads frames. Making one imports the protobuf library."""

    def __init__(self) -> None:
        from google.protobuf.message import DecodeError

        self._kind = _message_class()
        self._broken: type[Exception] = DecodeError
        self._frames = msgspec.json.Decoder(_Frame)

    def decode(self, frame: str | bytes) -> Push | None:
        """What a frame tells; None for one without a price, such as a greeting.

        Raises:
            BadPayload: It is too large, no JSON, or its message cannot be read.
        """
        if len(frame) > FRAME_LIMIT:
            raise _bad("a frame that is too large")
        try:
            text = self._frames.decode(frame).message
            if not text:
                return None
            message: Any = self._kind()
            message.ParseFromString(base64.b64decode(text, validate=True))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise _bad("a frame that is no JSON") from error
        except (binascii.Error, ValueError) as error:
            raise _bad("a message that is no base64") from error
        except self._broken as error:
            raise _bad("a message that cannot be read") from error
        return _push(message)


def _push(message: Any) -> Push | None:
    last, time = _exact(message.price), int(message.time) // 1000
    if not message.id or last != last or time <= 0:
        return None
    return Push(
        symbol=message.id,
        time=time,
        regular=message.market_hours == _REGULAR,
        last=last,
        open=_exact(message.open_price),
        high=_exact(message.day_high),
        low=_exact(message.day_low),
        volume=quantity(message.day_volume) if message.day_volume else float("nan"),
    )


def _exact(single: float) -> float:
    """A price as it was before it was cut to single precision: 856.3, not 856.29998779."""
    import numpy as np

    return price(str(np.float32(single)))


def _message_class() -> "type[Message]":
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    kinds = descriptor_pb2.FieldDescriptorProto
    types = {
        "string": kinds.TYPE_STRING,
        "float": kinds.TYPE_FLOAT,
        "double": kinds.TYPE_DOUBLE,
        "int32": kinds.TYPE_INT32,
        "sint64": kinds.TYPE_SINT64,
    }
    file = descriptor_pb2.FileDescriptorProto(
        name="pricing.proto", package="zaraba.yahoo", syntax="proto3"
    )
    message = file.message_type.add(name="PricingData")
    for number, (name, kind) in enumerate(_FIELDS, start=1):
        message.field.add(name=name, number=number, type=types[kind], label=kinds.LABEL_OPTIONAL)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("zaraba.yahoo.PricingData"))


def _bad(what: str) -> BadPayload:
    return BadPayload(
        f"the stream sent {what}", subject="yahoo", remedy="It is passed over; quotes are polled."
    )
