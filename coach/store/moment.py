"""Moments as they are kept: ISO 8601 in UTC, to the millisecond, of one width."""

from datetime import UTC, datetime


def now() -> str:
    """Return this moment."""
    return written(datetime.now(UTC))


def written(moment: datetime) -> str:
    """Return a moment of UTC as it is kept."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
