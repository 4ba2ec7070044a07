"""The words that people put before a line or over a column, and the field each stands for."""

import re
import unicodedata
from typing import Literal, NamedTuple

from coach.okr import DraftType

Field = Literal[
    "objective", "key_result", "why", "purpose", "parent", "priority", "cycle", "type", "team",
    "owner", "source", "baseline", "target", "deadline", "aside", "title",
]  # fmt: skip

# White space, and what can't be seen between words.
GAP = "\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff"

# What templates and tools write, in the languages where a word or two suffice.
_WORDS: dict[Field, str] = {
    "objective": "objective, obj, goal, okr, i will, we will, ziel, objectif, objetivo, obiettivo, "
    "doelstelling",
    "key_result": "key result, key results, keyresult, kr, krs, schlüsselergebnis, "
    "schlüsselergebnisse, kernergebnis, kernergebnisse, ergebnis, ergebnisse, résultat clé, "
    "résultats clés, resultado clave, resultados clave, resultado-chave, resultados-chave, "
    "kernresultaat, kernresultaten, measured by, as measured by",
    "why": "why, why now, why it matters, why this matters, reason, rationale, motivation, warum, "
    "begründung",
    "purpose": "purpose, mission, vision, zweck",
    "parent": "parent, parent objective, parent okr, parent goal, supports, contributes to, "
    "aligned to, aligned with, aligns with, aligns to, company objective, übergeordnetes ziel",
    "priority": "priority, strategic priority, company priority, theme, pillar, priorität",
    "cycle": "cycle, okr cycle, quarter, period, time frame, timeframe, zyklus, quartal, zeitraum",
    "type": "type, okr type, objective type, commitment, typ, art",
    "team": "team, department, bereich, abteilung",
    "owner": "owner, objective owner, okr owner, kr owner, responsible, dri, assignee, "
    "verantwortlich",
    "source": "source, data source, evidence, quelle, datenquelle",
    "baseline": "baseline, start value, starting value, current value, ausgangswert, startwert",
    "target": "target, target value, zielwert",
    "deadline": "deadline, due, due date, by when, fällig",
    "aside": "initiative, initiatives, action items, note, notes, comment, comments, "
    "dependencies, status, confidence, confidence level, next steps, background, description, "
    "context, tasks, actions, projects, risks, score, grade, progress, milestones, "
    "health metrics, links",
    "title": "objectives, goals, okrs, our okrs, my okrs, team okrs, ziele, "
    "objectives and key results, objectives & key results",
}


def _spelled(word: str) -> str:
    """Return a word as the tables know it: "Key_Results " and "key-results" are "keyresults"."""
    folded = unicodedata.normalize("NFC", word).casefold()
    return re.sub(rf"[{GAP}_-]+", "", folded).strip(".:#*")


# These stand over a list that is no part of a draft; before words they may open a key result.
_OVER_A_LIST = frozenset(
    "tasks actions projects risks score grade progress milestones healthmetrics links".split()
)
_COLUMN_WORDS: dict[Field, str] = {
    "objective": "o",
    "baseline": "start, from, current, today",
    "target": "to, goal value",
    "deadline": "by",
    "type": "objective kind, kind",
}


def _by_word(listed: dict[Field, str]) -> dict[str, Field]:
    named = ((word, field) for field, words in listed.items() for word in words.split(", "))
    return {_spelled(word): field for word, field in named}


_FIELDS = _by_word(_WORDS)
_COLUMNS = _FIELDS | _by_word(_COLUMN_WORDS)


class Label(NamedTuple):
    """A label, and the words after it ("" where it stands alone).

    `kind` is the type that it tells ("Committed objective: …"), `remark` what else stands beside
    it in brackets ("KR1 (30 %): …").
    """

    field: Field
    number: str
    kind: DraftType | None
    words: str
    remark: str = ""


class Column(NamedTuple):
    """What a column's heading stands for; `number` tells "KR 2" from "KR 1"."""

    field: Field
    number: str
    plural: bool


def read_label(line: str, *, heading: bool = False, bare_number: bool = False) -> Label | None:
    """Return the label that a line (without mark) opens with, if any.

    A context's label needs a colon, or stands alone as a `heading` or in bold. With `bare_number`
    "O1 Patients …" is a label too; elsewhere O2 may be oxygen.
    """
    matched = _LABEL.match(line)
    if matched is None:
        return None
    name = _spelled(matched["central"] or matched["context"])
    field: Field | None = "objective" if name == "o" else _FIELDS.get(name)
    bold = heading or "**" in matched["open"] or "__" in matched["open"]
    start = _words_start(matched, bold=bold, bare_number=bare_number)
    if field is None or start is None:
        return None
    number = (matched["number"] or "").strip(" #№") if start >= matched.end("number") else ""
    words = _closed(line[start:].strip(), matched["open"])
    if name == "okr" and not number and not words:
        field = "title"
    elif field == "title" and words:
        field = "objective"
    elif name in _OVER_A_LIST and words:
        return None
    remark = (matched["remark"] or "").strip()
    told = draft_type(remark.strip("()"))
    kind = draft_type(matched["kind"]) if matched["kind"] else told
    return Label(field, number, kind, words, "" if told else remark)


def read_column(heading: str) -> Column | None:
    """Return what a column stands for by its heading, or None."""
    spelled = _spelled(re.sub(r"\([^()]*\)", "", heading))
    word = spelled.rstrip("0123456789")
    number = spelled[len(word) :]
    word = word.rstrip("#")
    field = _COLUMNS.get(word)
    if field is None or field in ("aside", "title"):
        return None
    plural = not number and word in _PLURALS
    return Column(field, number, plural)


def draft_type(word: str) -> DraftType | None:
    """Return the type that a word stands for, or None."""
    return _TYPES.get(word.strip(" .").casefold())


def labels_inside(line: str) -> list[int]:
    """Return where further labels begin in a line that holds several ("Objective: … KR1: …")."""
    return [found.start() for found in _INSIDE.finditer(line) if found.start()]


_PLURALS = ("keyresults", "krs", "schlüsselergebnisse", "kernergebnisse", "ergebnisse")
_TYPES: dict[str, DraftType] = {
    "committed": "committed", "commit": "committed", "commitment": "committed",
    "roofshot": "committed", "must-win": "committed", "verbindlich": "committed",
    "aspirational": "aspirational", "stretch": "aspirational", "moonshot": "aspirational",
    "ambitioniert": "aspirational", "learning": "learning", "health": "health",
}  # fmt: skip

_SYMBOL = "[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?"


def _pattern(*fields: Field) -> str:
    words = sorted((w for f in fields for w in _WORDS[f].split(", ")), key=len, reverse=True)
    return "|".join(re.sub(r"\\[ -]", r"[\\s_-]?", re.escape(word)) for word in words)


_LABEL = re.compile(
    rf"""
    (?P<open>[{GAP}*_(\[`]{{0,8}}(?:{_SYMBOL})?[{GAP}*_(\[`]{{0,8}})
    (?:(?P<kind>committed|aspirational|learning|health)\s)?
    (?:
        (?:(?:o|objective\s?|goal\s?)\s?\d{{1,2}}\s?[./,-]?\s?)?
        (?P<central>{_pattern("objective", "key_result")}|o(?=\s?[#\d:：]))
        (?P<number>\s?[#№]?\s?\d{{1,2}}(?:[./]\d{{1,2}}){{0,2}}[a-d]?(?![^\W_]))?
      | (?P<context>{_pattern(*(f for f in _WORDS if f not in ("objective", "key_result")))})
    )
    (?![^\W_])
    (?P<remark>\s?\([^()]{{1,60}}\))?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_END = r"[*_`)\]]{0,4}"
_COLON = re.compile(rf"{_END}(?:\s?[:：]|\t){_END}")
_ALONE = re.compile(rf"{_END}[\s–—-]*")
_AFTER_NUMBER = re.compile(rf"{_END}\s?[.)\]|–—-]{_END}\s")
_DASH = re.compile(rf"{_END}\s[–—-]\s")
_INSIDE = re.compile(
    r"(?<![^\W_])(?:"
    r"(?:O\d{1,2}[./-]?)?(?:KRs?|key[ -]results?|schlüsselergebnisse?)"
    r"(?:\s?#?\d{1,2}(?:\.\d{1,2}){0,2})?\s?[:：]"
    r"|KR\s?\d{1,2}(?:\)|\s[–—-])(?=\s)"
    r"|(?-i:Objective|Why|Purpose|Parent|Priority|Cycle|Type|Team|Owner|O\d{1,2})[:：](?=\s)"
    r")",
    re.IGNORECASE,
)


def _words_start(matched: re.Match[str], *, bold: bool, bare_number: bool) -> int | None:
    """Return where the words begin after a label, or None where it is no label after all."""
    line, end = matched.string, matched.end()
    if colon := _COLON.match(line, end):
        return colon.end()
    central, number = matched["central"], matched["number"]
    if _ALONE.fullmatch(line, end):
        alone = central or bold or _spelled(matched["context"]) in _TITLES
        return len(line) if alone else None
    if not central:
        return None
    if found := _DASH.match(line, end) or (number and _AFTER_NUMBER.match(line, end)):
        return found.end()
    follows = line[end:].lstrip(" *_`)]")
    told = bare_number or central.lower() != "o"
    if number and told and (number[0].isdigit() or follows[:1].isupper()):
        return len(line) - len(follows)
    # "KR 12 interviews held" counts interviews.
    return matched.end("central") if central == "KR" else None


_TITLES = frozenset(word for word, field in _FIELDS.items() if field in ("title", "aside"))


def _closed(words: str, opened: str) -> str:
    """Drop the end of an emphasis that began before the label."""
    for sign in ("**", "__"):
        if sign in opened and words.count(sign) % 2:
            words = "".join(words.rsplit(sign, 1))
    return words.strip()
