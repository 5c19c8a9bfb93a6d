"""A real server on the loopback address that plays a service, and every way in which one fails.

HTTP/1.1, with or without TLS, and WebSocket on the same port.
"""

from tui.providers.conformance.loopback.answer import Answer, Fault, Request
from tui.providers.conformance.loopback.line import Line, LineClosed, Message
from tui.providers.conformance.loopback.server import LineScript, LoopbackServer, Responder
from tui.providers.conformance.loopback.trust import Certificate, Trust

__all__ = [
    "Answer",
    "Certificate",
    "Fault",
    "Line",
    "LineClosed",
    "LineScript",
    "LoopbackServer",
    "Message",
    "Request",
    "Responder",
    "Trust",
]
