"""What the coach says back: readings, findings, scores, rewrites, and what made them."""

from typing import Literal

import msgspec

from coach.okr import Answer, Draft, Span

Rubric = Literal["clarity", "ambition", "measurability", "purpose"]
RUBRICS: tuple[Rubric, ...] = ("clarity", "ambition", "measurability", "purpose")

Severity = Literal["error", "warning", "hint"]
Band = Literal["weak", "fair", "strong"]
Maker = Literal["rule", "model"]
Stage = Literal["rules", "judge", "rewrites"]
Kind = Literal["metric", "milestone", "activity", "baseline"]
Direction = Literal["up", "down", "hold", "reach"]
Bound = Literal["at least", "at most", "about"]


class Reading(msgspec.Struct, frozen=True):
    """What was understood of one key result.

    `kind` is "metric" where a number or a movement is asked for, "baseline" where it is to be
    measured first, "activity" where the line leads with effort or shipping or counts work, else
    "milestone". `direction` is what the words ask for: "up" or "down" by a verb that raises or
    lowers (even against the numbers: "reduce from 5 to 9" is down), "hold" by one that keeps; else
    the sign of target − baseline ("hold" where they are equal); "reach" where only an end is known.

    Numbers are in the unit's whole ("€1.2m" is 1200000 EUR). Baseline, target, upper and change
    share one `unit`: "%", "points", an ISO 4217 currency, "ms", "minutes", "days", "count" or
    "ratio". Times are in ms if all are under a minute, in minutes if under a day, else in days (a
    month has 30, a year 365). `change` is the size of a step whose end isn't given: "by 20 %" is
    20; as "ratio", "halve" and "by half" are 0.5 and "double" is 2 (below 1 a share of today's
    value, from 1 on a multiple of it). A step from a known start is its end ("halve 40" is 20).
    `per` is what is counted per ("a week" is "week"); `deadline` an ISO date, the last day of a
    period, or its words where it can't be told. `parts` maps what was understood (`metric`, `verb`,
    `baseline`, `bound`, `target`, `upper`, `change`, `per`, `work`, `deadline`) to the words that
    say it. `notes` tell how an ambiguous form was read ("03/04/2026 read as 3 April 2026").
    """

    line: str
    kind: Kind
    direction: Direction | None = None
    metric: str | None = None
    baseline: float | None = None
    target: float | None = None
    change: float | None = None
    bound: Bound | None = None
    upper: float | None = None
    per: str | None = None
    unit: str | None = None
    deadline: str | None = None
    parts: dict[str, Span] = {}
    notes: tuple[str, ...] = ()


class Finding(msgspec.Struct, frozen=True):
    """A criterion that a line does not meet: which words, why, and one question to ask.

    A model may phrase the question of what the rules found; `question_by` tells.
    """

    criterion: str
    rubric: Rubric
    severity: Severity
    line: str
    span: Span | None
    quote: str | None
    message: str
    why: str
    question: str
    source: str
    by: Maker = "rule"
    question_by: Maker = "rule"


class Score(msgspec.Struct, frozen=True):
    """A rubric's value 0–100, its band, and the share of it (by weight) that rules could judge.

    `cap` is the bound that the rubric's errors set, where they set one.
    """

    value: int | None
    band: Band | None
    judged: float
    cap: int | None = None


class Overall(msgspec.Struct, frozen=True):
    """The weighted mean of the rubrics that have a value."""

    value: int | None
    band: Band | None


class Scores(msgspec.Struct, frozen=True):
    """One score a rubric."""

    clarity: Score
    ambition: Score
    measurability: Score
    purpose: Score

    def of(self, rubric: Rubric) -> Score:
        score: Score = getattr(self, rubric)
        return score


class Rewrite(msgspec.Struct, frozen=True):
    """A proposed wording. `blanks` are the `[…]` to fill; `mends` the criteria it meets."""

    angle: str
    objective: str
    key_results: tuple[str, ...]
    blanks: tuple[str, ...]
    mends: tuple[str, ...]
    scores: Scores
    overall: Overall
    by: Maker = "rule"


class Unjudged(msgspec.Struct, frozen=True):
    """A criterion that was not judged, and why: neither earned nor lost."""

    criterion: str
    reason: str


class Versions(msgspec.Struct, frozen=True):
    """What made an assessment; the same versions and the same draft give the same answer."""

    coach: str
    rubrics: str
    profile: str
    prompts: dict[str, str] | None = None
    model: str | None = None
    embeddings: str | None = None


class Assessment(msgspec.Struct, frozen=True):
    """Everything the coach says about a draft. `id` and `created_at` are set once stored.

    `answers` are the author's, which the rewrites are made with.
    """

    draft: Draft
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]
    scores: Scores
    overall: Overall
    rewrites: tuple[Rewrite, ...]
    unjudged: tuple[Unjudged, ...]
    notes: tuple[str, ...]
    versions: Versions
    answers: tuple[Answer, ...] = ()
    id: str | msgspec.UnsetType = msgspec.UNSET
    created_at: str | msgspec.UnsetType = msgspec.UNSET
