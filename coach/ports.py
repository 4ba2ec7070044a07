"""What the doors need of the world; `coach.wiring` chooses who answers."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence

from coach.assessment import Assessment
from coach.dismissal import Dismissal
from coach.spending import Usage


class Store(ABC):
    """Where assessments are kept. Opened once a process, before its first use.

    Every method raises StoreUnavailable where the database does not answer; nothing is then
    half-written.
    """

    @abstractmethod
    async def open(self) -> None:
        """Make what is missing, or lead what is older to today's form."""

    @abstractmethod
    async def close(self) -> None:
        """Keep what is still waiting, then let go."""

    @abstractmethod
    async def check(self) -> None:
        """Return if assessments can be read and written now."""

    @abstractmethod
    async def save(self, assessment: Assessment, came_from: str | None = None) -> Assessment:
        """Return the assessment with the id and the time it is kept under, once that is durable.

        `came_from` is the assessment that this one is a new version of, if there is one.
        """

    @abstractmethod
    async def update(self, key: str, assessment: Assessment) -> Assessment:
        """Keep a later state of the assessment of that id, and return it once that is durable.

        The id and the time stay those of `save`; the last one written wins. Raises NotFound.
        """

    @abstractmethod
    async def get(self, key: str) -> Assessment:
        """Return the assessment of that id; raises NotFound."""

    @abstractmethod
    async def document(self, key: str) -> bytes:
        """Return the assessment of that id as JSON, byte for byte as last given out."""

    @abstractmethod
    async def usage(self, days: int) -> Usage:
        """Return what asking a language model took in the last days, today included."""

    @abstractmethod
    async def versions(self, key: str) -> tuple[Assessment, ...]:
        """Return the versions of a draft, oldest first, of which the one of that id is one."""

    @abstractmethod
    async def first_tries(self) -> tuple[Assessment, ...]:
        """Return the first versions of the author's latest drafts, oldest first."""

    @abstractmethod
    async def put_aside(self, dismissals: Sequence[Dismissal]) -> None:
        """Remember what the author puts aside; a later reason replaces an earlier one."""

    @abstractmethod
    async def take_up(self, keys: Sequence[str]) -> None:
        """Forget that these were put aside."""

    @abstractmethod
    async def aside(self, keys: Collection[str]) -> frozenset[str]:
        """Return those of the keys that the author has put aside."""
