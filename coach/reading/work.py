"""What a key result asks to be done, where it doesn't say what should change.

"Train 140 drivers", "Train the drivers", "Training platform launched" and "Training is in place"
are four kinds of work: counted, an activity, a thing shipped, and a state that is there or not.
A line whose numbers measure an effect is no work, whatever its verb.
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from coach.assessment import Reading
from coach.reading.text import Word
from coach.reading.verbs import KIND_OF, LEMMA_OF, Verb, verb_at

WorkKind = Literal["activity", "deliverable", "count", "binary", "milestone"]


class Work(NamedTuple):
    """The kind of work, the words that say it, and whether an effect is measured beside it."""

    kind: WorkKind
    start: int
    end: int
    measured: bool = False


def work_of(folded: str, words: Sequence[Word], verb: Verb | None, reading: Reading) -> Work | None:
    """Return the work that a key result's line asks for; None where it asks for a change."""
    if verb is None and reading.baseline is not None and reading.target is not None:
        return None
    if _COMPARED.search(folded):
        return None
    end = _end(folded)
    leading = _behind_hedge(words, verb)
    if leading is not None:
        return _asked(folded, words, leading, reading, end)
    return _told(folded, words, reading, end) or _commanded(folded, words, reading, end)


# --- a verb leads: "Train 140 drivers" ------------------------------------------------------


def _asked(
    folded: str, words: Sequence[Word], verb: Verb, reading: Reading, end: int
) -> Work | None:
    counted = _COUNT_AFTER_VERB.match(folded, verb.end)
    if counted and reading.baseline is None and _counts_work(folded, verb):
        return Work("count", verb.start, end)
    effect = _has_effect(reading, counted)
    if verb.kind in ("effort", "ship") and counted and not effect:
        return None if _PEOPLE_WON.match(folded, counted.end()) else Work("count", verb.start, end)
    if verb.lemma in _WISHING and not counted:
        return None
    if verb.lemma in _COLLECTING and _WON.search(folded, verb.end):
        return None
    if verb.kind == "effort" or verb.lemma in _EVENT_VERBS:
        if verb.lemma in _EVENT_VERBS and not _EVENT.search(folded, verb.end):
            return None
        if effect and verb.lemma not in _COLLECTIVE:
            return None
        return Work("activity", verb.start, _object_end(folded, end), measured=effect)
    if verb.kind == "ship":
        if effect or _FASTER.search(folded):
            return None
        if verb.lemma in _SERVING:
            return Work("activity", verb.start, end)
        return Work("deliverable", verb.start, end)
    if verb.kind == "keep":
        return _kept_up(folded, words, verb, end)
    if verb.kind == "reach" and not effect:
        return _reached(folded, verb, reading, end)
    return None


def _counts_work(folded: str, verb: Verb) -> bool:
    """Say whether a verb that can also move a number asks for work: "hold 9 workshops"."""
    return verb.lemma in _MOVED or (verb.lemma in _EVENT_VERBS and bool(_EVENT.search(folded)))


def _commanded(folded: str, words: Sequence[Word], reading: Reading, end: int) -> Work | None:
    """Read a verb that no list knows by its place: "Plant 900 trees", "Translate the leaflets"."""
    if reading.baseline is not None or reading.change is not None or not words:
        return None
    first = words[0]
    if first.start or first.text in _NO_VERB or first.text.endswith(("s", "ed", "ing", "er")):
        return None
    kind = KIND_OF.get(first.text)
    if kind not in (None, "ship", "effort"):
        return None
    counted = _COUNT_AFTER_VERB.match(folded, first.end)
    if counted and not _has_effect(reading, counted):
        return Work("count", 0, end)
    if reading.target is not None or _CHANGE.search(folded) or not _OBJECT.match(folded, first.end):
        return None
    return Work("activity" if kind == "effort" else "deliverable", 0, end)


def _kept_up(folded: str, words: Sequence[Word], verb: Verb, end: int) -> Work | None:
    """Read "continue holding exit interviews": work that goes on."""
    for index, word in enumerate(words):
        if word.start < verb.end:
            continue
        lemma = LEMMA_OF.get(word.text, "")
        gerund = word.text.endswith("ing") or word.text == lemma
        if gerund and (KIND_OF.get(lemma) == "effort" or lemma in _EVENT_VERBS):
            if lemma in _EVENT_VERBS and not _EVENT.search(folded, word.end):
                return None
            return Work("activity", word.start, end)
        if word.text != "to" or index > 2:
            return None
    return None


def _reached(folded: str, verb: Verb, reading: Reading, end: int) -> Work | None:
    if reading.target is not None:
        return None
    if _GRANTED_THING.search(folded, verb.end):
        return Work("milestone", verb.start, end)
    if _FEEDBACK.search(folded, verb.end):
        return Work("activity", verb.start, end)
    return None


def _has_effect(reading: Reading, counted: re.Match[str] | None) -> bool:
    """Say whether the line's numbers measure more than the work itself."""
    if reading.change is not None or reading.baseline is not None:
        return True
    if reading.target is None:
        return False
    if counted is None:
        return True
    target = reading.parts.get("target")
    return target is not None and not counted.start() <= target.start < counted.end()


def _behind_hedge(words: Sequence[Word], verb: Verb | None) -> Verb | None:
    """Return the verb that a hedge stands before: "try to train …" trains."""
    if verb is None or verb.kind != "hedge":
        return verb
    after = [index for index, word in enumerate(words) if word.start >= verb.end][:3]
    for index in after:
        found = verb_at(tuple(words), index)
        if found is not None:
            return found
    return verb


_EVENT_VERBS = frozenset("hold run host organise organize conduct attend".split())
_SERVING = frozenset("provide start begin enable".split())
_COLLECTIVE = frozenset(
    "work help support participate collaborate cooperate coordinate attend assist focus discuss"
    " facilitate liaise contribute".split()
) | {"work with", "work on", "take part", "focus on", "meet with", "get involved"}
_COUNT_AFTER_VERB = re.compile(
    r" (?:with |at least |up to |around |another |over |more than |a (?:total|minimum) of |all )?"
    r"(?:\d[\d.,' ]*[km]?\+?|two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen) ?"
    r"(?=[a-z\"(&/-])(?!of \d|in \d|%|percent|points|pp\b|x\b|times\b|hours?\b|minutes?\b|days?\b"
    r"|ms\b|s\b|weeks?\b|months?\b)"
)
# "Acquire", "win" and the like count people won, not work; so do these after other verbs.
_PEOPLE_WON = re.compile(r"(?:new )?(?:paying |active )?(?:customers|subscribers|clients)\b")
_NO_VERB = frozenset(
    "all every each no more fewer less most half both of in on at by with for when at the a an one"
    " only under over per from up down as if once after before while".split()
)
_OBJECT = re.compile(r" (?:the|a|an|all|our|new|every|each|results|findings)\b")
_MOVED = frozenset("move convert transfer shift".split())
# What they ask for is a change, however vague: "drive adoption" wants a number, not a plan.
_WISHING = frozenset("drive push optimise optimize leverage streamline".split())
_COLLECTING = frozenset("collect gather".split())
_WON = re.compile(r"\b(?:leads?|donations?|orders?|pledges?|subscriptions?|payments?|deposits?)\b")
_EVENT = re.compile(
    r"\b(?:meetings?|trainings?|workshops?|sessions?|calls?|reviews?|interviews?|events?|webinars?"
    r"|presentations?|discussions?|syncs?|stand-?ups?|conferences?|evenings?|talks?|demos?|visits?"
    r"|courses?|campaigns?|surveys?|retros?(?:pectives?)?|roadshows?|drills?|classes|days?|lunch\w*"
    r"|tests?|audits?|hackathons?|fairs?|assembl(?:y|ies)|forums?|rounds?|group|community|program\w*)\b"
)
_FASTER = re.compile(
    r"\b(?:faster|better|happier|cheaper|quicker|smoother|easier|simpler|stronger|safer|healthier"
    r"|sooner|friendlier)\b"
)
_FEEDBACK = re.compile(r"\b(?:feedback|insights?|input|ideas|opinions|buy-in|alignment)\b")
_GRANTED_THING = re.compile(
    r"\b(?:certificat\w+|approval|clearance|accreditation|licen[cs]e|permit|patent|audit|grant"
    r"|funding|series [a-d]\b|compliance|soc ?2|iso|authori[sz]ation|registration|award)\b"
)


# --- a statement: "Neighbours trained: 150", "Portal launched" ------------------------------


def _told(folded: str, words: Sequence[Word], reading: Reading, end: int) -> Work | None:
    if "work" in reading.parts:
        return Work("count", 0, end)
    if reading.target is None and _GRANTED.search(folded):
        return Work("milestone", 0, end)
    if reading.change is not None or reading.baseline is not None or reading.direction == "hold":
        return _by_participle(folded, _predicate(words, end), end) if _is_event(folded) else None
    if folded.startswith("be ") and reading.target is None:
        return Work("binary", 0, end) if _BE.match(folded) else None
    said = _predicate(words, end)
    if _NUMBER_FIRST.match(folded):
        return _number_first(folded, said, end)
    if reading.target is not None:
        return _counted_people(said, reading, end)
    if _PHRASAL_DONE.search(folded):
        return Work("deliverable", 0, end)
    if _CHANGE.search(folded):
        return None
    if _HAPPENS.search(folded) or _REGULAR.match(folded):
        return Work("activity", 0, end)
    if _LIVE.search(folded):
        return Work("deliverable", 0, end)
    state = _STATE.search(folded)
    if state:
        return Work("binary", state.start(), state.end())
    return _by_participle(folded, said, end)


def _is_event(folded: str) -> bool:
    """Say whether a meeting or the like is held, rather than a number held where it is."""
    return _HELD.search(folded) is not None and _EVENT.search(folded) is not None


def _by_participle(folded: str, said: Word | None, end: int) -> Work | None:
    if said is None:
        return None
    lemma = LEMMA_OF.get(said.text, "")
    if lemma in _DONE_OR_NOT or said.text in _DONE_OR_NOT:
        return Work("binary", 0, end)
    if said.text in _FELT:
        return None
    if lemma == "establish" and _ABSTRACT.search(folded):
        return Work("binary", 0, end)
    if lemma in _EVENT_VERBS and _EVENT.search(folded):
        return Work("activity", 0, end)
    kind = KIND_OF.get(lemma)
    if kind == "ship" or said.text in _SHIPPED:
        return Work("deliverable", 0, end)
    if kind == "effort":
        whole = folded.startswith(("all ", "every ", "each "))
        return Work("binary" if whole else "activity", 0, end)
    if kind is None and said.text.endswith("ed") and said.end >= end:
        return Work("deliverable", 0, end)
    return None


def _number_first(folded: str, said: Word | None, end: int) -> Work | None:
    if said is not None:
        lemma = LEMMA_OF.get(said.text, "")
        if lemma in _DONE_OR_NOT or said.text in _DONE_OR_NOT or said.text in _SHIPPED:
            return Work("count", 0, end)
        if KIND_OF.get(lemma) in ("ship", "effort") or lemma in _EVENT_VERBS:
            return Work("count", 0, end)
    return Work("count", 0, end) if _OUTPUT.search(folded) else None


def _counted_people(said: Word | None, reading: Reading, end: int) -> Work | None:
    """Read "Neighbours trained: 150" and "Staff trained: 95 %": work, counted or as a share."""
    if said is None:
        return None
    lemma = LEMMA_OF.get(said.text, "")
    counted = _TAUGHT if reading.unit == "%" else _TAUGHT | _PRODUCED
    return (
        Work("count", 0, end) if lemma in counted and reading.unit in (None, "%", "count") else None
    )


def _predicate(words: Sequence[Word], end: int) -> Word | None:
    """Return the participle that a statement ends in, past its closing adverbs and places."""
    for index in range(len(words) - 1, 0, -1):
        word = words[index]
        if word.start >= end:
            continue
        if word.text in _SHIPPED or word.text in _DONE_OR_NOT or _PARTICIPLE.search(word.text):
            known = word.text in LEMMA_OF or word.text in _SHIPPED or word.text in _DONE_OR_NOT
            if known or (word.text.endswith("ed") and word.end >= end):
                return word
    return None


_COMPARED = re.compile(r"\((?:today|now|currently|so far|instead of)[^)]*\d")
_PHRASAL_DONE = re.compile(
    r"\b(?:cleaned|set|rolled|switched|phased|moved|closed|put|tidied|sorted|built|handed|wound)"
    r" (?:up|out|off|over|down)\b(?! (?:by|to|from)|\d)"
)
_REGULAR = re.compile(
    r"(?:regular|weekly|daily|monthly|ongoing|close|closer|continuous|frequent|active) (?:\w+ )?"
    r"(?:exchange|meetings?|dialogue|cooperation|co-operation|collaboration|coordination|contact"
    r"|communication|support|trainings?|workshops?|participation|sessions?|check-ins?|reviews?"
    r"|calls?|syncs?|updates?|talks|involvement)\b"
)
_BE = re.compile(
    r"be (?:\w+ly )?(?:\w+[- ])?(?:compliant|certified|ready|listed|registered|accredited|live"
    r"|profitable|present|represented|connected|insured|staffed|operational|licensed)\b"
)
_HELD = re.compile(r"\bheld(?! (?:at|to|under|below|above|over|by|steady))\b")
_PARTICIPLE = re.compile(r"(?:ed|en|wn|nt|ought|aught|ilt|old|eld|ut|un|ade|one)$")
_SHIPPED = frozenset(
    "shipped released live rolled launched cleaned shared sent printed moved switched transferred"
    " connected equipped".split()
)
_DONE_OR_NOT = frozenset(
    "done complete finish finalise finalize approved booked signed agreed confirmed decided"
    " certified obtained finalised finalized completed finished selected chosen reached appointed"
    " clarified determined staffed resolved settled".split()
)
_FELT = frozenset(
    "satisfied motivated engaged informed empowered optimised optimized improved enhanced"
    " strengthened simplified streamlined reduced increased raised deepened boosted inspired"
    " connected supported valued convinced interested involved prepared respected excited".split()
)
_TAUGHT = frozenset(
    "train support coach contact visit inform interview survey educate teach mentor advise"
    " consult".split()
)
_PRODUCED = frozenset(
    "onboard publish write create migrate launch ship send audit review hold host organise"
    " organize conduct document test present share".split()
)
_NUMBER_FIRST = re.compile(
    r"(?:at least |up to |over )?\d[\d.,']*[km]?\+? (?!%|percent|of \d|in \d)[a-z]"
)
_OUTPUT = re.compile(
    r"^\D{0,12}\d[\d.,']*[km]?\+? (?:\w+[ -]){0,3}(?:interviews?|workshops?|trainings?|sessions?"
    r"|meetings?|posts?|articles?|reports?|newsletters?|campaigns?|events?|webinars?|features?"
    r"|releases?|demos?|calls?|visits?|e-?mails?|presentations?|videos?|surveys?|audits?|tests?"
    r"|documents?|pilots?|experiments?|blogs?|courses?|guides?|case studies|talks?)\b"
)
_CHANGE = re.compile(
    r"\b(?:up|down|more|fewer|less|higher|lower|better|faster|improv\w+|increas\w+|reduc\w+|rises?"
    r"|falls?|grows?|decreas\w+|drops?|than|shorter|longer|cheaper|happier)\b"
)
_HAPPENS = re.compile(
    r"\b(?:takes? place|happens?|is held|are held|occurs?|runs? (?:weekly|monthly))\b"
)
_LIVE = re.compile(
    r"\b(?:(?:goes|go|gone|is|are) (?:live|out|online)|live(?= by| in| on| for| at|$|[,.(;])|online"
    r"|up and running|operational|in production|available (?:to|for|in|on)"
    r"|open(?:s)? (?:on|in|at|by))\b"
)
_STATE = re.compile(
    r"\b(?:(?:is|are) )?(?:in (?:place|force|effect)|(?:is|are) (?:fully |completely )?"
    r"(?:ready|staffed|complete|compliant|done|established|defined|agreed|known|clear))\b"
)
_GRANTED = re.compile(
    r"\b(?:granted|awarded|accredited|accepts?|accepted|passed|approves|certifies|received|licensed"
    r"|(?:approved|signed|certified|confirmed) by)\b"
)
_ABSTRACT = re.compile(
    r"\b(?:awareness|culture|trust|understanding|collaboration|alignment|ownership|mindset|clarity"
    r"|transparency|presence|relationships?)\b"
)

# --- where a statement ends -----------------------------------------------------------------

_TAIL = re.compile(
    r"(?: by (?:the )?(?:end|\d|q[1-4]|h[12]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|summer"
    r"|winter|spring|autumn|christmas|easter|year|month|eoy|eoq)| (?:this|next) (?:quarter|year)"
    r"| before | in q[1-4]| if | \(|, )"
)
_PURPOSE = re.compile(r",? (?:to|in order to|so that|so) ")


def _end(folded: str) -> int:
    tail = _TAIL.search(folded, 3)
    return tail.start() if tail else len(folded.rstrip(" ."))


def _object_end(folded: str, end: int) -> int:
    purpose = _PURPOSE.search(folded, 12, end)
    return purpose.start() if purpose else end
