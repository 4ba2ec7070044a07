"""What can go wrong. Knows no HTTP and no terminal; each door says it in its own way.

CoachError
├── BadInput             what came in can't be read: the problems, each with its place
│   ├── Malformed        it is not even JSON
│   └── TooLarge         it is over a limit that its problem names
├── NotFound             nothing is kept under that id
├── Conflict             what is kept is in no state for that
├── BadConfiguration     a setting or a file of the operator's is off: where, and the way out
│   └── BadFile          in a file, told with line and column
├── Overtaken            what was to be changed was changed meanwhile
└── StoreUnavailable     the database does not answer; nothing was half-written
"""

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """One thing to mend in what came in.

    `pointer` is a JSON pointer ("" is the whole), or `line N` of a text.
    """

    pointer: str
    detail: str

    def __str__(self) -> str:
        return f"{self.pointer}: {self.detail}" if self.pointer else self.detail


class CoachError(Exception):
    """Any error that the coach raises on purpose; its text is meant for people."""


class BadInput(CoachError):
    """What came in can't be read as a draft."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))


class Malformed(BadInput):
    """What came in is not even JSON."""


class TooLarge(BadInput):
    """What came in is over a limit."""


class NotFound(CoachError):
    """Nothing is kept under that id."""


class Conflict(CoachError):
    """What is kept is in a state in which that can't be done."""


class BadConfiguration(CoachError):
    """A setting, or a file that the operator wrote, is off."""


class BadFile(BadConfiguration):
    """A file that the operator wrote is off: each problem at its `line N, column M`."""

    def __init__(self, said: str, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(said)


class Overtaken(CoachError):
    """What was to be changed was changed meanwhile; nothing was overwritten."""


class StoreUnavailable(CoachError):
    """The database does not answer. What was typed is still with the caller."""
