"""How a draft hangs together: what ties its key results to the objective, and that to its purpose.

Nothing is judged here. A tie shows what the criteria of purpose look for, and is missing where one
of them has found that it is.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from coach.assessment import Finding
from coach.reading.concepts import concepts, concepts_of
from coach.reading.draft import KeyResultLine, ObjectiveLine, ReadDraft
from coach.reading.text import Word, fold, words
from coach.rubrics.purpose import ideas_of

By = Literal["ideas", "why", "people", "place"]
_ABOVE = ("parent", "priority", "purpose")
# The criteria that find an objective without a tie to what it serves.
_LACKS = ("purpose-unrelated", "no-why", "thin-why", "internal-only", "purpose-in-words-only")
_NOTHING_ABOVE = (
    "Which larger purpose, priority or objective would miss this, if it did not happen?"
)


class Node(NamedTuple):
    """A line of the draft or what it serves, by its name; without text where none is given."""

    name: str
    text: str


class Tie(NamedTuple):
    """What ties one node to a higher one.

    `by` "ideas": `words` of the lower and `meets` of the higher say one idea. "why": the draft
    gives a reason, which is in `words`. "people": it names who gains, in `words`. "place": it
    stands there, and no words show how. None where a criterion finds nothing that ties them:
    `question` is its question, and `criterion` its id; or where nothing higher is given.
    """

    lower: str
    higher: str
    by: By | None
    words: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    question: str = ""
    criterion: str = ""


class Connections(NamedTuple):
    """The nodes from the key results up, and the ties between them."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]

    @property
    def missing(self) -> tuple[Tie, ...]:
        return tuple(tie for tie in self.ties if tie.by is None)

    @property
    def told(self) -> tuple[tuple[tuple[str, ...], Tie], ...]:
        """The ties in order, each with its lower nodes: those that one question asks are one."""
        groups: dict[tuple[object, ...], list[Tie]] = {}
        for tie in self.ties:
            groups.setdefault((tie.higher, tie.question or tie.lower), []).append(tie)
        return tuple((tuple(tie.lower for tie in ties), ties[0]) for ties in groups.values())


def connect(read: ReadDraft, findings: Sequence[Finding]) -> Connections:
    """Return how a draft hangs together, given what was found in it."""
    said = {name: getattr(read.context, name) or "" for name in _ABOVE}
    above = tuple(Node(name, text) for name, text in said.items() if text)
    lines = tuple(Node(line.name, line.text) for line in read.key_results)
    objective = read.objective
    if objective is None:
        return Connections((*lines, *above), ())
    found: dict[str, Finding] = {}
    for finding in findings:
        found.setdefault(f"{finding.criterion} {finding.line}", finding)
        found.setdefault(finding.criterion, finding)
    ties = [_below(kr, objective, found) for kr in read.key_results]
    if unnamed := found.get("no-parent"):
        above = (Node("priority", ""), *above)
        ties.append(_missing("objective", "priority", unnamed))
    ties += _served(objective, read, [node for node in above if node.text], found)
    if not above:
        above = (Node("purpose", ""),)
        ties.append(Tie("objective", "purpose", None, question=_NOTHING_ABOVE))
    return Connections((*lines, Node("objective", objective.text), *above), tuple(ties))


def _below(kr: KeyResultLine, objective: ObjectiveLine, found: dict[str, Finding]) -> Tie:
    lacks = found.get(f"purpose-unrelated {kr.name}") or found.get("objective-untouched")
    if lacks:
        return _missing(kr.name, "objective", lacks)
    shared = ideas_of(kr) & objective.concepts
    return _by_ideas(kr, "objective", objective.text, shared) or Tie(kr.name, "objective", "place")


def _served(
    objective: ObjectiveLine, read: ReadDraft, above: Sequence[Node], found: dict[str, Finding]
) -> Iterator[Tie]:
    lacks = [
        finding for id in _LACKS if (finding := found.get(id)) and not finding.line.startswith("kr")
    ]
    grave = next((finding for finding in lacks if finding.severity != "hint"), None)
    for node in above:
        shared = ideas_of(objective) & concepts(node.text)
        tie = _by_ideas(objective, node.name, node.text, shared)
        if tie is None and grave is not None:
            tie = _missing("objective", node.name, grave)
        if tie is None and read.why is not None:
            tie = Tie("objective", node.name, "why", (read.why.text,))
        if tie is None and lacks:
            tie = _missing("objective", node.name, lacks[0])
        yield tie or _by_people(objective, node)


def _by_people(objective: ObjectiveLine, node: Node) -> Tie:
    whom = objective.grammar.beneficiary
    if whom is None:
        return Tie("objective", node.name, "place")
    return Tie("objective", node.name, "people", (objective.text[whom.start : whom.end],))


def _missing(lower: str, higher: str, finding: Finding) -> Tie:
    return Tie(lower, higher, None, question=finding.question, criterion=finding.criterion)


def _by_ideas(
    line: ObjectiveLine | KeyResultLine, higher: str, text: str, shared: frozenset[str]
) -> Tie | None:
    if not shared:
        return None
    here = _saying(line.words, line.text, shared)
    there = _saying(words(fold(text)), text, shared)
    return Tie(line.name, higher, "ideas", here, there)


def _saying(said: Sequence[Word], text: str, shared: frozenset[str]) -> tuple[str, ...]:
    """Return the words of a text that say a shared idea, each once."""
    telling = (word for word in said if not shared.isdisjoint(concepts_of((word,))))
    return tuple(dict.fromkeys(text[word.start : word.end] for word in telling))
