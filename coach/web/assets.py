"""What browsers load beside the pages: read once, compressed once, cached for good.

Every address holds a digest of all files, so a browser may keep them and a new version is
fetched at once; scripts import each other by relative paths inside it.
"""

import gzip
import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class Asset(NamedTuple):
    """A file as it is sent, plain and compressed."""

    media_type: str
    plain: bytes
    small: bytes


@cache
def assets() -> dict[str, Asset]:
    """Return every file that pages load, by name."""
    return {
        path.name: Asset(_TYPES[path.suffix], plain, gzip.compress(plain, 9, mtime=0))
        for path in sorted(_FOLDER.iterdir())
        for plain in (path.read_bytes(),)
    }


@cache
def digest() -> str:
    """Return what stands for this version of the files in their addresses."""
    whole = hashlib.sha256()
    for name, asset in assets().items():
        whole.update(name.encode() + b"\0" + asset.plain)
    return whole.hexdigest()[:12]


def address(name: str) -> str:
    """Return where a page finds a file; an unknown name is an error here, not in a browser."""
    if name not in assets():
        raise KeyError(name)
    return f"/static/{digest()}/{name}"
