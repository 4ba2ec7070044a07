"""A card as text for a terminal, and as a page of figures."""

from collections import defaultdict
from collections.abc import Iterator

from coach.evaluation.card import Card, Example
from coach.evaluation.tables import Table, agreements, briefly, said

EXAMPLES = 3
# The best F1 published for this question, on SMARTSpan's goals, by a model trained on them.
PUBLISHED_F1 = 0.91


def as_text(card: Card) -> str:
    """Return a card for a terminal, with examples of false alarms and of what was missed."""
    lines = [_made_by(card)]
    for table in _tables(card):
        lines += ["", table.as_text()]
    for title, examples in (("False alarms", card.false_alarms), ("Missed", card.missed)):
        if examples:
            lines += ["", f"{title}:", *_examples(examples)]
    if card.misread:
        lines += ["", "Misread:"]
        lines += [f"  {m.text!r}: {m.field} is {m.found}, not {m.expected}" for m in card.misread]
    return "\n".join(lines)


def as_markdown(card: Card) -> str:
    """Return a card as a page. Figures only: the drafts may not be ours to print."""
    lines = [_made_by(card)]
    for table in _tables(card):
        lines += ["", table.as_markdown()]
    if card.false_alarms:
        lines += ["", "False alarms, by draft and line:", ""]
        lines += [f"- {criterion}: {places}" for criterion, places in _places(card.false_alarms)]
    return "\n".join(lines) + "\n"


def _made_by(card: Card) -> str:
    drafts = f", {card.drafts} labelled drafts" if card.drafts else ""
    return (
        f"Rules {card.rubrics} of coach {card.coach}, profile {card.profile}{drafts}; "
        "shares with 95 % Wilson intervals."
    )


# --- tables ---------------------------------------------------------------------------------


def _tables(card: Card) -> Iterator[Table]:
    """Yield the tables that hold anything."""
    tables = (_pairs(card), _drafts(card), _criteria(card), _readings(card), *_goals(card))
    yield from (table for table in tables if table.rows)


def _pairs(card: Card) -> Table:
    return Table(
        ("pairs where the strong side is higher", "rules", *card.baselines),
        [
            (name, said(one), *(briefly(tally[name]) for tally in card.baselines.values()))
            for name, one in card.pairs.items()
        ],
    )


def _drafts(card: Card) -> Table:
    shares = {f"pairs by their own rubric: {name}": one for name, one in card.own_rubric.items()}
    shares["sound drafts left in peace"] = card.in_peace
    rows = [(name, said(one)) for name, one in shares.items() if one.of]
    return Table(("whole drafts", "rules"), rows)


def _criteria(card: Card) -> Table:
    rows = [(one.criterion, said(one.precision), said(one.recall)) for one in card.criteria]
    if rows:
        rows.insert(0, ("all", said(card.precision), said(card.recall)))
    return Table(("criterion", "precision", "recall"), rows)


def _readings(card: Card) -> Table:
    named = {f: "whole sentences" if f == "all" else f for f in sorted(card.readings)}
    return Table(
        ("read as labelled", "readings"),
        [(name, said(card.readings[field])) for field, name in named.items()],
    )


def _goals(card: Card) -> Iterator[Table]:
    if card.measurable:
        yield agreements(card.measurable)
        rows = [
            (name, "–" if one.f1 is None else f"{one.f1:.2f}")
            for name, one in card.measurable.items()
        ]
        rows.append(("best published, by a model trained on such goals", f"{PUBLISHED_F1}"))
        yield Table(("people's word, predicted", "F1"), rows)


# --- examples -------------------------------------------------------------------------------


def _examples(examples: tuple[Example, ...]) -> Iterator[str]:
    shown: dict[str, int] = defaultdict(int)
    for one in examples:
        shown[one.criterion] += 1
        if shown[one.criterion] <= EXAMPLES:
            yield f"  {one.criterion:24} {one.draft} {one.line} {one.words!r}"


def _places(examples: tuple[Example, ...]) -> Iterator[tuple[str, str]]:
    places: dict[str, list[str]] = defaultdict(list)
    for one in examples:
        places[one.criterion].append(f"{one.draft or 'unnamed'} {one.line}")
    yield from ((criterion, ", ".join(places[criterion])) for criterion in sorted(places))
