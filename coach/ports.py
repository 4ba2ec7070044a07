"""What the doors need of the world; `coach.wiring` chooses who answers."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import NamedTuple

from coach.assessment import Assessment
from coach.batch import Batch, BatchRow, Claim, Done, Move, ReadRow
from coach.dismissal import Dismissal
from coach.errors import Problem
from coach.spending import Usage


class NewBatch(NamedTuple):
    """A batch to be kept. `request` is what tells a request sent twice, `digest` what it sent."""

    name: str
    rows: Sequence[ReadRow]
    headings: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    model: bool = True
    request: str | None = None
    digest: str = ""


class Batches(ABC):
    """Where batches are kept, and where workers take rows from.

    The rows are the truth: a row that was taken is held by its worker for so many seconds, and
    what a worker brings counts only while it holds the row. Every method raises StoreUnavailable,
    and those that take an id NotFound.
    """

    @abstractmethod
    async def create(self, new: NewBatch) -> Batch:
        """Keep a batch, ready to start; return the first one where the request was sent before.

        Raises Conflict where it was sent before with something else in it.
        """

    @abstractmethod
    async def reread(self, key: str, new: NewBatch) -> Batch:
        """Put other rows in place of those of a batch that is ready; else raise Conflict."""

    @abstractmethod
    async def move(self, key: str, move: Move, *, model: bool | None = None) -> Batch:
        """Start, pause, resume, cancel it, or try again what failed or was cancelled.

        `model` says anew whether a language model may be asked. A move to where it is already
        changes nothing; Conflict where it can't be made.
        """

    @abstractmethod
    async def batch(self, key: str) -> Batch:
        """Return a batch as it stands."""

    @abstractmethod
    async def latest(self, most: int = 100) -> tuple[Batch, ...]:
        """Return the latest batches, the newest first."""

    @abstractmethod
    async def rows(
        self, key: str, *, after: int = 0, most: int = 100, state: str | None = None
    ) -> tuple[BatchRow, ...]:
        """Return rows in their order, those behind the number `after`, of one state if told."""

    @abstractmethod
    async def row(self, key: str, number: int) -> BatchRow:
        """Return one row."""

    @abstractmethod
    async def documents(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the assessments of those ids, as JSON."""

    @abstractmethod
    async def annotate(self, key: str, number: int, note: str) -> None:
        """Keep a note on a row in place of the one before."""

    @abstractmethod
    async def waiting(self) -> bool:
        """Tell whether any row waits to be taken."""

    @abstractmethod
    async def claim(self, worker: str, most: int, lease: float) -> tuple[Claim, ...]:
        """Take rows that wait, of one batch, and hold them; none where none waits.

        Batches take turns. A row that came to nothing before is taken by itself.
        """

    @abstractmethod
    async def renew(self, worker: str, lease: float) -> None:
        """Hold for longer all that a worker holds."""

    @abstractmethod
    async def finish(self, worker: str, results: Sequence[Done]) -> int:
        """Keep what came of claims that the worker still holds; return how many that were."""

    @abstractmethod
    async def fail(self, worker: str, claim: Claim, problem: Problem) -> None:
        """Count an attempt that came to nothing; after `ATTEMPTS` of them the row has failed."""

    @abstractmethod
    async def release(self, worker: str, claims: Sequence[Claim]) -> None:
        """Give back what was not worked on."""

    @abstractmethod
    async def leave(self, worker: str) -> None:
        """Give back all that a worker holds, since it ends."""

    @abstractmethod
    async def sweep(self) -> int:
        """Take back what nobody holds any more; return how many rows that were.

        A row that was lost `LOSSES` times has failed.
        """


class Store(ABC):
    """Where assessments are kept. Opened once a process, before its first use.

    Every method raises StoreUnavailable where the database does not answer; nothing is then
    half-written.
    """

    @property
    @abstractmethod
    def batches(self) -> Batches:
        """Where batches are kept: in the same place."""

    @property
    @abstractmethod
    def place(self) -> str:
        """Where it is kept, in words for whoever writes a draft."""

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
