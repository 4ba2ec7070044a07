"""The instance's secret: what nobody who writes a draft can know, kept beside the database."""

import os
import secrets
from pathlib import Path

from coach.errors import BadConfiguration

BYTES = 32


def read_secret(folder: Path) -> bytes:
    """Return the secret that is kept in a folder; make both where they are missing.

    Raises BadConfiguration where that can't be.
    """
    path = folder / "secret"
    try:
        if not path.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make(path)
        secret = path.read_bytes()
    except OSError as error:
        raise BadConfiguration(f"{path} can't be made or read: {error.strerror}") from error
    if len(secret) < BYTES:
        raise BadConfiguration(f"{path} is cut short; delete it, and a new one is made")
    return secret


def _make(path: Path) -> None:
    """Give a secret its name once it is whole, unless another process was first."""
    draft = path.with_name(f"secret-{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(secrets.token_bytes(BYTES))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
