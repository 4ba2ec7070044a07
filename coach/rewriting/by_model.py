"""Rewrites that a language model words and code lets pass, or the rules' own in their place.

One call asks for three, different in kind. What the guard or the rules object to goes back once
with the reason named. Then lines that still fail stay as the author wrote them, and angles that
are still empty get the rules' rewrites. Every rewrite shown was judged as the draft was: it mends
a finding, adds none, and lowers no rubric.
"""

import re
from collections.abc import Iterator
from typing import Annotated, NamedTuple

import msgspec
from msgspec.structs import asdict, replace

from coach.assessment import Assessment, Finding, Rewrite
from coach.model import Model, Request
from coach.model.faults import ModelFailure
from coach.model.schema import answer_in, objection_to, schema_of
from coach.okr import Draft, KeyResult
from coach.privacy import Masked
from coach.prompting import fence, load_prompt
from coach.reading.draft import ReadDraft
from coach.reading.text import tidy
from coach.rewriting import Rescore, is_due
from coach.rewriting.edit import ANGLES, ASKED, CLOSE, NUMBERS, OPEN, Angle, Place
from coach.rewriting.fidelity import Fidelity, Sin
from coach.rewriting.proposal import EDITS, UNMOVED, Proposal, masked, with_set
from coach.rewriting.trial import rewrite_of, weigh
from coach.rewriting.work import SETTLES
from coach.rubrics import CRITERIA

NOTHING_KEPT = "none of the language model's wordings kept to what the draft says"


class Offers(NamedTuple):
    """Up to three rewrites, and why none of them is the model's where that is so.

    `model` is the name that answered. `dropped` are the sins of what was not shown, one code for
    each objection of either round, for counting: no word of a draft.
    """

    rewrites: tuple[Rewrite, ...]
    reason: str | None = None
    model: str | None = None
    dropped: tuple[str, ...] = ()


async def ask_rewrites(
    read: ReadDraft,
    aside: Masked,
    today: Assessment,
    model: Model,
    rescore: Rescore,
    *,
    secret: bytes = b"",
) -> Offers:
    """Return the model's rewrites of a draft, filled up with those of `today`, which are the rules'.

    Asks at most twice, and not at all where there is nothing to mend. `aside` is the draft as it
    may be sent; `rescore` judges a rewrite by the rules that made `today`. Never raises ModelFailure: its reason is in the answer.
    """
    if not is_due(read, today):
        return Offers(today.rewrites)
    desk = _Desk(read, today, rescore)
    dropped: tuple[_Dropped, ...] = ()
    name = reason = None
    for _ in range(2):
        try:
            reply = await model.ask(_request(aside, today.findings, secret, dropped), _objection)
            name = reply.model
            dropped = desk.take(answer_in(reply, _objection, _decode), aside)
        except ModelFailure as failure:
            reason = failure.fault.row.said
            break
        if not dropped:
            break
    desk.settle()
    return Offers(
        _filled(desk.kept, today.rewrites),
        None if desk.kept else reason or NOTHING_KEPT,
        name,
        tuple(desk.sins),
    )


def _filled(kept: dict[Angle, Rewrite], ruled: tuple[Rewrite, ...]) -> tuple[Rewrite, ...]:
    """Return one rewrite an angle, the model's before the rules', none twice."""
    found: dict[tuple[str, tuple[str, ...]], Rewrite] = {}
    for rewrite in (*kept.values(), *(each for each in ruled if each.angle not in kept)):
        found.setdefault((rewrite.objective, rewrite.key_results), rewrite)
    return tuple(sorted(found.values(), key=lambda each: _RANK[each.angle]))


_RANK: dict[str, int] = {angle: rank for rank, angle in enumerate(ANGLES)}


# --- asking ---------------------------------------------------------------------------------


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    line: Annotated[str, msgspec.Meta(max_length=12)]
    text: Annotated[str, msgspec.Meta(max_length=400)]


class _Offer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    angle: Angle
    lines: Annotated[tuple[_Line, ...], msgspec.Meta(max_length=20)]


class _Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rewrites: Annotated[tuple[_Offer, ...], msgspec.Meta(max_length=3)]


class _Dropped(NamedTuple):
    """A line of an offer that does not stand, and what is said about it."""

    angle: Angle
    line: str
    own: str
    text: str
    sins: tuple[Sin, ...]


SCHEMA = schema_of(_Answer)
_decode = msgspec.json.Decoder(_Answer).decode
_MOST_TOKENS = 1000


def _objection(text: str) -> str | None:
    return objection_to(text, _decode)


def _request(
    aside: Masked, findings: tuple[Finding, ...], secret: bytes, dropped: tuple[_Dropped, ...]
) -> Request:
    draft = aside.draft
    said = {name: text for name, text in asdict(draft.context).items() if isinstance(text, str)}
    again = [_hidden(each, aside) for each in dropped]
    told = [text for each in again for text in (each["text"], each["reason"])]
    mended = [f for f in findings if f.severity != "hint" and f.criterion in CRITERIA]
    words = [
        _named((f"{f.line} {f.criterion}", f.quote))
        for f in mended
        if f.quote and f.quote in _lines(draft).get(f.line, "")  # not where it is private in part
    ]
    told += [each["text"] for each in words]
    material = "\n".join((*_lines(draft).values(), *said.values(), *told))
    rendered = load_prompt("rewrite").render(
        always={},
        draft={
            "fence": fence(material, secret),
            "lines": [*map(_named, _lines(draft).items())],
            "context": [*map(_named, said.items())],
            "words": words,
            "findings": [
                {"line": f.line, "criterion": f.criterion, "how": how(f.criterion)} for f in mended
            ],
            "dropped": again,
        },
    )
    return Request("rewrite", rendered.system, rendered.user, SCHEMA, _MOST_TOKENS)


LEFT_TO_RULES = frozenset(
    """
    ambiguous-percent buzzwords impossible-target metric-in-objective no-movement no-why overlong
    timid-target two-goals units-differ vanity-metric wrong-direction
    """.split()
)
"""What rules mend by taking out or turning round more than a model may."""


def how(criterion: str) -> str:
    """Say how a finding can be mended: by the rules' own example where a model may do so too."""
    edit = EDITS.get(criterion)
    if edit is None or criterion in LEFT_TO_RULES or not edit.examples:
        return CRITERIA[criterion].hint
    before, after = edit.examples[0].before, " / ".join(edit.examples[0].after)
    return f"for example, “{before}” becomes “{after}”"


def _named(line: tuple[str, str]) -> dict[str, str]:
    """Return a line by its name, on one line, so that no line passes for another."""
    return {"name": line[0], "text": " ".join(line[1].split())}


def _hidden(dropped: _Dropped, aside: Masked) -> dict[str, str]:
    """Return what was dropped and why, without what is private in it, in any form.

    Words of a sin may be a piece of a number or name that is put aside: beside one, none is named.
    """
    text = aside.hide(dropped.text)
    private = text != dropped.text or aside.hide(dropped.own) != dropped.own
    reasons = [sin._replace(words="") if private else sin for sin in dropped.sins]
    reason = "; ".join(dict.fromkeys(map(str, reasons)))
    text = " ".join(text.split())
    return {"angle": dropped.angle, "line": dropped.line, "text": text, "reason": reason}


def _lines(draft: Draft) -> dict[str, str]:
    """Return the lines of a draft that can be worded differently, by name."""
    return {name: text for name, text in draft.lines.items() if name != "why"}


# --- taking ---------------------------------------------------------------------------------

Wordings = dict[str, tuple[str, ...]]
"""What an offer makes of the lines it changes; two texts where a line is split."""


class _Desk:
    """Offers come in; what stands is kept by angle, what doesn't is noted with its reason."""

    def __init__(self, read: ReadDraft, today: Assessment, rescore: Rescore) -> None:
        self.kept: dict[Angle, Rewrite] = {}
        self.sins: list[str] = []
        self._read, self._today, self._rescore = read, today, rescore
        self._fidelity = Fidelity(read.draft)
        self._sound: dict[Angle, Wordings] = {}
        self._lines = _lines(read.draft)

    def take(self, answer: _Answer, aside: Masked) -> tuple[_Dropped, ...]:
        """Keep what stands of an answer, and return what doesn't."""
        dropped: list[_Dropped] = []
        for offer in answer.rewrites:
            wordings = self._wordings(offer, aside)
            if offer.angle in self.kept or not wordings:
                continue
            spoilt = {
                line: sins for line, texts in wordings.items() if (sins := self._sins(line, texts))
            }
            if not spoilt:
                spoilt = self._try(offer.angle, wordings)
            self._sound[offer.angle] = {
                line: texts for line, texts in wordings.items() if line not in spoilt
            }
            self.sins += [sin.code for sins in spoilt.values() for sin in sins]
            dropped += [
                _Dropped(offer.angle, line, self._lines[line], " / ".join(wordings[line]), sins)
                for line, sins in spoilt.items()
            ]
        return tuple(dropped)

    def settle(self) -> None:
        """Offer what is sound of the angles still empty, the rest as the author wrote it."""
        for angle, wordings in self._sound.items():
            if angle not in self.kept and wordings:
                self._try(angle, wordings)

    def _wordings(self, offer: _Offer, aside: Masked) -> Wordings:
        found: dict[str, list[str]] = {}
        for each in offer.lines:
            if each.line in self._lines:
                text = tidy(aside.restore(each.text))[0].strip()
                found.setdefault(each.line, []).append(text)
        return {
            line: tuple(dict.fromkeys(texts))
            for line, texts in found.items()
            if texts != [self._lines[line].strip()]
        }

    def _sins(self, line: str, texts: tuple[str, ...]) -> tuple[Sin, ...]:
        return self._fidelity.sins(line, texts, self._today.findings)

    def _try(self, angle: Angle, wordings: Wordings) -> dict[str, tuple[Sin, ...]]:
        """Keep the rewrite if the rules find that it holds; else return what they object to."""
        proposal = _proposal(self._read, self._today.findings, wordings)
        trial = weigh(
            proposal, self._today, self._rescore(masked(proposal.draft), proposal.left_open)
        )
        if trial.holds:
            self.kept[angle] = rewrite_of(proposal, trial, angle, by="model")
            return {}
        first = next(iter(wordings))
        objections: dict[str, tuple[Sin, ...]] = {}
        for criterion, place in sorted(trial.added):
            line = place if place in wordings else first
            objections[line] = (*objections.get(line, ()), Sin("adds-finding", criterion))
        if not objections:
            sins = tuple(Sin("scores-lower", rubric) for rubric in trial.lowered)
            objections[first] = sins or (Sin("mends-nothing", ""),)
        return objections


# --- what an offer proposes -------------------------------------------------------------------


def _proposal(read: ReadDraft, findings: tuple[Finding, ...], wordings: Wordings) -> Proposal:
    """Return the draft with new wordings in it, ready to be judged."""
    draft = read.draft
    key_results: list[str | KeyResult] = []
    origin: dict[str, str | None] = {each: each for each in UNMOVED}
    left_open: set[Place] = set()
    for number, kr in enumerate(draft.key_results, 1):
        line = f"kr{number}"
        text = kr if isinstance(kr, str) else kr.text
        for wording in wordings.get(line, (text,)):
            marked = _marked(wording, text)
            key_results.append(marked if isinstance(kr, str) else replace(kr, text=marked))
            origin[f"kr{len(key_results)}"] = line
            left_open |= {(each, f"kr{len(key_results)}") for each in _opened(marked)}
    objective = draft.objective
    if "objective" in wordings:
        objective = _marked(" ".join(wordings["objective"]), objective)
        left_open |= {(each, "objective") for each in ASKED if OPEN in objective}
    claims = frozenset(
        (f.criterion, f.line)
        for f in findings
        if f.severity != "hint" and (f.line in wordings or f.line == "set")
    )
    rewritten = replace(draft, objective=objective, key_results=tuple(key_results))
    return Proposal(rewritten, origin, claims, frozenset(), with_set(left_open, rewritten))


_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


def _marked(wording: str, original: str) -> str:
    """Return a wording with its blanks marked; brackets of the author's stay brackets."""
    return _BRACKETS.sub(
        lambda found: found[0] if found[0] in original else f"{OPEN}{found[1]}{CLOSE}", wording
    )


_NUMBER = re.compile(
    rf"(?:\b(?:from|to|by|at|under|below|over|above|least|most|than|reach|reaches)|→|->|:|=) ?"
    rf"{OPEN}|{OPEN}[^{CLOSE}]*\b(?:today|target|baseline|number|how many|how much)\b"
)
_DATE = re.compile(rf"{OPEN}[^{CLOSE}]*\b(?:date|when|deadline)\b")
_WHAT = re.compile(rf"(?<!from ){OPEN}(?!today|target|baseline|date)[^{CLOSE}]* [^{CLOSE}]*{CLOSE}")


def _opened(marked: str) -> Iterator[str]:
    """Return the criteria that the blanks of a key result leave unjudged until they are filled."""
    if _NUMBER.search(marked):
        yield from NUMBERS
    if _DATE.search(marked):
        yield "no-deadline"
    if _WHAT.search(marked):
        yield from SETTLES
