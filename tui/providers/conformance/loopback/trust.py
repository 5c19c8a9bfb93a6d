"""TLS for the server: an authority of its own, made at run time and trusted by nobody else."""

import ssl
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import NotSupported

if TYPE_CHECKING:
    import trustme


class Certificate(Enum):
    """What the server shows to a client that asks who it is."""

    GOOD = "good"
    """For 127.0.0.1 and localhost, valid now."""
    EXPIRED = "expired"
    """The same, but of last year."""
    OF_ANOTHER = "of another"
    """Valid, but for another host."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What a client needs to believe the server.

    Attributes:
        context: For httpx (``verify=``) and websockets (``ssl=``).
        ca_file: Path of a file with the authority's certificate in PEM form, for a setting or an
            environment variable; it is there for as long as the server runs.
    """

    context: ssl.SSLContext
    ca_file: str


class Keys:
    """The server's certificate and key, and the client's trust in them; `close` removes the file.

    All servers of one process have the same authority, so that a client which trusts one of them
    trusts them all.

    Raises:
        NotSupported: trustme is not installed.
    """

    def __init__(self, certificate: Certificate = Certificate.GOOD) -> None:
        authority = _authority()
        names = (
            ("elsewhere.example",)
            if certificate is Certificate.OF_ANOTHER
            else ("127.0.0.1", "localhost")
        )
        if certificate is Certificate.EXPIRED:
            issued = datetime.now(UTC) - timedelta(days=400)
            shown = authority.issue_cert(
                *names, not_before=issued, not_after=issued + timedelta(days=30)
            )
        else:
            shown = authority.issue_cert(*names)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        shown.configure_cert(self.context)
        self._folder = tempfile.TemporaryDirectory(prefix="loopback-")
        file = Path(self._folder.name) / "authority.pem"
        authority.cert_pem.write_to_path(file)
        client = ssl.create_default_context(cafile=str(file))
        self.trust = Trust(client, str(file))

    def close(self) -> None:
        """Remove the file."""
        self._folder.cleanup()


@cache
def _authority() -> "trustme.CA":
    try:
        import trustme
    except ImportError as error:
        raise NotSupported(
            "serving TLS on the loopback address needs trustme, which is not installed",
            subject="LoopbackServer(tls=True)",
            remedy="Install zaraba[conformance].",
        ) from error
    return trustme.CA()
