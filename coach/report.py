"""An assessment as a terminal shows it: marked words, notes, meters, other wordings."""

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from click import style

from coach.assessment import RUBRICS, Assessment, Band, Rewrite, Severity
from coach.okr import Draft
from coach.rubrics import CRITERIA
from coach.rubrics.criterion import Criterion, Example
from coach.scoring import Credit
from coach.service import Coach
from coach.view import Note, ReadingWords, Sum, label, reading_words, result

WIDTH = 96
_METER = 20
_MARGIN = "  "
_NAME = 14
_COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "hint": "cyan"}
_BANDS: dict[Band, str] = {"weak": "red", "fair": "yellow", "strong": "green"}


def report(
    assessment: Assessment, coach: Coach, place: str = "", *, width: int = WIDTH, full: bool = False
) -> str:
    """Return what the coach says of one draft, coloured for a terminal of that many columns.

    Three notes stand in full, the others by name; with `full` all of them do, and the sum behind
    each score.
    """
    shown = result(assessment, coach)
    notes = shown.notes if full else shown.first
    parts = [
        _head(assessment, place),
        "\n".join(_marked(assessment, width)),
        "\n".join(_meters(assessment, shown.sums if full else (), width)),
        *(_note(note, width) for note in notes),
        _named(shown.notes[len(notes) :], width),
        *(_offer(rewrite, assessment, width) for rewrite in assessment.rewrites),
        _close(assessment, sound=shown.sound, width=width),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(assessment: Assessment, place: str) -> str:
    overall = assessment.overall
    if overall.value is None:
        said = "not judged"
    else:
        said = style(f"{overall.value} {overall.band}", fg=_band_colour(overall.band), bold=True)
    return f"{style(_plain(place) or 'Draft', bold=True)}  {said}"


# --- the draft, with its words marked -------------------------------------------------------


def _marked(assessment: Assessment, width: int) -> Iterator[str]:
    readings = {reading.line: reading_words(reading) for reading in assessment.readings}
    for name, text in _named_lines(assessment.draft):
        marks = [
            _Mark(f.span.start, f.span.end, f.criterion, _COLOURS[f.severity])
            for f in assessment.findings
            if f.line == name and f.span is not None
        ]
        yield from _under(label(name), text, marks, width)
        if reading := readings.get(name):
            told = textwrap.wrap(_plain(_read_as(reading)), width - _NAME - len(_MARGIN))
            yield from (style(f"{_MARGIN}{'':{_NAME}}{line}", dim=True) for line in told)


def _named_lines(draft: Draft) -> Iterator[tuple[str, str]]:
    return ((name, text) for name, text in draft.lines.items() if name == "why" or text.strip())


class _Mark(NamedTuple):
    """Words of a line to be marked, the name to stand beside the mark, and its colour."""

    start: int
    end: int
    name: str
    colour: str


def _under(name: str, text: str, marks: Sequence[_Mark], width: int) -> Iterator[str]:
    """Yield a line of the draft, wrapped, with a row of signs under it for each mark."""
    indent = _MARGIN + " " * _NAME
    opening = f"{_MARGIN}{style(f'{name:{_NAME}}', dim=True)}"
    room = max(20, width - len(indent))
    shown = _plain(text)
    for start, end in _wrapped(shown, room):
        yield f"{opening}{shown[start:end].rstrip()}"
        opening = indent
        for mark in marks:
            here = shown[max(start, mark.start) : min(end, mark.end)].rstrip()
            if not here:
                continue
            before = _columns(shown[start : max(start, mark.start)])
            named = mark.name if mark.end <= end else ""
            for row in _beside("^" * max(1, _columns(here)), named, before, room):
                yield indent + style(row, fg=mark.colour)


def _beside(marks: str, name: str, before: int, width: int) -> Iterator[str]:
    """Yield marks with a name after them, before them, or under them: where there is room."""
    if not name or before + len(marks) + 1 + len(name) <= width:
        yield f"{' ' * before}{marks} {name}".rstrip()
    elif before > len(name):
        yield f"{' ' * (before - len(name) - 1)}{name} {marks}"
    else:
        yield f"{' ' * before}{marks}"
        yield f"{' ' * min(before, width - len(name))}{name}"


def _wrapped(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield where each row of a text begins and ends in it."""
    start = 0
    while _columns(text[start:]) > width:
        end = start
        while _columns(text[start : end + 1]) <= width:
            end += 1
        space = text.rfind(" ", start, end + 1)
        end = space + 1 if space > start else end
        yield start, end
        start = end
    yield start, len(text)


def _read_as(reading: ReadingWords) -> str:
    facts = ", ".join(
        f"{name} {fact or 'not given'}".strip() for name, fact in reading.facts if name or fact
    )
    return " · ".join(part for part in (f"{reading.said} {facts}".strip(), *reading.notes) if part)


# --- scores, notes, other wordings ----------------------------------------------------------


def _meters(assessment: Assessment, sums: Sequence[Sum], width: int) -> Iterator[str]:
    by_rubric = {one.rubric: one for one in sums}
    for rubric in RUBRICS:
        score = assessment.scores.of(rubric)
        if score.value is None:
            yield f"{_MARGIN}{rubric:{_NAME}}{style('not judged', dim=True)}"
            continue
        full = round(score.value * _METER / 100)
        bar = style("█" * full, fg=_band_colour(score.band)) + style(
            "░" * (_METER - full), dim=True
        )
        share = "" if score.judged == 1 else f"  {score.judged:.0%} of it judged"
        yield f"{_MARGIN}{rubric:{_NAME}}{bar} {score.value:3} {score.band}{style(share, dim=True)}"
        told = _filled(_sum(by_rubric.get(rubric)), width, indent=_MARGIN + " " * _NAME)
        yield from (style(line, dim=True) for line in told)


def _sum(one: Sum | None) -> str:
    """Return the sum behind a score: "100 − 12 no-baseline × 2 − 6 overlong = 70"."""
    if one is None or not (one.losses or one.lowered):
        return ""
    told = f"100{_taken(one.losses)}"
    if one.losses:
        told += f" = {one.left:g}"
    if one.cap is not None:
        told += f", at most {one.cap} with an error in it"
    if one.lowered:
        told += f"{';' if one.cap is not None else ''}{_taken(one.lowered)} by model = {one.value}"
    return told


def _taken(lines: tuple[Credit, ...]) -> str:
    return "".join(
        f" − {line.weight:g} {line.criterion.id}" + (f" × {line.found}" if line.found != 1 else "")
        for line in lines
    )


def _note(note: Note, width: int) -> str:
    kind = style(note.severity, fg=_COLOURS[note.severity], bold=True)
    places = ", ".join(
        place.label + (f" “{_plain(place.quote)}”" if place.quote else "") for place in note.places
    )
    by = " · by model" if note.by == "model" else ""
    head = textwrap.wrap(f"{note.severity}  {note.criterion}{by} · {places}", width - 4)
    named = style(note.criterion, bold=True)
    first = head[0].removeprefix(f"{note.severity}  {note.criterion}")
    lines = [f"{_MARGIN}{kind}  {named}{first}"]
    lines += [f"{_MARGIN}  {more}" for more in head[1:]]
    lines += _filled(f"{note.message} {note.why}", width)
    asked = " (by model)" if note.question_by == "model" else ""
    lines += _filled(f"→ {note.question}{asked}", width, hanging="  ")
    lines += [style(line, dim=True) for line in _filled(note.source, width)]
    return "\n".join(lines)


def _named(notes: Sequence[Note], width: int) -> str:
    """Return the notes that don't stand in full, by name."""
    if not notes:
        return ""
    names = ", ".join(f"{note.criterion} ({note.severity})" for note in notes)
    told = f"{len(notes)} more: {names}. In full: coach score --full"
    return "\n".join(_filled(told, width, indent=_MARGIN))


def _offer(rewrite: Rewrite, today: Assessment, width: int) -> str:
    now, then = today.overall.value, rewrite.overall.value
    scores = f"{now} → {then}" if now is not None and then is not None else "not judged"
    blanks = f", {len(rewrite.blanks)} to fill in" if rewrite.blanks else ""
    by = ", by model" if rewrite.by == "model" else ""
    lines = [
        f"{_MARGIN}{style(f'Another wording: {rewrite.angle}', bold=True)}  ({scores}{blanks}{by})",
        *_filled(rewrite.objective, width),
    ]
    for sentence in rewrite.key_results:
        lines += _filled(f"- {sentence}", width, hanging="  ")
    lines += [style(line, dim=True) for line in _filled(f"mends {', '.join(rewrite.mends)}", width)]
    return "\n".join(lines)


def _close(assessment: Assessment, *, sound: bool, width: int) -> str:
    told = [*assessment.notes]
    if not assessment.rewrites and sound:
        told.append("Keep it as it is: nothing here calls for other words.")
    elif assessment.rewrites:
        told.append("Or keep yours: the words are the author's choice.")
    return "\n".join(line for said in told for line in _filled(said, width, indent=_MARGIN))


def _filled(text: str, width: int, indent: str = "    ", hanging: str = "") -> list[str]:
    return textwrap.wrap(
        _plain(text),
        width,
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_on_hyphens=False,
    )


# --- the criteria ---------------------------------------------------------------------------


def explain(criterion: Criterion, *, width: int = WIDTH) -> str:
    """Return a criterion's page: what it asks, why, from where, and examples marked."""
    kind = style(criterion.severity, fg=_COLOURS[criterion.severity], bold=True)
    hint = criterion.severity == "hint"
    cost = "costs nothing" if hint else f"takes {criterion.weight:g} points"
    by = " · by model" if criterion.by == "model" else ""
    put = f"Model {criterion.asked}"
    lines = [
        f"{style(criterion.id, bold=True)}  {criterion.rubric} · {kind} · {cost}{by}",
        "",
        *_filled(f"{_unquoted(criterion.message)} {criterion.why}", width, indent=""),
        "",
        *_filled(f"Ask   {_unquoted(criterion.question)}", width, indent="", hanging=" " * 6),
        *_filled(f"Try   {criterion.hint}", width, indent="", hanging=" " * 6),
        *_filled(f"From  {criterion.source}", width, indent="", hanging=" " * 6),
        *(_filled(put, width, indent="", hanging=" " * 6) if criterion.asked else ()),
        "",
        style("Flags", bold=True),
        *(line for example in criterion.flags for line in _example(example, width)),
        style("Passes", bold=True),
        *(line for example in criterion.passes for line in _example(example, width)),
    ]
    return "\n".join(lines).rstrip()


def catalogue(*, width: int = WIDTH) -> str:
    """Return every criterion with its severity and message, by rubric."""
    lines = []
    room = max(map(len, CRITERIA)) + 1
    indent = len(_MARGIN) + room + 9
    for rubric in RUBRICS:
        lines += ["", style(rubric.capitalize(), bold=True)]
        for one in CRITERIA.values():
            if one.rubric == rubric:
                kind = style(f"{one.severity:8}", fg=_COLOURS[one.severity])
                by = " (by model)" if one.by == "model" else ""
                said = f"{_unquoted(one.message)}{by}"
                first, *more = textwrap.wrap(said, max(24, width - indent))
                lines.append(f"{_MARGIN}{one.id:{room}}{kind} {first}")
                lines += [f"{'':{indent}}{line}" for line in more]
    return "\n".join(lines[1:])


def _example(example: Example, width: int) -> Iterator[str]:
    for name, text in _named_lines(example.draft):
        marks = []
        if name == example.line and example.span is not None:
            marks = [_Mark(example.span.start, example.span.end, "", "yellow")]
        yield from _under(label(name), text, marks, width)
    for name in ("purpose", "parent", "priority", "cycle", "type"):
        if value := getattr(example.draft.context, name):
            yield from _under(name, value, (), width)
    yield ""


def _unquoted(text: str) -> str:
    return text.replace("{quote}", "…")


# --- what a terminal makes of text ----------------------------------------------------------


def _band_colour(band: Band | None) -> str | None:
    return _BANDS[band] if band else None


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def _plain(text: str) -> str:
    """Return a text on one line, sign for sign, with nothing in it that drives a terminal."""
    return _CONTROL.sub("\ufffd", re.sub(r"[\t-\r\x85\u2028\u2029]", " ", text))


def _columns(text: str) -> int:
    """Return the columns that a terminal gives a text: wide signs two, joined ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(char) in ("Mn", "Me", "Cf")
        else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )
