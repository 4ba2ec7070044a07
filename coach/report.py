"""An assessment as a terminal shows it: marked words, notes, meters, other wordings."""

import unicodedata
from collections.abc import Iterator

from click import style

from coach.assessment import RUBRICS, Assessment, Band, Finding, Reading, Rewrite, Severity
from coach.okr import Draft
from coach.rubrics import CRITERIA
from coach.rubrics.criterion import Criterion, Example
from coach.web.view import label, reading_words

_METER = 20
_MARGIN = "  "
_COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "hint": "cyan"}
_BANDS: dict[Band, str] = {"weak": "red", "fair": "yellow", "strong": "green"}


def report(assessment: Assessment, place: str = "") -> str:
    """Return everything that the coach says of one draft, coloured for a terminal."""
    parts = [
        _head(assessment, place),
        "\n".join(_marked(assessment)),
        "\n".join(_meters(assessment)),
        *map(_note, assessment.findings),
        *(_offer(rewrite, assessment) for rewrite in assessment.rewrites),
        _close(assessment),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def explain(criterion: Criterion) -> str:
    """Return a criterion's page: what it asks, why, from where, and examples marked."""
    kind = style(criterion.severity, fg=_COLOURS[criterion.severity], bold=True)
    lines = [
        f"{style(criterion.id, bold=True)}  {criterion.rubric} · {kind} · "
        f"takes {criterion.weight:g} points"
        if criterion.severity != "hint"
        else f"{style(criterion.id, bold=True)}  {criterion.rubric} · {kind} · costs nothing",
        "",
        _unquoted(criterion.message),
        criterion.why,
        "",
        f"Ask   {_unquoted(criterion.question)}",
        f"Try   {criterion.hint}",
        f"From  {criterion.source}",
        "",
        style("Flags", bold=True),
        *(line for example in criterion.flags for line in _example(example)),
        style("Passes", bold=True),
        *(line for example in criterion.passes for line in _example(example)),
    ]
    return "\n".join(lines)


def _head(assessment: Assessment, place: str) -> str:
    overall = assessment.overall
    if overall.value is None:
        said = "not judged"
    else:
        said = style(f"{overall.value} {overall.band}", fg=_band_colour(overall.band), bold=True)
    return f"{style(place or 'Draft', bold=True)}  {said}"


def _marked(assessment: Assessment) -> Iterator[str]:
    readings = {reading.line: reading for reading in assessment.readings}
    for name, text in _named_lines(assessment.draft):
        findings = [f for f in assessment.findings if f.line == name]
        yield from _under(label(name), text, findings)
        if reading := readings.get(name):
            yield style(f"{_MARGIN}{'':14}{_read_as(reading)}", dim=True)


def _named_lines(draft: Draft) -> Iterator[tuple[str, str]]:
    if draft.objective.strip():
        yield "objective", draft.objective
    for number, text in enumerate(draft.sentences, 1):
        if text.strip():
            yield f"kr{number}", text
    if draft.context.why:
        yield "why", draft.context.why


def _under(name: str, text: str, findings: list[Finding]) -> Iterator[str]:
    """Yield a line of the draft, then its marks: one row for each finding with words."""
    shown = " ".join(text.splitlines())
    yield f"{_MARGIN}{style(f'{name:14}', dim=True)}{shown}"
    for finding in findings:
        if finding.span is None:
            continue
        before = _width(shown[: finding.span.start])
        marks = "^" * max(1, _width(shown[finding.span.start : finding.span.end]))
        under = style(f"{marks} {finding.criterion}", fg=_COLOURS[finding.severity])
        yield f"{_MARGIN}{'':14}{' ' * before}{under}"


def _read_as(reading: Reading) -> str:
    words = reading_words(reading)
    facts = ", ".join(
        f"{name} {fact or 'not given'}".strip() for name, fact in words.facts if name or fact
    )
    return " · ".join(part for part in (f"{words.said} {facts}".strip(), *words.notes) if part)


def _meters(assessment: Assessment) -> Iterator[str]:
    for rubric in RUBRICS:
        score = assessment.scores.of(rubric)
        if score.value is None:
            yield f"{_MARGIN}{rubric:14}{style('not judged', dim=True)}"
            continue
        full = round(score.value * _METER / 100)
        bar = style("█" * full, fg=_band_colour(score.band)) + style(
            "░" * (_METER - full), dim=True
        )
        share = "" if score.judged == 1 else f"  {score.judged:.0%} of it judged"
        yield f"{_MARGIN}{rubric:14}{bar} {score.value:3} {score.band}{style(share, dim=True)}"


def _note(finding: Finding) -> str:
    kind = style(finding.severity, fg=_COLOURS[finding.severity], bold=True)
    where = label(finding.line) + (f" “{finding.quote}”" if finding.quote else "")
    return "\n".join(
        [
            f"{_MARGIN}{kind}  {style(finding.criterion, bold=True)} · {where}",
            f"{_MARGIN}  {finding.message} {finding.why}",
            f"{_MARGIN}  → {finding.question}",
            style(f"{_MARGIN}  {finding.source}", dim=True),
        ]
    )


def _offer(rewrite: Rewrite, today: Assessment) -> str:
    now, then = today.overall.value, rewrite.overall.value
    scores = f"{now} → {then}" if now is not None and then is not None else "not judged"
    blanks = f", {len(rewrite.blanks)} to fill in" if rewrite.blanks else ""
    lines = [
        f"{_MARGIN}{style(f'Another wording: {rewrite.angle}', bold=True)}  ({scores}{blanks})",
        f"{_MARGIN}  {rewrite.objective}",
        *(f"{_MARGIN}  - {sentence}" for sentence in rewrite.key_results),
        style(f"{_MARGIN}  mends {', '.join(rewrite.mends)}", dim=True),
    ]
    return "\n".join(lines)


def _close(assessment: Assessment) -> str:
    lines = [f"{_MARGIN}{note}" for note in assessment.notes]
    if not assessment.rewrites and assessment.overall.band == "strong":
        lines.append(f"{_MARGIN}Keep it as it is: nothing here calls for other words.")
    elif assessment.rewrites:
        lines.append(f"{_MARGIN}Or keep yours: the words are the author's choice.")
    return "\n".join(lines)


def _example(example: Example) -> Iterator[str]:
    context = {
        name: value
        for name in ("purpose", "parent", "priority", "cycle", "type", "why")
        if (value := getattr(example.draft.context, name)) and name != example.line
    }
    for name, text in _named_lines(example.draft):
        yield f"{_MARGIN}{style(f'{label(name):14}', dim=True)}{text}"
        if name == example.line and example.span is not None:
            before = _width(text[: example.span.start])
            width = _width(text[example.span.start : example.span.end])
            yield f"{_MARGIN}{'':14}{' ' * before}{style('^' * width, fg='yellow')}"
    for name, value in context.items():
        yield f"{_MARGIN}{style(f'{name:14}', dim=True)}{value}"
    yield ""


def catalogue() -> str:
    """Return every criterion with its severity and message, by rubric."""
    lines = []
    for rubric in RUBRICS:
        lines += ["", style(rubric.capitalize(), bold=True)]
        for one in CRITERIA.values():
            if one.rubric == rubric:
                kind = style(f"{one.severity:8}", fg=_COLOURS[one.severity])
                lines.append(f"{_MARGIN}{one.id:26}{kind} {_unquoted(one.message)}")
    return "\n".join(lines[1:])


def _unquoted(text: str) -> str:
    return text.replace("{quote}", "…")


def _band_colour(band: Band | None) -> str | None:
    return _BANDS[band] if band else None


def _width(text: str) -> int:
    """Return the columns that a terminal gives a text: wide signs two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
