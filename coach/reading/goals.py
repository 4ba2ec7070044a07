"""Whether one sentence holds two goals, and where the second begins.

Two requests ("Cut the wait and open a branch") or two statements ("Guests sleep well and we enter
Denmark") are two goals. One aim in two verbs is one ("Find and fix leaks"), and so is what still
belongs to the first ("Help newcomers find work and keep it", "… so that pupils eat and learn").
"""

import re

from msgspec.structs import replace

from coach.reading.sentence import (
    ADJECTIVES,
    ADVERBS,
    ARTICLES,
    PARTICLES,
    PLURALS,
    SUBORDINATORS,
    THIRD_PERSONS,
    Place,
    Sentence,
    finite_verb,
    is_plural,
)
from coach.reading.words import (
    AUXILIARIES,
    DETERMINERS,
    NOUN_TOO,
    ORGANISATIONS,
    PREPOSITIONS,
    PRONOUNS,
    VERBS,
    is_person,
)


def second_goal(sentence: Sentence, form: str, after: int, purpose: int | None) -> Place | None:
    """Return the words of a second goal.

    `after` is the index behind a request's verb, or of a statement's; `purpose` that of the clause
    that says what the first goal is for: what stands in it belongs to it.
    """
    texts = sentence.texts
    last = len(texts) - 1
    if _AND.isdisjoint(texts) and not _PARTING.search(sentence.folded):
        return _joined(sentence)
    for index in range(max(1, after), last + 1):
        gap = sentence.folded[sentence.words[index - 1].end : sentence.words[index].start]
        if ";" in gap and index >= 3 and last - index >= 2:
            return sentence.place(index, last)
        apart = "," in gap or "&" in gap or "+" in gap
        then = index + 1 if texts[index] in _AND else index if apart else None
        if then is None or then > last or index <= after:
            continue
        if texts[then] in ("also", "then"):
            then += 1
        if _begins(sentence, form, after, then, purpose if purpose is not None else last + 1):
            return sentence.place(then, last)
    return _joined(sentence)


def _begins(sentence: Sentence, form: str, after: int, then: int, purpose: int) -> bool:
    texts = sentence.texts
    subject = sentence.text(then)
    if subject in _OURS:
        spoken_of = not _OURS.isdisjoint(texts[after:then])
        return form != "phrase" and not spoken_of and _we_act(sentence, then)
    if then > purpose:
        return False
    if form == "request":
        return _is_request(sentence, then) and not _completes(texts, after, then)
    if form == "statement":
        return _is_statement(sentence, then) and not _in_a_clause(texts, after, then)
    return False


def _we_act(sentence: Sentence, index: int) -> bool:
    rest = sentence.texts[index + 1 : index + 2]
    if sentence.texts[index] != "we":
        rest = sentence.texts[index + 2 : index + 5]
    return any(text in AUXILIARIES or text in VERBS or text in THIRD_PERSONS for text in rest)


def _is_request(sentence: Sentence, index: int) -> bool:
    verb, after = sentence.text(index), sentence.text(index + 1)
    if (
        verb not in VERBS
        or not after
        or not _BACK.isdisjoint(sentence.texts[index + 1 : index + 3])
    ):
        return False
    if verb not in NOUN_TOO:
        return True
    opens = after in DETERMINERS or after in PARTICLES or after in ADJECTIVES or is_person(after)
    number = sentence.folded[sentence.words[index].end + 1 :][:1].isdigit()
    return opens or number or (verb == "open" and after in PREPOSITIONS)


def _completes(texts: list[str], after: int, then: int) -> bool:
    """Say whether "and" goes on with what somebody is helped to do ("help X find … and keep …")."""
    if texts[0] not in _CAUSES and texts[after - 1] not in _CAUSES:
        return False
    between = texts[after : then - 1]
    return any(
        text in VERBS and (text not in NOUN_TOO or is_plural(before))
        for before, text in zip(["", *between], between, strict=False)
    )


def _is_statement(sentence: Sentence, index: int) -> bool:
    """Say whether a new subject and its verb begin here."""
    subject = sentence.text(index)
    if not (subject in ARTICLES or is_person(subject) or subject in ORGANISATIONS):
        return _does_something(sentence, index)
    rest = replace(sentence, words=sentence.words[index:], texts=sentence.texts[index : index + 6])
    return finite_verb(rest) is not None


def _does_something(sentence: Sentence, index: int) -> bool:
    """Say whether a thing is a subject here: "… and waste goes down", "… and prices stay low"."""
    for then in range(index + 1, min(index + 4, len(sentence.texts))):
        text, before = sentence.texts[then], sentence.texts[then - 1]
        if before in _NO_SUBJECT or not sentence.joined(then):
            return False
        plural = is_plural(before)
        if text in _STATES or (text in THIRD_PERSONS and text not in PLURALS and not plural):
            return True
        if text in _SINKING and not plural and sentence.text(then + 1) not in VERBS:
            return True
        if plural and text in VERBS and (text in _STAYING or text not in NOUN_TOO):
            return True
    return False


def _in_a_clause(texts: list[str], after: int, then: int) -> bool:
    return not SUBORDINATORS.isdisjoint(texts[after : then - 1])


def _joined(sentence: Sentence) -> Place | None:
    if "as" not in sentence.texts and "also" not in sentence.texts:
        return None
    start, end = sentence.words[0].end, sentence.words[-1].end
    found = _JOINING.search(sentence.folded, start, end)
    return (found.start(), end) if found else None


_STATES = frozenset("are can goes has have is never will".split())
_SINKING = frozenset("drops falls rises shrinks stops".split())
_STAYING = frozenset("drop fall rest rise stay stop".split())
_NO_SUBJECT = (
    PREPOSITIONS
    | SUBORDINATORS
    | DETERMINERS
    | PRONOUNS
    | ADVERBS
    | (VERBS - NOUN_TOO)
    | frozenset("and or to not only more less then also".split())
)
_AND = frozenset(("and", "plus"))
_PARTING = re.compile("[;,&+]")
_OURS = frozenset(("we", "our", "i"))
_BACK = frozenset("it them they their its".split())
_CAUSES = frozenset("help let make enable have get allow give support teach empower show".split())
_JOINING = re.compile(r"\b(?:as well as|while also|and also) \w+ing\b")
