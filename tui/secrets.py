"""Keys of paid and private services: from the environment, else from the system's keyring.

A key has a name, usually that of the source that needs it. It is looked for in the environment
variable ``ZARABA_KEY_NAME`` (in capitals, ``-`` and ``.`` as ``_``), then in the keyring under the
service ``zaraba``. It is never read from a file of the program's own, never from the command line,
and never written anywhere but to the keyring: once it is read, `tui.redaction` keeps it out of
errors, logs and tracebacks.
"""

import os
import re

from tui.errors import UsageError
from tui.redaction import remember

SERVICE = "zaraba"
MOST_CHARACTERS = 4_096
"""No service's key is as long as this."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")


def variable(name: str) -> str:
    """The environment variable that a key of this name is read from."""
    return "ZARABA_KEY_" + re.sub(r"[^A-Z0-9]", "_", name.upper())


def read_key(name: str) -> str | None:
    """A key by name; None where there is none, or the keyring cannot be opened.

    It may take long, since the keyring may ask the user; never call it in the interface thread.
    """
    key = os.environ.get(variable(name), "").strip() or _from_keyring(name)
    if not key:
        return None
    remember(key)
    return key


def place_of(name: str) -> str:
    """Where a key is found: ``environment``, ``keyring``, or nothing."""
    if os.environ.get(variable(name), "").strip():
        return "environment"
    return "keyring" if _from_keyring(name) else ""


def keep_key(name: str, key: str) -> None:
    """Put a key into the keyring, in place of an earlier one.

    Raises:
        UsageError: The name or the key cannot be one, or the keyring does not take it.
    """
    import keyring
    import keyring.errors

    _check_name(name)
    if not key or len(key) > MOST_CHARACTERS or not key.isprintable():
        raise UsageError(
            "that is no key: it is empty, too long, or holds control characters",
            subject=f"key of {name}",
            remedy="Copy it once more from the service's page.",
        )
    try:
        keyring.set_password(SERVICE, name, key)
    except keyring.errors.KeyringError as error:
        raise _no_keyring(name) from error


def drop_key(name: str) -> bool:
    """Take a key out of the keyring.

    Returns:
        Whether there was one.

    Raises:
        UsageError: The keyring cannot be opened, or does not give it up.
    """
    import keyring
    import keyring.errors

    _check_name(name)
    try:
        if keyring.get_password(SERVICE, name) is None:
            return False
        keyring.delete_password(SERVICE, name)
    except keyring.errors.KeyringError as error:
        raise _no_keyring(name) from error
    return True


def _from_keyring(name: str) -> str:
    import keyring

    try:
        return (keyring.get_password(SERVICE, name) or "").strip()
    except Exception:  # noqa: BLE001 - back ends raise what their system raises
        return ""


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise UsageError(
            "a key's name is in lower case, of letters, digits, “-”, “_” and “.”",
            subject=name[:40],
            remedy="`zaraba keys` lists the keys that sources ask for.",
        )


def _no_keyring(name: str) -> UsageError:
    return UsageError(
        "the system's keyring cannot be used",
        subject=f"key of {name}",
        remedy=f"Unlock or install one, or set {variable(name)} in the environment.",
    )
