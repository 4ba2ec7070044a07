"""Verbs of a line, by what they ask for.

A verb counts by its position: "Cut launch-week incidents" cuts, it launches nothing, and in
"Support tickets reopened: 9 → 3" nobody supports.
"""

import re
from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from coach.reading.text import Word

VerbKind = Literal["raise", "lower", "reach", "keep", "ship", "effort", "hedge"]

_BY_KIND: dict[VerbKind, str] = {
    "raise": """accelerate advance amplify better boost broaden climb deepen double elevate
        enhance enlarge expand extend gain grow heighten improve increase jump lift
        maximise maximize multiply quadruple raise rise scale strengthen triple widen""",
    "lower": """alleviate avoid curb cut decline decrease diminish drop eliminate end eradicate
        fall halve lessen lower minimise minimize mitigate prevent reduce shorten shrink
        sink slash stop trim""",
    "reach": """accomplish achieve acquire attain attract beat become book bring close come
        convert earn exceed generate get go hit land meet move obtain pass reach receive
        save score secure sell sign surpass take win""",
    "keep": """cap continue ensure guarantee hold keep limit maintain preserve protect remain
        retain safeguard stabilise stabilize stay sustain uphold""",
    "ship": """activate add adopt announce archive assemble automate begin build buy centralise
        centralize certify code compile complete configure connect consolidate construct
        create decommission define deliver deploy deprecate design develop digitise
        digitize document draft embed enable enrich equip establish evolve extract fill
        finalise finalize finish form formalise formalize formulate hire implement
        initiate install institute integrate introduce launch make merge migrate
        modernise modernize onboard open overhaul package pilot port prepare print
        procure produce prototype provide provision publish purchase rebrand rebuild
        reconfigure recruit redesign redo refactor refresh relaunch release relocate
        rename renovate reorganise reorganize replace restructure retire revamp revise
        rewire rework rewrite roll script set ship simplify standardise standardize
        start switch transition translate unify unveil update upgrade write""",
    "effort": """accompany address advise advocate align analyse analyze answer apply appoint
        arrange assess assign assist attend audit baseline benchmark brainstorm call
        campaign carry celebrate champion check coach collaborate collect communicate
        compare conduct consult contact contribute cooperate coordinate correlate debate
        determine discuss distribute draw drive educate empower encourage engage
        evaluate examine execute facilitate fix focus follow foster gather guide handle
        help highlight host identify inform inspect interview invest investigate invite
        involve iterate join lead learn leverage liaise listen manage map market measure
        mentor monitor network nurture observe optimise optimize organise organize
        outline oversee participate perform plan post practise present prioritise
        prioritize process promote propose push read refine remediate report research
        resolve respond review run schedule scope select send serve share showcase
        source speak staff steer streamline study submit supervise support survey sync
        tackle talk teach test track train validate verify visit watch work""",
    "hedge": """aim aspire attempt consider endeavor endeavour experiment explore hope intend
        look seek strive try want""",
}
KIND_OF: dict[str, VerbKind] = {
    verb: kind for kind, listed in _BY_KIND.items() for verb in listed.split()
}

# Verbs that don't say which way until a particle or the numbers do.
NEUTRAL = frozenset(
    "better improve enhance bring come drive get go move push scale score take advance".split()
)

# A verb and its particle, where the two are a verb of their own.
_PHRASAL_BY_KIND: dict[VerbKind, str] = {
    "raise": """bring-up build-up come-up drive-up get-up go-up move-up push-up ramp-up scale-up
        speed-up step-up""",
    "lower": """bring-down come-down cut-back cut-down drive-down get-down get-rid go-down
        move-down phase-out push-down scale-back scale-down take-down wind-down""",
    "ship": """build-out clean-up close-out go-live kick-off put-in put-up roll-out set-up spin-up
        stand-up switch-off switch-on switch-over tidy-up""",
    "effort": """carry-out deal-with draw-up find-out focus-on follow-up get-involved look-after
        meet-with partner-with reach-out take-part team-up work-on work-with""",
    "keep": """make-sure""",
    "hedge": """look-at look-into plan-to push-for work-toward work-towards""",
}
_PHRASAL: dict[tuple[str, str], VerbKind] = {
    (verb, particle): kind
    for kind, listed in _PHRASAL_BY_KIND.items()
    for verb, _, particle in (phrase.partition("-") for phrase in listed.split())
}

_IRREGULAR = {
    "beat": "beats beating beaten", "become": "becomes becoming became",
    "begin": "begins beginning began begun", "bring": "brings bringing brought",
    "build": "builds building built", "buy": "buys buying bought", "come": "comes coming came",
    "cut": "cuts cutting", "draw": "draws drawing drew drawn",
    "drive": "drives driving drove driven", "fall": "falls falling fell fallen",
    "find": "finds finding found", "get": "gets getting got gotten",
    "go": "goes going went gone", "grow": "grows growing grew grown", "hit": "hits hitting",
    "hold": "holds holding held", "keep": "keeps keeping kept", "lead": "leads leading led",
    "learn": "learns learning learned learnt", "make": "makes making made",
    "meet": "meets meeting met", "oversee": "oversees overseeing oversaw overseen",
    "put": "puts putting", "read": "reads reading", "rebuild": "rebuilds rebuilding rebuilt",
    "redo": "redoes redoing redid redone", "rewrite": "rewrites rewriting rewrote rewritten",
    "rise": "rises rising rose risen", "run": "runs running ran", "seek": "seeks seeking sought",
    "sell": "sells selling sold", "send": "sends sending sent", "set": "sets setting",
    "shrink": "shrinks shrinking shrank shrunk", "sink": "sinks sinking sank sunk",
    "speak": "speaks speaking spoke spoken", "stand": "stands standing stood",
    "take": "takes taking took taken", "teach": "teaches teaching taught",
    "win": "wins winning won", "write": "writes writing wrote written",
}  # fmt: skip
_DOUBLED = frozenset("cap drop map plan ship spin stop submit trim".split())


def _forms(verb: str) -> list[str]:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb].split()
    if verb in _DOUBLED:
        return [verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
    if verb.endswith("e"):
        return [verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    third = "es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s"
    return [verb + third, verb + "ed", verb + "ing"]


_LEMMAS = {*KIND_OF, *(verb for verb, _ in _PHRASAL)}
LEMMA_OF: dict[str, str] = {form: verb for verb in sorted(_LEMMAS) for form in _forms(verb)}
LEMMA_OF.update((verb, verb) for verb in _LEMMAS)

# Verbs that may stand after what they move: those that need no object in any form ("tickets
# reopened fall from 9 to 3"), the others as participles ("waits cut from 9 to 3 days").
_MOVING = """beat climb come decline decrease double drop exceed fall go grow halve hit improve
    increase jump meet move quadruple reach remain rise shrink sink stay surpass triple"""
_MOVED = "boost bring cap cut hold keep lift limit lower maintain raise reduce shorten sustain trim"
AFTER_METRIC: dict[str, str] = {
    **{form: verb for verb in _MOVING.split() for form in (verb, *_forms(verb))},
    **{form: verb for verb in _MOVED.split() for form in _forms(verb) if form[-1] != "s"},
    "cut": "cut",
}
for _form in [form for form in AFTER_METRIC if form.endswith("ing")]:
    del AFTER_METRIC[_form]

# Words that may stand before the verb that leads a line.
_BEFORE = frozenset(
    "a also an and i i'll ideally in let let's maybe not now order our perhaps please possibly"
    " shall should team the then to us we we'll will would".split()
)
# Words after which no noun is meant by the word before: "support the branches", "focus on".
_OBJECT = frozenset(
    "a all an and another any at each every everybody everyone her his how it its more my new on"
    " or our some that the their them these this those us what when where whether which who why"
    " with your".split()
)
# Words that are nouns as often as verbs: what follows decides.
_NOUN_TOO = frozenset(
    "address advance answer audit book build call campaign cap cause check close coach code"
    " contact cut design document draft drop end engage fall focus form gain guide handle"
    " help highlight hit hold host increase interview invite jump land lead lift limit look map"
    " market measure mentor move network open package pass pilot plan port post practice present"
    " print process prototype push read release report research result return review rework rise"
    " roll run save scale schedule scope score script set share ship sign source staff start stop"
    " study support survey switch talk test track train transition update upgrade visit watch win"
    " work".split()
)
# The nouns that make one noun with the word before.
_COMPOUND = {
    first: frozenset(seconds.split())
    for first, seconds in {
        "answer": "rate rates time times quality",
        "audit": "cost costs finding findings score scores trail",
        "book": "sales value club",
        "build": "time times failure failures queue minute minutes pipeline pipelines quality cost",
        "call": "back backs centre center volume volumes time times quality waiting",
        "check": "in-time",
        "close": "rate rates time times",
        "code": "coverage quality review reviews health smells",
        "contact": "rate rates centre center centres centers form forms",
        "design": "review reviews system debt quality team teams error errors",
        "drive": "time times",
        "drop": "rate out outs",
        "help": "desk centre center page pages requests text",
        "hit": "rate rates",
        "hold": "time times",
        "host": "families schools cities",
        "launch": "week day date plan event events churn weekend month",
        "lead": "time times quality volume conversion response score",
        "market": "share shares value stalls",
        "measure": "of",
        "open": "rate rates role roles position positions ticket tickets rate house invoices cases"
        " days defects bugs issues",
        "pass": "rate rates mark",
        "plan": "accuracy adherence",
        "print": "quality run runs cost costs volume",
        "process": "time times cost costs quality",
        "release": "day days date dates note notes cycle cycles week train trains time times",
        "report": "time times quality errors readers",
        "response": "time times",
        "review": "time times wait waits cycle cycles score scores backlog rating ratings",
        "run": "time times rate",
        "save": "rate",
        "share": "of price prices",
        "sign": "up ups",
        "staff": "turnover absence absences costs survey satisfaction hours members engagement who"
        " signing trained",
        "start": "time times page date",
        "support": "ticket tickets desk desks request requests case cases call calls team teams"
        " hour hours load backlog contact contacts cost costs queue queues agent"
        " agents volume channel",
        "survey": "response responses result results score scores rate",
        "test": "coverage escape escapes result results suite suites time times run runs backlog"
        " failure failures user users reader readers flight flights drive drives purchase purchases"
        " phishing scores case cases fleet pumps painters",
        "track": "record",
        "train": "delay delays service services punctuality time times journeys",
        "visit": "rate length",
        "win": "rate rates",
        "work": "hour hours week weeks order orders day days injuries item items accidents",
    }.items()
}
_STAYS = frozenset("is are was were has stays remains".split())
# "Market awareness", "Support quality": a trade and what is measured of it.
_TRADES = frozenset("design market network plan process research staff support train visit".split())
_MEASURED = frozenset(
    "absence accuracy adoption attendance availability awareness churn confidence costs coverage"
    " duration efficiency engagement growth happiness income loyalty margin motivation"
    " participation performance presence prices productivity punctuality quality reliability"
    " retention revenue safety satisfaction security share speed stability turnover usage volume"
    " wellbeing".split()
)
_EVENTS = frozenset(
    "assemblies assembly calls campaign campaigns classes conference consultation consultations"
    " course courses day days demo demos discussions drills evening evenings event events fair"
    " fairs forum forums hackathon hackathons interview interviews lunch meeting meetings open"
    " retro retros retrospectives review reviews roadshow round rounds session sessions sync syncs"
    " talk talks town training trainings visits webinar webinars workshop workshops".split()
)
# Nouns that ask for a movement as their verbs do: "reduction of", "growth in".
NOMINALS = {
    "cut": "cut", "decline": "decline", "decrease": "decrease", "drop": "drop", "fall": "fall",
    "growth": "grow", "improvement": "improve", "increase": "increase", "reduction": "reduce",
    "rise": "rise", "shortening": "shorten", "strengthening": "strengthen",
}  # fmt: skip
_NO_ADVERBS = frozenset(
    "anomaly apply assembly bully butterfly comply daily early elderly family fly friendly hourly"
    " imply italy july likely monthly multiply nightly only orderly quarterly rally rely reply"
    " sly supply timely user-friendly weekly yearly".split()
)
_MOVES = frozenset("drop drops fall falls goes grow grows rise rises stay stays".split())
_CLAUSES = frozenset("for if so that to until when where which who".split())
_STATES = frozenset("are has have is was were".split())


_LEVEL = re.compile(r" (?:at|under|below|above|over|within|to|between) .{0,30}\d| steady\b")


class Verb(msgspec.Struct, frozen=True):
    """A verb of a line: lemma ("roll out"), kind and span."""

    lemma: str
    kind: VerbKind
    start: int
    end: int


def leading_verb(words: Sequence[Word], folded: str = "") -> Verb | None:
    """Return the verb that a line opens with, or None.

    `folded`, the line that the words come from, lets what stands between the words tell verbs
    from nouns.
    """
    if words and words[0].start > 1 and folded[words[0].start - 2 : words[0].start - 1].isdigit():
        return None  # "5 process workshops"
    for index, word in enumerate(words[:6]):
        nominal = NOMINALS.get(word.text)
        if nominal and index + 1 < len(words) and words[index + 1].text in ("of", "in"):
            return Verb(nominal, KIND_OF[nominal], word.start, word.end)
        verb = verb_at(words, index)
        if verb is not None:
            if _is_noun(words, index, verb, folded):
                return None
            if verb.lemma == "hold" and _is_event(words, index, folded):
                return replace(verb, kind="effort")
            return verb
        if word.text not in _BEFORE and not is_adverb(word.text):
            return None
        if word.text == "in" and (index + 1 == len(words) or words[index + 1].text != "order"):
            return None
    return None


def may_lead(word: str) -> bool:
    """Say, before looking closer, whether a line that opens with a word may open with a verb."""
    return word in LEMMA_OF or word in _BEFORE or word in NOMINALS or is_adverb(word)


def is_adverb(word: str) -> bool:
    """Say whether a word is an adverb of manner: "significantly", but not "reply" or "weekly"."""
    return word.endswith("ly") and word not in _NO_ADVERBS


def verb_at(words: Sequence[Word], index: int) -> Verb | None:
    """Return what the word at `index` says, with its particle, if it can be a verb."""
    word = words[index]
    lemma = LEMMA_OF.get(word.text)
    if lemma is None:
        return None
    if index + 1 < len(words):
        after = words[index + 1]
        kind = _PHRASAL.get((lemma, after.text))
        if kind is not None and after.start - word.end == 1:
            return Verb(f"{lemma} {after.text}", kind, word.start, after.end)
    if lemma not in KIND_OF:
        return None
    return Verb(lemma, KIND_OF[lemma], word.start, word.end)


def works_with(word: str, particle: str) -> bool:
    """Say whether a verb and its particle ask for work: "meet with", "set up"."""
    return _PHRASAL.get((LEMMA_OF.get(word, ""), particle)) in ("effort", "ship")


def _is_noun(words: Sequence[Word], index: int, verb: Verb, folded: str) -> bool:
    word = words[index]
    inflected = word.text != verb.lemma.partition(" ")[0]
    if inflected and word.text.endswith("s"):
        return True
    if index + 1 == len(words):
        return inflected or folded[word.end : word.end + 1] == ":"
    after = words[index + 1]
    if after.start - word.end > 1 or not after.text[0].isalpha():
        return folded[word.end : word.end + 1] == ":" or folded[word.end : word.end + 2] in (
            " →",
            " -",
        )
    if after.text in ("and", "or") and word.text in _NOUN_TOO:
        beyond = words[index + 2] if index + 2 < len(words) else None
        return beyond is None or beyond.text not in KIND_OF
    if after.text in _OBJECT or " " in verb.lemma:
        return False
    if inflected:
        moves = verb.kind in ("raise", "lower", "keep")
        return not moves or "→" in folded or "->" in folded or ": " in folded
    if index == 0 and word.text in _NOUN_TOO and after.text in _STAYS:
        return True
    if index == 0 and word.text in _TRADES and after.text in _MEASURED:
        return True
    if after.text == "of" or after.text in _COMPOUND.get(word.text, ()):
        return True
    return word.text in _NOUN_TOO and index == 0 and _is_stated(words, verb, folded)


def _is_stated(words: Sequence[Word], verb: Verb, folded: str) -> bool:
    """Say whether a line that opens with a noun-or-verb goes on as a statement about a noun."""
    clause = next((n for n, word in enumerate(words) if word.text in _CLAUSES), len(words))
    later = {word.text for word in words[2:clause]}
    if not later.isdisjoint(_MOVES):
        return True
    if verb.kind not in ("ship", "effort"):
        return False
    if not later.isdisjoint(_STATES) or (later and words[-1].text.endswith(("ed", "en"))):
        return True
    return "→" in folded or "->" in folded or ": " in folded or " from " in folded


def _is_event(words: Sequence[Word], index: int, folded: str) -> bool:
    """Say whether "hold" holds a meeting, not a level."""
    if any(word.text in _EVENTS for word in words[index + 1 : index + 6]):
        return True
    return not _LEVEL.search(folded, words[index].end + 2)
