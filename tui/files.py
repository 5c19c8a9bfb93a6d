"""Files read within bounds, and replaced so that no crash leaves half of one."""

import contextlib
import errno
import os
import stat
from pathlib import Path
from typing import Any

from tui.errors import ConfigError


def read_bounded(path: Path, limit: int) -> bytes:
    """All of a regular file.

    A device or a pipe is refused unread, since reading it could wait for ever.

    Args:
        path: The file; a link is followed.
        limit: The most bytes that are taken.

    Raises:
        OSError: It is missing, a folder, not a regular file (``EINVAL``), larger than the limit
            (``EFBIG``), or may not be read; `why` words it.
    """
    name = str(path)
    if "\0" in name:
        raise OSError(errno.EINVAL, "a path cannot hold a NUL character", name.replace("\0", "�"))
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder, not a file", name)
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is not a regular file", name)
    with path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, f"it is larger than {limit >> 20} MiB", name)
    return content


def why(error: OSError) -> str:
    """What went wrong, in a few words without the path."""
    return error.strerror or str(error) or type(error).__name__


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file so that a crash at any instant leaves the old one or the new one.

    The new file keeps the permissions of the old one, and its owner where the system lets it; a
    file that is new gets what the user's umask allows. A link is followed, not replaced. Missing
    folders are made.

    Raises:
        OSError: The folder or the file cannot be written; the old file is untouched.
    """
    try:
        target = path.resolve()
    except RuntimeError as error:  # what Python before 3.13 says of links in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error
    target.parent.mkdir(parents=True, exist_ok=True)
    held = _held(target)
    temporary = target.with_name(f".zaraba-{os.urandom(8).hex()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if held is not None:
            _keep_owner(temporary, held)
            temporary.chmod(stat.S_IMODE(held.st_mode))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _held(target: Path) -> os.stat_result | None:
    """The file as it stands, if it is there and may be replaced."""
    try:
        held = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(held.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder, not a file", str(target))
    if not os.access(target, os.W_OK):
        # Replacing needs leave of the folder only; who made the file read-only meant it.
        raise PermissionError(errno.EACCES, "it is read-only", str(target))
    return held


def _keep_owner(temporary: Path, held: os.stat_result) -> None:
    made = temporary.stat()
    if (made.st_uid, made.st_gid) != (held.st_uid, held.st_gid):
        with contextlib.suppress(OSError):
            os.chown(temporary, held.st_uid, held.st_gid)


def _sync_folder(folder: Path) -> None:
    """Make the new name outlive a loss of power, where the system has a way to ask for that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def parse_toml(path: Path, limit: int) -> dict[str, Any]:
    """A TOML file as plain data.

    Args:
        path: The file.
        limit: Bytes from which it is refused unread.

    Raises:
        ConfigError: It cannot be read, is too large, is not UTF-8, or is not TOML.
    """
    import tomllib

    try:
        return tomllib.loads(read_bounded(path, limit).decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigError(
            "there is no such file", subject=str(path), remedy="Check the path."
        ) from error
    except OSError as error:
        raise ConfigError(
            f"the file cannot be read: {why(error)}",
            subject=str(path),
            remedy="Check the path and its permissions.",
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"byte {error.start} is not UTF-8", subject=str(path), remedy="Save it as UTF-8."
        ) from error
    except ValueError as error:  # a whole number beyond Python's bound is no TOMLDecodeError
        raise ConfigError(
            f"not valid TOML: {error}", subject=str(path), remedy="Mend that line and try again."
        ) from error
    except RecursionError as error:
        raise ConfigError(
            "tables or arrays are nested too deeply",
            subject=str(path),
            remedy="Check that it is the right file.",
        ) from error


def keep_aside(path: Path, limit: int = 64 << 20) -> Path:
    """Give a file a second name, under which it stays when the first is replaced.

    Returns:
        That name: ``catalysts.broken-1.toml`` beside ``catalysts.toml``, or the next number free.

    Raises:
        OSError: The file is gone, too large, or cannot be written a second time.
    """
    held = path.resolve(strict=True)
    number = 1
    while True:
        aside = path.with_name(f"{path.stem}.broken-{number}{path.suffix}")
        if not aside.exists() and not aside.is_symlink():
            break
        number += 1
    try:
        aside.hardlink_to(held)
    except OSError:
        write_atomically(aside, read_bounded(held, limit))
    return aside
