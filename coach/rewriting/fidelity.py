"""A wording held against the line it stands for: nothing new, nothing lost, nothing turned round.

Rewrites by rules are edits of a line and can't stray far; a language model may write anything. So
a wording of its own is taken apart as the line was and both are compared: numbers by value, unit
and role, dates by the day they mean, names by their letters, all other words by their form. What
words mean together is held by their order, by the preposition before them, and by what a "not",
"all" or "more" stands before. It is strict on purpose: a good wording dropped costs a
suggestion, a bad one shown puts words into somebody's mouth.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations, pairwise
from typing import NamedTuple

from msgspec.structs import asdict

from coach.assessment import Finding
from coach.okr import Draft
from coach.reading.draft import BLANK
from coach.reading.subject import PERIODS
from coach.reading.verbs import LEMMA_OF
from coach.reading.words import EMPTY
from coach.rewriting.taken import (
    BINDING,
    BRACKETS,
    SMALL,
    TURNING,
    Fact,
    Piece,
    Taken,
    alike,
    forms,
)

# --- words that may come and go ----------------------------------------------------------------

# What a key result may say besides where its numbers bear it out.
COUNTS = frozenset("number count amount".split())
SHARES = frozenset("share percentage proportion".split())
RISES = frozenset("increase raise grow lift rise climb".split())
FALLS = frozenset("reduce cut lower decrease fall drop".split())
MOVES = frozenset("go move get bring take come".split())
ENDS = frozenset("reach hit achieve attain".split())
COUNTED = frozenset("counted measured".split())
# Say of what follows only that it comes about, so that they may stand on either side of it.
LIGHT = frozenset("get have go".split())
NOWS = frozenset("today now currently baseline target".split())
# What questions in blanks are made of.
ASKING = frozenset(
    "what who whom whose where when why how which many much long often benefits benefit people"
    " change changes matter matters today tomorrow now target baseline date day number value unit"
    " share percentage measure metric period month quarter year week end goal outcome result effect"
    " difference reason purpose gets get better easier different name named"
    " know known notice would could should they do can't today's current start source owner place"
    " counted measured exactly here spelled out goes there once when thanks because say said whom"
    " us matters else above below better bolder next after part than it is not yet to fill in e.g or".split()
)
# Findings that ask for the words they mark to go.
_GOES = frozenset(
    "vague-word escape-clause open-ended comparative-without-base buzzwords placeholder-left hedged"
    " hedged-commitment approximate-target instruction-like pay-or-rating undefined-acronym"
    " dangling-reference".split()
)
# Findings on lines that name work, which an outcome may take the place of.
_WORK = frozenset("activity deliverable counts-activity binary".split())
# Findings that ask for the numbers they mark to go, too.
_NUMBERS_GO = frozenset("placeholder-left pay-or-rating instruction-like".split())
_NEARLY = frozenset("about around roughly approximately circa".split())
_WAYS = frozenset(("up", "down"))
_AT = frozenset(("least", "most"))
_BOUNDS = {"<": "below under", ">": "above over"}
_SIGNS = frozenset(".,;:()-→'&")
_BOUND_SIGNS = frozenset("< > ≤ ≥ <= >= ≠ ± ~ +".split())


class Sin(NamedTuple):
    """What is held against a wording: its code, for counting, and the words that it is about."""

    code: str
    words: str = ""

    def __str__(self) -> str:
        return f"{SAID[self.code]} “{self.words}”" if self.words else SAID[self.code].rstrip(":")


SAID = {
    "markup": "holds markup, a link or a line break",
    "brackets": "has brackets that don't close, or too many blanks",
    "too-long": "is much longer than the line",
    "invented-number": "has a number that the line hasn't got:",
    "invented-date": "has a date that the line hasn't got:",
    "invented-name": "has a name that the line hasn't got:",
    "invented-word": "has a word that the draft hasn't got:",
    "invented-sign": "has a sign that the line hasn't got:",
    "moved-number": "has a number of another line:",
    "moved-word": "has a word of another line:",
    "changed-role": "makes something else of the number",
    "lost-number": "lacks the number",
    "lost-date": "lacks the date",
    "lost-name": "lacks the name",
    "lost-word": "lacks the word",
    "turned": "turns round, widens or narrows what is meant at",
    "rebound": "ties words together anew at",
    "reordered": "puts words in an order that may mean something else:",
    "changed-bound": "changes a bound (at least, at most, about)",
    "changed-direction": "asks for another direction than the line",
    "added-key-result": "makes more lines of one than it has measures",
    "adds-finding": "brings a finding that the draft hasn't got:",
    "scores-lower": "scores lower than the draft in",
    "mends-nothing": "mends none of the findings",
}


class Fidelity:
    """Knows the lines of one draft and the days its dates mean."""

    def __init__(self, draft: Draft) -> None:
        self._cycle = draft.context.cycle
        self._lines = {"objective": draft.objective}
        self._lines |= {f"kr{number}": text for number, text in enumerate(draft.sentences, 1)}
        said = [each for each in asdict(draft.context).values() if isinstance(each, str)]
        self._texts = (*self._lines.values(), *said)
        context = draft.context
        self._reasons = [
            self._taken(text, text)
            for text in (context.why, context.purpose, context.parent, context.priority)
            if text
        ]

    def sins(self, line: str, texts: Sequence[str], findings: Iterable[Finding]) -> tuple[Sin, ...]:
        """Return what is held against `texts` in the place of a line; several split it."""
        own = self._lines[line]
        formal = [sin for text in texts for sin in _formal(text, own)]
        if formal:
            return tuple(formal)
        before = self._taken(own, own)
        if line == "objective":
            texts = [self._without_reason(text) for text in texts]
        after = [self._taken(text, own) for text in texts]
        on_line = [finding for finding in findings if finding.line == line]
        if len(after) > 1 and not _may_split(line, before, after, on_line):
            return (Sin("added-key-result"),)
        compared = _Compared(before, after, on_line, self._known, line == "objective")
        added = _added(own, texts)
        if added is not None and not any(compared.sins_of_addition(self._taken(added, own))):
            return ()
        return tuple(dict.fromkeys(compared.sins()))

    def _taken(self, text: str, own: str) -> Taken:
        return Taken(text, own, self._cycle)

    def _without_reason(self, text: str) -> str:
        """Return an objective without a closing clause that says what the context says, whole."""
        told = _REASON.search(text)
        if told is None or told[1] in self._lines["objective"]:
            return text
        clause = _heard(self._taken(told[1], told[1]))
        said = any(clause == _heard(reason) for reason in self._reasons)
        return text[: told.start()] if said else text

    @cached_property
    def _known(self) -> "_Known":
        taken = [self._taken(text, text) for text in self._texts]
        pieces = [piece for each in taken for piece in each.pieces]
        words = [piece for piece in pieces if piece.fact is None]
        return _Known(
            frozenset().union(*(forms(piece.text) for piece in words)),
            frozenset(piece.shown.removesuffix("'s") for piece in pieces),
            frozenset(fact.value for each in taken for _, _, fact in each.facts),
        )


class _Known(NamedTuple):
    """What a draft and its context say anywhere: forms of words, words as they stand, values."""

    forms: frozenset[str]
    shown: frozenset[str]
    values: frozenset[float | str]


def _added(own: str, texts: Sequence[str]) -> str | None:
    """Return what a wording puts behind a line that it leaves as it is, None for other wordings."""
    kept = own.rstrip(" .!;")
    if len(texts) > 1 or not texts[0].startswith(kept) or texts[0][len(kept) :][:1] not in ", (":
        return None
    return texts[0][len(kept) :]


_REASON = re.compile(r",? so that (.+?)[.]?$", re.IGNORECASE)


def _heard(taken: Taken) -> list[str]:
    return [each.text for each in taken.pieces]


# --- form --------------------------------------------------------------------------------------

_MARKUP = re.compile(
    r"<\s*[a-z/!?]|https?:|www\.|://|\b[\w-]+\.(?:com|org|net|io|example)\b"  # HTML, links
    r"|\*\*|__|`|^\s*(?:[#>*]|[-+] )|\]\(|\||(?<=\w)_|_(?=\w)|&\w+;|\{\{"  # markup
    r"|[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]",  # ends of lines, controls
    re.IGNORECASE,
)
_MOST_BLANKS = 6


def _formal(text: str, own: str) -> Iterator[Sin]:
    if any(found[0] not in own for found in _MARKUP.finditer(text)):
        yield Sin("markup")
    left = BRACKETS.sub("", text)
    blanks = [found[0] for found in BRACKETS.finditer(text) if found[0] not in own]
    unclosed = (set("[]") & set(left)) - set(own)
    if unclosed or len(blanks) > _MOST_BLANKS or any(not blank[1:-1].strip() for blank in blanks):
        yield Sin("brackets")
    if len(BRACKETS.sub("[]", text)) > 1.5 * len(own) + 60:
        yield Sin("too-long")


# --- splitting -----------------------------------------------------------------------------------


def _may_split(
    line: str, before: Taken, after: Sequence[Taken], findings: Iterable[Finding]
) -> bool:
    asked = any(finding.criterion == "two-metrics" for finding in findings)
    return line != "objective" and asked and len(after) <= max(2, before.measures)


# --- comparing -----------------------------------------------------------------------------------


class _Compared:
    """A line and what a wording makes of it."""

    def __init__(
        self,
        before: Taken,
        after: Sequence[Taken],
        findings: Sequence[Finding],
        known: _Known,
        is_objective: bool,
    ) -> None:
        self.before, self.after, self.known = before, after, known
        self.findings, self.is_objective = findings, is_objective
        self.goes = [f.span for f in findings if f.criterion in _GOES and f.span]
        self.numbers_go = [f.span for f in findings if f.criterion in _NUMBERS_GO and f.span]
        self.is_work = any(f.criterion in _WORK for f in findings)

    def sins(self) -> Iterator[Sin]:
        """Return everything that is held against the wording."""
        yield from self._numbers()
        yield from self._bounds()
        yield from self._directions()
        for taken in self.after:
            yield from self._new_words(taken)
            yield from self._bindings(taken)
            yield from self._order(taken)
        yield from self._lost_words()
        yield from self._turns()
        yield from self._parting()

    def sins_of_addition(self, added: Taken) -> Iterator[Sin]:
        """Return what is held against words behind a line that stays: they may only ask."""
        yield from self._new_words(added)
        yield from self._strange_ties(added)
        yield from (Sin("turned", word) for word, _ in _turning(added, lambda _: False))
        yield from (self._new_number(fact) for _, _, fact in added.facts)
        for inner in added.inside:
            for _, _, fact in inner.facts:
                if not any(_same_value(fact, each) for _, _, each in self.before.facts):
                    yield self._new_number(fact)

    # numbers and dates

    def _numbers(self) -> Iterator[Sin]:
        was = Counter(
            fact
            for start, _, fact in self.before.facts
            if not any(span.start <= start < span.end for span in self.numbers_go)
        )
        now = Counter(fact for taken in self.after for _, _, fact in taken.facts)
        was.update(filter(None, [self.before.change]))
        now.update(filter(None, [taken.change for taken in self.after]))
        if len(self.after) > 1:  # both halves may name the day and the window
            now = Counter({
                fact: min(count, max(1, was[fact])) if _is_shared(fact) else count
                for fact, count in now.items()
            })  # fmt: skip
        lost, new = was - now, now - was
        asked = [
            fact for taken in self.after for inner in taken.inside for _, _, fact in inner.facts
        ]
        for fact in asked:
            if any(_same_value(fact, each) for each in lost):
                lost -= Counter(each for each in lost if _same_value(fact, each))
            elif not any(_same_value(fact, each) for each in was):
                yield self._new_number(fact)
        for fact in new:
            if any(each.value == fact.value for each in was):
                yield Sin("changed-role", fact.said)
            else:
                yield self._new_number(fact)
        for fact in lost:
            yield Sin("lost-date" if fact.is_date else "lost-number", fact.said)

    def _new_number(self, fact: Fact) -> Sin:
        if fact.value in self.known.values:
            return Sin("moved-number", fact.said)
        return Sin("invented-date" if fact.is_date else "invented-number", fact.said)

    def _is_gone(self, start: int) -> bool:
        return any(span.start <= start < span.end for span in self.goes)

    def _bounds(self) -> Iterator[Sin]:
        was = self.before.reading.bound
        mended = any(finding.criterion == "approximate-target" for finding in self.findings)
        for taken in self.after[:1]:
            now = taken.reading.bound
            if now != was and not (was == "about" and now is None and mended):
                yield Sin("changed-bound")
        kept = frozenset[str]().union(*(taken.signs for taken in self.after))
        if len(self.after) > 1 and (self.before.signs & _BOUND_SIGNS) - kept:
            yield Sin("changed-bound")

    def _directions(self) -> Iterator[Sin]:
        if self.is_objective:
            return
        was = self.before.reading.direction
        for taken in self.after[:1]:
            now = taken.reading.direction
            if now == was or {was, now} <= {None, "reach"}:
                continue
            left_to_tell = _FROM_BLANK.search(taken.folded) is not None
            if not (left_to_tell and was in ("up", "down") and now in (None, "reach")):
                yield Sin("changed-direction")

    # words

    def _new_words(self, taken: Taken) -> Iterator[Sin]:
        pool = [each.text for each in self.before.pieces if each.fact is None]
        for piece in taken.pieces:
            if piece.fact is None:
                yield from self._new_word(piece, taken, pool)
        borne_out = {"%"} if self.before.reading.unit == "%" and taken.blanks else set()
        new = taken.signs - self.before.signs - _SIGNS - borne_out
        for sign in sorted(new | (taken.unread - self.before.unread)):
            yield Sin("invented-sign", sign)
        for piece in taken.asked:
            known = piece.text in SMALL | ASKING or self._is_known(piece.text)
            named = _is_named(piece.shown)
            if not known or (named and not self._is_shown(piece.shown)):
                yield Sin("invented-name" if named else "invented-word", piece.shown)

    def _new_word(self, piece: Piece, taken: Taken, pool: list[str]) -> Iterator[Sin]:
        word = piece.text
        own = _taken_out(word, pool)
        joined = _is_joined(word, self.before.pieces)
        plain = piece.opens and piece.shown[1:].islower()
        if _is_named(piece.shown) and not plain and not self._is_shown(piece.shown):
            yield Sin("invented-name", piece.shown)
            return
        if word in _WAYS and not own and not self.is_objective:
            ways = {self.before.reading.direction, taken.reading.direction}
            if ways != {word}:
                yield Sin("turned", word)
        if own or joined or word in SMALL or word in TURNING or self._is_borne_out(word, taken):
            return
        if self._is_known(word):
            yield Sin("moved-word", piece.shown)
        else:
            named = _is_named(piece.shown) and not piece.opens
            yield Sin("invented-name" if named else "invented-word", piece.shown)

    def _is_known(self, word: str) -> bool:
        return not forms(word).isdisjoint(self.known.forms)

    def _is_shown(self, word: str) -> bool:
        return word.removesuffix("'s") in self.known.shown

    def _is_borne_out(self, word: str, taken: Taken) -> bool:
        """Say whether the numbers of a key result bear a word out: "rises" from 3 to 5."""
        if self.is_objective:
            return False
        reading, lemma = self.before.reading, LEMMA_OF.get(word, word)
        if any(word in _BOUNDS[sign].split() for sign in self.before.signs & _BOUNDS.keys()):
            return True
        if word in COUNTED:
            return bool(taken.blanks)
        if word in COUNTS:
            return reading.unit in (None, "count")
        if word in SHARES:
            return reading.unit in ("%", "ratio")
        if lemma in RISES or lemma in FALLS:
            way = "up" if lemma in RISES else "down"
            return reading.direction == way and taken.reading.direction == way
        if word in NOWS:
            return taken.reading.baseline is not None or bool(taken.blanks)
        if lemma in ENDS:
            return reading.target is not None and reading.direction in (None, "reach", "up")
        return lemma in MOVES and _FROM.search(taken.folded) is not None

    def _lost_words(self) -> Iterator[Sin]:
        kept = [each.text for taken in self.after for each in (*taken.pieces, *taken.asked)]
        pool = list(kept)
        missed = [each for each in self.before.words if not _taken_out(each.text, pool)]
        for piece in missed:
            if self._is_gone(piece.start) or piece.text in TURNING or piece.text in kept:
                continue
            if _is_within(piece.text, kept) or self._may_go(piece):
                continue
            named = _is_named(piece.shown) and not piece.opens
            yield Sin("lost-name" if named else "lost-word", piece.shown)

    def _may_go(self, piece: Piece) -> bool:
        if piece.whole in EMPTY:
            return True
        if piece.text in _NEARLY and any(
            f.criterion == "approximate-target" for f in self.findings
        ):
            return True
        if self.is_objective:
            return False
        lemma, verb = LEMMA_OF.get(piece.text, piece.text), self.before.reading.parts.get("verb")
        leads = verb is not None and verb.start <= piece.start < verb.end
        if leads and lemma in RISES | FALLS | MOVES | ENDS | {"improve", "boost"}:
            return self.before.reading.kind == "metric"
        if self.before.change is not None and leads:
            return True
        if leads and self.is_work:  # "[what changes once the app is there]"
            return all(taken.folded.startswith(BLANK) for taken in self.after)
        return piece.text in NOWS | COUNTS

    # what words mean together

    def _bindings(self, taken: Taken) -> Iterator[Sin]:
        """Hold each word to the preposition before it, and to what that ties it to."""
        yield from self._strange_ties(taken)
        ties = tuple(_ties(taken))
        loose = [each.text for each in taken.pieces if not each.before and each.fact is None]
        for _, before, word, start in _ties(self.before):
            verbal = (before == "to" and word in LEMMA_OF) or self._follows_gone(start)
            if before == "per" or verbal:
                continue
            still = any(alike(word, each[2]) for each in ties)
            if not still and any(alike(word, each) for each in loose):
                yield Sin("rebound", word)

    def _strange_ties(self, taken: Taken) -> Iterator[Sin]:
        own = tuple(_ties(self.before))
        for tied, before, word, _ in _ties(taken):
            same = [each for each in own if each[1] == before and alike(each[2], word)]
            if before == "per" and word in PERIODS:
                continue  # "a week" in the line
            if not same:
                yield Sin("rebound", f"{before} {word}")
            elif not any(alike(tied, each[0]) for each in same) and any(
                each[1] == before and alike(tied, each[0]) for each in own
            ):
                yield Sin("rebound", f"{tied} {before} {word}")

    def _follows_gone(self, start: int) -> bool:
        """Say whether the words right before a place are ones that may go: "try to get"."""
        ahead = [each.start for each in self.before.pieces if each.start < start]
        return any(self._is_gone(at) for at in ahead[-2:])

    def _turns(self) -> Iterator[Sin]:
        now = Counter(pair for taken in self.after for pair in _turning(taken, lambda _: False))
        asked = {each.text for taken in self.after for each in taken.asked}
        found = []
        for gone in (self._is_gone, lambda _: False):  # words that may go may stay
            was = Counter(_turning(self.before, gone))
            new = now - was
            if len(self.after) > 1:
                new = Counter({pair: count for pair, count in new.items() if pair not in was})
            if self.before.signs & _BOUND_SIGNS:  # "≥" is "at least", and bounds are compared
                new = Counter({pair: n for pair, n in new.items() if pair[0] not in _AT})
            lost = [pair for pair in was - now if pair[0] not in asked]
            found.append([Sin("turned", word) for word, _ in (*new, *lost)])
        yield from min(found, key=len)

    def _order(self, taken: Taken) -> Iterator[Sin]:
        """Hold words to their order, and beside two measures numbers too.

        A phrase that keeps the preposition before it may move as a whole.
        """
        strict = self.before.measures > 1
        for (at, first, moved), (then, second, moved_too) in combinations(self._places(taken), 2):
            number = first.fact is not None or second.fact is not None
            if at > then and (strict or not (number or moved or moved_too)):
                yield Sin("reordered", f"{first.shown} {second.shown}")
                return
        if len(self.after) == 1:
            yield from self._order_of_numbers(taken)

    def _order_of_numbers(self, taken: Taken) -> Iterator[Sin]:
        """Numbers that are the same thing to a line stay in their order: "9 am", "7 pm"."""
        was, now = _by_role(self.before), _by_role(taken)
        for role, values in was.items():
            if (
                sorted(values, key=str) == sorted(now.get(role, []), key=str)
                and values != now[role]
            ):
                yield Sin("reordered", " ".join(map(str, values)))

    def _places(self, taken: Taken) -> list[tuple[int, Piece, bool]]:
        """Return where the words and numbers of a wording stand in the line, in its own order.

        With each comes whether it stands in a phrase with a preposition, the same in both.
        """
        free = LIGHT if self.is_objective else LIGHT | RISES | FALLS | MOVES | ENDS
        pool = [
            (at, each)
            for at, each in enumerate(self.before.pieces)
            if each.text not in SMALL | BINDING and LEMMA_OF.get(each.text, each.text) not in free
        ]
        places = []
        phrase: tuple[int, int] | None = None  # the stretch that moved, here and in the line
        for piece in taken.pieces:
            hit = next((each for each in pool if _is_same(each[1], piece)), None)
            if hit is None:
                continue
            pool.remove(hit)
            here = piece.group, hit[1].group
            if piece.before and hit[1].before == piece.before:
                phrase = here
            places.append((*hit, here == phrase))
        return places

    def _parting(self) -> Iterator[Sin]:
        """A split line keeps each number with the words it stood among."""
        if len(self.after) < 2:
            return
        held = [{at for at, _, _ in self._places(taken)} for taken in self.after]
        shared = {at for n, one in enumerate(held) for other in held[n + 1 :] for at in one & other}
        stretches = [sorted(each - shared) for each in held]
        for one, other in pairwise(stretches):
            if not one or not other or one[-1] > other[0]:
                yield Sin("reordered", "")
        for taken in self.after:
            if not any(fact.role in ("target", "change") for _, _, fact in taken.facts):
                yield Sin("added-key-result")


def _turning(taken: Taken, gone: Callable[[int], bool]) -> Iterator[tuple[str, frozenset[str]]]:
    """Return each turning word with what it stands before, past words that are gone."""
    verb = taken.reading.parts.get("verb")
    held = [
        each
        for each in taken.pieces
        if each.text not in SMALL
        and not gone(each.start)
        and not (verb is not None and verb.start <= each.start < verb.end)
    ]
    for piece, after in pairwise((*held, None)):
        if piece is None or piece.fact is not None or piece.text not in TURNING:
            continue
        if not (piece.text in _WAYS and after is not None and after.fact):
            yield piece.text, _root(after.text) if after and not after.fact else frozenset()


def _ties(taken: Taken) -> Iterator[tuple[str, str, str, int]]:
    """Return what a preposition ties: the word before it, itself, the word after and its place."""
    tied = ""
    for piece in taken.pieces:
        if piece.fact is None and piece.text in SMALL | BINDING:
            continue
        if piece.before and piece.fact is None and piece.text not in TURNING:
            yield tied, piece.before, piece.text, piece.start
        tied = piece.text


def _by_role(taken: Taken) -> dict[str, list[float | str]]:
    found: dict[str, list[float | str]] = {}
    for _, _, fact in taken.facts:
        found.setdefault(fact.role, []).append(fact.value)
    return found


def _is_shared(fact: Fact) -> bool:
    return fact.is_date or fact.role in ("window", "duration", "name")


def _same_value(one: Fact, other: Fact) -> bool:
    return one.value == other.value


def _taken_out(word: str, pool: list[str]) -> bool:
    """Take a word, or a form of it, out of a pool; say whether there was one."""
    hit = word if word in pool else next((each for each in pool if alike(word, each)), None)
    if hit is not None:
        pool.remove(hit)
    return hit is not None


def _is_same(one: Piece, other: Piece) -> bool:
    if one.fact is not None or other.fact is not None:
        return one.fact == other.fact
    return alike(one.text, other.text)


def _root(word: str) -> frozenset[str]:
    return frozenset({min(forms(word), key=lambda form: (len(form), form))})


def _is_named(shown: str) -> bool:
    return shown != shown.lower()


def _is_joined(word: str, pieces: Sequence[Piece]) -> bool:
    """Say whether a word is two neighbours of the line in one: "sign ups" and "signups"."""
    texts = [each.text for each in pieces if each.fact is None]
    return any(alike(word, one + two) for one, two in pairwise(texts))


def _is_within(word: str, kept: Sequence[str]) -> bool:
    return any(alike(word, one + two) for one, two in pairwise(kept)) or any(
        each.startswith(word) and len(word) > 3 and any(alike(each, word + rest) for rest in kept)
        for each in kept
    )


_FROM = re.compile(rf"\bfrom (?:{BLANK}|.*\d)|→|->")
_FROM_BLANK = re.compile(
    rf"\bfrom {BLANK}|{BLANK} ?%? ?(?:→|->)|\((?:today|now|baseline):? {BLANK}"
)
