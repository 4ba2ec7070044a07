"""The profiles that come with the coach, and the reading of an organisation's own.

A profile is a TOML file that states what it changes of the declared criteria: weights,
severities, thresholds, bands, caps. Five come with the coach, after what their authors write.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import asdict, replace

from coach.assessment import RUBRICS
from coach.errors import BadConfiguration
from coach.profile import Profile
from coach.rubrics import CRITERIA
from coach.strict_toml import Complaint, nearest, read_toml

_SHIPPED = Path(__file__).parent


def profiles() -> dict[str, Profile]:
    """Return the profiles that come with the coach, by name."""
    return {path.stem: _read(path) for path in sorted(_SHIPPED.glob("*.toml"))}


def load_profile(name_or_path: str | Path, *, beside: Path | None = None) -> Profile:
    """Return a profile by its name, or from a file (a relative path starts in `beside`).

    The name of a profile of one's own gets a digest of its file, so that two assessments by the
    same profile name were made by the same profile. Raises BadConfiguration, pointing at line and
    column, for everything that is off in the file.
    """
    shipped = _SHIPPED / f"{name_or_path}.toml"
    if Path(name_or_path).name == str(name_or_path) and shipped.is_file():
        return _read(shipped)
    path = (beside or Path()) / name_or_path
    if path.suffix != ".toml" or not path.is_file():
        known = sorted(each.stem for each in _SHIPPED.glob("*.toml"))
        raise BadConfiguration(
            f"there is no profile “{name_or_path}”, neither by that name nor as a .toml file; "
            f"{nearest(str(name_or_path), known)}"
        )
    profile = _read(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    return replace(profile, name=f"{profile.name}@{digest}")


def _read(path: Path) -> Profile:
    return read_toml(path, Profile, _complaints)


def _complaints(profile: Profile) -> Iterator[Complaint]:
    if not profile.name.strip():
        yield Complaint(("name",), "a profile needs a name", 'for example: name = "ours"')
    for table, stated in (("weights", profile.weights), ("severities", profile.severities)):
        for criterion in stated:
            if criterion not in CRITERIA:
                problem = f"there is no criterion “{criterion}”"
                yield Complaint(
                    (table, criterion), problem, nearest(criterion, CRITERIA), at_value=False
                )
    for criterion, weight in profile.weights.items():
        yield from _outside(("weights", criterion), weight, 0, 100, "points")
    for rubric, share in profile.rubrics.items():
        yield from _outside(("rubrics", rubric), share, 0, 100, "weight")
    if profile.rubrics and not any(profile.rubrics.get(each, 1) for each in RUBRICS):
        yield Complaint(("rubrics",), "at least one rubric has to count", at_value=False)
    yield from _thresholds(profile)
    yield from _bounds(profile)


def _thresholds(profile: Profile) -> Iterator[Complaint]:
    for name, value in asdict(profile.thresholds).items():
        share = isinstance(value, float)
        yield from _outside(
            ("thresholds", name), value, 0, 1 if share else 10_000, "share" if share else "count"
        )
    long = profile.thresholds
    if long.objective_long_hint > long.objective_long:
        yield Complaint(
            ("thresholds", "objective_long_hint"), "the hint would come after the warning",
            f"use at most {long.objective_long}",
        )  # fmt: skip


def _bounds(profile: Profile) -> Iterator[Complaint]:
    for table, bounds in (("bands", profile.bands), ("caps", profile.caps)):
        for name, value in asdict(bounds).items():
            yield from _outside((table, name), value, 0, 100, "score")
    if profile.bands.fair > profile.bands.strong:
        yield Complaint(("bands", "fair"), "“fair” would begin above “strong”")
    if profile.caps.all > profile.caps.one:
        yield Complaint(("caps", "all"), "more errors would allow a higher score")


def _outside(
    key: tuple[str, ...], value: float, least: float, most: float, what: str
) -> Iterator[Complaint]:
    if not least <= value <= most:
        yield Complaint(key, f"{value:g} is no {what} from {least:g} to {most:g}")
