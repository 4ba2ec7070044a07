"""What a key result is about: the verb that moves its metric, and the metric as a noun phrase."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

import msgspec

from coach.reading.cues import Lead, Sentence
from coach.reading.dates import When
from coach.reading.roles import DETERMINERS, DIFFERENCE
from coach.reading.text import Word
from coach.reading.verbs import (
    AFTER_METRIC,
    KIND_OF,
    LEMMA_OF,
    Verb,
    is_adverb,
    leading_verb,
    may_lead,
)

_LABEL = re.compile(
    r"[^\w\"(@]{0,4}(?:@[\w.-]{1,40}[:,]? )?"
    r"(?:(?:kr|key result|goal|metric|guardrail|counter-?metric|health metric|health"
    r"|committed(?: level)?|aspirational|stretch) ?\d{0,2} ?[:.)-] ?|\d{1,2}[.)] )?[^\w\"(+]{0,3}"
)
_LABELS_BEGIN = frozenset("acghkms")  # what opens with another letter has none
_BASELINE_OF = re.compile(r"base-?lines? (?:for|of) (?:the |our )?")
_TOPIC = re.compile(r"[^\d:→>(]{1,40}: (?=\D{4})")
_MOVED = re.compile(
    r"(?:fewer|less|more|lower|higher|shorter|up|down|better|faster|stays?|remains?|drops?|falls?"
    r"|rises?|at|under|below|above|over|no|not|from|reduced|increased|within)\b"
)
_PERIOD_FIRST = re.compile(r"(?:within|by|in|at|during|after|over|on|until)\b[^,:]{1,40}, ")
# Words that end a metric's phrase no more: what they lead to is a number or a movement.
_TAIL = frozenset(
    "a above after already an and are around as at back be been before being below between"
    " but by can currently do does down for from further go goes going has have in is it"
    " its just longer must never not now of on only or our over reaching should stand"
    " stands steady still than that the then to today under until up was were while"
    " will with within working would".split()
)
_HEAD = frozenset(
    "a an and fewer in its less more of our see so such that the their this to until we will"
    " your".split()
)
# Words between a number and what it counts: "or more night customers", "% fewer calls about …".
_AFTER_NUMBER = frozenset(
    "+ above additional and as baseline better decline decrease drop fewer from growth higher in"
    " increase less lower many more much of or over reduction rise under".split()
)
_WITHIN = frozenset("at for half in once over times twice within".split())
EACH = frozenset(("a", "an", "per", "each", "every", "/"))
PERIODS = frozenset(
    "day fortnight half-year hour minute month night quarter release season second shift sprint"
    " term user week weekend year".split()
)
_GERUNDS = frozenset(
    "boosting cutting decreasing doubling halving improving increasing lifting lowering raising"
    " reducing shortening".split()
)
_BE = frozenset("are be been is was we were".split())
_CLAUSE_VERBS = _GERUNDS | frozenset(
    verb for verb, kind in KIND_OF.items() if kind in ("raise", "lower", "keep", "reach")
)
_LINKS = frozenset(("and", "to", ",", ";", "by"))
_ABOUT_TO = frozenset(
    "ability able chance cost costs days effort hours minutes steps time willing".split()
)
_SO_THAT = frozenset(("so", "until"))


class Subject(msgspec.Struct, frozen=True):
    """The verb that a line opens with, the one that governs its metric, and the metric's span."""

    leading: Verb | None
    verb: Verb | None
    metric: tuple[int, int] | None


def find_subject(sentence: Sentence, numbers: Sequence[int]) -> Subject:
    """Return the verbs and metric of a line, whose `numbers` say where the metric starts and goes.

    The governing verb is the one that moves the metric: it stands right before the numbers
    ("tickets fall from 9 to 3"), in a clause of purpose ("launch the app to lift visits by 5 %"),
    or it leads.
    """
    until = min([_start(sentence, k) for k in numbers]) if numbers else _end(sentence)
    opens, until = _opening(sentence, until)
    leading, ahead = _ahead(sentence, opens, until)
    if not numbers:
        ahead = ahead[: _first_wish(ahead)]
    first = min([sentence.leads[k] for k in numbers], default=None, key=_by_start)
    colon = first is not None and "colon" in first.cues
    verb, stop = None, len(ahead)
    if not colon:
        steps = first is not None and not first.cues.isdisjoint(("up", "down"))
        verb, stop = _moving(ahead, numbered=first is not None, steps=steps)
    begin, governing = _governing(ahead[:stop], leading, numbered=first is not None)
    if not colon and not _SO_THAT.isdisjoint(sentence.texts):
        begin = max((n for n in range(begin, stop) if ahead[n].text in _SO_THAT), default=begin)
    inside = ahead[begin:stop]
    metric = None if _counts_behind(sentence, numbers) else _phrase(sentence, inside, whole=colon)
    if metric is None and numbers:
        metric = _behind(sentence, numbers) or _phrase(sentence, inside, whole=colon)
    base = metric and _BASELINE_OF.match(sentence.folded, *metric)
    if metric and base and base.end() < metric[1]:
        metric = base.end(), metric[1]
    return Subject(leading, verb or governing, metric)


def _by_start(lead: Lead) -> int:
    return lead.start


def _ahead(sentence: Sentence, opens: int, until: int) -> tuple[Verb | None, Sequence[Word]]:
    """Return the verb that leads, and the tokens from there to the numbers, in one sentence."""
    tokens = sentence.tokens
    first = bisect_left(tokens, opens, key=_STARTS) if opens else 0
    last = bisect_right(tokens, until, lo=first, key=_ENDS)
    leading = None
    opener = first
    while opener < len(tokens) and not tokens[opener].text[0].isalpha():
        opener += 1
    if opener < len(tokens) and may_lead(tokens[opener].text):
        words = [token for token in tokens[opener:] if token.text[0].isalpha()]
        leading = leading_verb(words, sentence.folded)
    ahead = tokens[first:last]
    if "." in sentence.texts:
        ahead = ahead[_last_sentence(sentence.text, ahead) :]
    return leading, ahead


_STARTS, _ENDS = attrgetter("start"), attrgetter("end")


def _opening(sentence: Sentence, until: int) -> tuple[int, int]:
    """Return where a line's own words begin, past its label and a clause of time, and end.

    A topic before a colon is a label too ("Quality: bugs found from 9 to 3"), unless only its
    movement follows ("Bugs found: fewer than last year").
    """
    folded = sentence.folded
    start = 0
    if not folded[:1].isalpha() or folded[0] in _LABELS_BEGIN:
        label = _LABEL.match(folded)
        start = label.end() if label else 0
    topic = _TOPIC.match(folded, start) if ": " in folded else None
    if topic and topic.end() < until:
        if _MOVED.match(folded, topic.end()):
            return start, topic.end() - 2
        start = topic.end()
    clause = _PERIOD_FIRST.match(folded, start) if ", " in folded else None
    return (clause.end() if clause and clause.end() < until else start), until


def _last_sentence(text: str, words: Sequence[Word]) -> int:
    """Return where the last of several sentences begins: "Portal live. Visits from 9 to 20"."""
    for index in range(len(words) - 1, 1, -1):
        if words[index - 1].text == "." and text[words[index].start].isupper():
            return 0 if words[index - 2].text in ("vs", "approx", "ca", "no", "st", "dr") else index
    return 0


def _first_wish(words: Sequence[Word]) -> int:
    """Return where the first of several wishes ends: "raise income and cut costs"."""
    for index in range(2, len(words) - 1):
        if words[index].text == "while":
            return index
        if words[index].text == "and" and KIND_OF.get(words[index + 1].text) in ("raise", "lower"):
            return index
    return len(words)


def _start(sentence: Sentence, k: int) -> int:
    """Return where the words that lead to a number begin: its noun's, where that names it."""
    amount = sentence.amounts[k]
    if amount.shape == "name" and amount.first:
        return sentence.tokens[amount.first - 1].start
    return sentence.leads[k].start


def _end(sentence: Sentence) -> int:
    """Return where the words of a line without numbers end: before its closing date, if any."""
    if sentence.dates and sentence.dates[-1].start:
        return sentence.dates[-1].start
    return len(sentence.folded)


def _moving(ahead: Sequence[Word], *, numbered: bool, steps: bool) -> tuple[Verb | None, int]:
    """Return the verb that the words end in, and how many words stand before it.

    With `steps` ("up 20 %") or without numbers, a verb that keeps is none: "overnight stays up",
    "training held".
    """
    for index in range(len(ahead) - 1, 0, -1):
        word, before = ahead[index], ahead[index - 1].text
        lemma = AFTER_METRIC.get(word.text)
        if lemma is not None:
            kind = KIND_OF[lemma]
            past_for = index + 1 < len(ahead) and ahead[index + 1].text == "for"
            keeps_nothing = kind == "keep" and (steps or past_for or not numbered)
            aims = kind == "reach" and word.text == lemma and before == "to"
            if keeps_nothing or aims or before in DETERMINERS:
                break
            return Verb(lemma, kind, word.start, word.end), index
        if word.text not in _TAIL and not is_adverb(word.text):
            break
    return None, len(ahead)


def _governing(
    ahead: Sequence[Word], leading: Verb | None, *, numbered: bool
) -> tuple[int, Verb | None]:
    """Return where the metric begins behind the verb that governs it, and that verb."""
    begin = 0
    if leading is not None:
        begin = sum(word.end <= leading.end for word in ahead)
    if numbered and (leading is None or leading.kind not in ("raise", "lower")):
        for index in range(len(ahead) - 1, max(begin, 1) - 1, -1):
            if ahead[index].text not in _CLAUSE_VERBS:
                continue
            verb = _clause_verb(ahead, index, leading)
            if verb is not None:
                return index + 1, verb
    return begin, leading


def _clause_verb(ahead: Sequence[Word], index: int, leading: Verb | None) -> Verb | None:
    word, link = ahead[index], ahead[index - 1].text
    if word.text in _GERUNDS and link not in _BE and (leading or link in ("by", "while", ",")):
        lemma = LEMMA_OF[word.text]
        return Verb(lemma, KIND_OF[lemma], word.start, word.end)
    if link not in _LINKS or word.text in _GERUNDS:
        return None
    kind = KIND_OF[word.text]
    before = ahead[index - 2].text if index > 1 else ""
    if link == "to":
        led = leading is not None and leading.kind in ("ship", "effort", "hedge", "keep")
        if before in _ABOUT_TO or (kind in ("keep", "reach") and not led):
            return None
    elif leading is None or kind not in ("raise", "lower"):
        return None
    return Verb(word.text, kind, word.start, word.end)


def _phrase(sentence: Sentence, words: Sequence[Word], *, whole: bool) -> tuple[int, int] | None:
    """Return the span of a noun phrase without the words that only lead on from or to it."""
    first, last = 0, len(words)
    dated = [(when.start, when.end) for when in sentence.dates if _closes(when, whole=whole)]
    while last:
        word = words[last - 1]
        while dated and dated[-1][0] > word.start:
            dated.pop()
        if not (_trails(word, whole) or (dated and word.start < dated[-1][1])):
            break
        last -= 1
    while first < last and (words[first].text in _HEAD or not _opens(words[first])):
        first += 1
    return (words[first].start, words[last - 1].end) if first < last else None


def _closes(when: When, *, whole: bool) -> bool:
    """Say whether a date at the end of a metric's words is no part of it."""
    if whole:
        return when.before in ("before", "by", "till", "until")
    return when.before not in ("after", "since")


def _trails(word: Word, whole: bool) -> bool:
    if not (word.text[0].isalnum() or word.text in ")\"%'!?" or word.text == "+"):
        return True
    return not whole and (word.text in _TAIL or is_adverb(word.text))


def _opens(word: Word) -> bool:
    return word.text[0].isalnum() or word.text in "\"'(#%€$£"


def _counts_behind(sentence: Sentence, numbers: Sequence[int]) -> bool:
    """Say whether what is counted follows: "a 15 % reduction in noise", "a beta with 50 users"."""
    if not numbers:
        return False
    if sentence.before(numbers[0]) == "with" and len(numbers) == 1:
        return True
    after = sentence.after(numbers[0])
    return len(after) > 2 and after[0] in DIFFERENCE and after[1] in ("in", "of")


def _behind(sentence: Sentence, numbers: Sequence[int]) -> tuple[int, int] | None:
    """Return the noun phrase after a number: "90 % of tickets answered within a day"."""
    words = sentence.tokens
    stops = {when.start for when in sentence.dates if _closes(when, whole=False)}
    stops |= {sentence.leads[k].start for k in numbers}
    stops.update(
        words[lead.before].start
        for lead in sentence.leads
        if lead.before >= 0 and words[lead.before].text in ("with", "while")
    )
    for k in numbers:
        first = sentence.amounts[k].last + 1
        while first < len(words) and words[first].text in _AFTER_NUMBER:
            first += 1
        last = first
        while last < len(words) and not (words[last].start in stops or _ends(words, last)):
            last += 1
        phrase = _phrase(sentence, words[first:last], whole=False)
        if phrase is not None:
            return phrase
    return None


def _ends(words: Sequence[Word], index: int) -> bool:
    """Say whether a noun phrase behind a number ends: at a sign, "per", "a month"."""
    text = words[index].text
    if text in ",;().→-+/" or text == "per":
        return True
    if text not in ("a", "an") or index + 1 == len(words) or words[index - 1].text in _WITHIN:
        return False
    return words[index + 1].text in PERIODS
