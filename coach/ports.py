"""What the doors need of the world, as protocols; `coach.wiring` chooses who answers."""

from typing import Protocol, runtime_checkable

from coach.assessment import Assessment


@runtime_checkable
class Store(Protocol):
    """Where assessments are kept. Opened once a process, before its first use.

    Every method raises StoreUnavailable where the database does not answer; nothing is then
    half-written.
    """

    async def open(self) -> None:
        """Make what is missing, or lead what is older to today's form."""

    async def close(self) -> None:
        """Keep what is still waiting, then let go."""

    async def check(self) -> None:
        """Return if assessments can be read and written now."""

    async def save(self, assessment: Assessment) -> Assessment:
        """Return the assessment with the id and the time it is kept under, once that is durable."""

    async def get(self, key: str) -> Assessment:
        """Return the assessment of that id; raises NotFound."""

    async def document(self, key: str) -> bytes:
        """Return the assessment of that id as JSON, byte for byte as first given out."""
