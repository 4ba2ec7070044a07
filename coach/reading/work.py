"""What a key result asks to be done, where it doesn't say what should change.

"Train 140 drivers", "Train the drivers", "Training platform launched" and "Training is in place"
are four kinds of work: counted, an activity, a thing shipped, and a state that is there or not.
A line whose numbers measure an effect is no work, whatever its verb; a line that wishes for a
change ("shorter queues", "drive adoption") is none either, it only lacks its number.

A request is read by its verb, a statement by the participle it ends in ("portal launched"), a bare
phrase by the noun that heads it ("introduction of digital files").
"""

import re
from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from coach.assessment import Reading
from coach.reading.metrics import asks_for_all
from coach.reading.objective import read_objective
from coach.reading.text import Word
from coach.reading.verbs import KIND_OF, LEMMA_OF, Verb, VerbKind, verb_at
from coach.reading.words import ADJECTIVE_TOO, NOUN_TOO, PREPOSITIONS, SHIPPED

WorkKind = Literal["activity", "deliverable", "count", "binary", "milestone"]


class Work(msgspec.Struct, frozen=True):
    """The kind of work, the words that say it, and whether an effect is measured beside it."""

    kind: WorkKind
    start: int
    end: int
    measured: bool = False


class _Found(msgspec.Struct, frozen=True):
    """A verb found by grammar; like `Verb`, but its kind may be unknown."""

    lemma: str
    kind: VerbKind | Literal["unknown"]
    start: int
    end: int


class _Line(msgspec.Struct, frozen=True):
    """A line on its way: `end` is where its statement ends, before dates, places and asides."""

    folded: str
    words: tuple[Word, ...]
    reading: Reading
    end: int

    @property
    def is_open(self) -> bool:
        """Whether no number says where it ends or how far it moves."""
        return self.reading.target is None and self.reading.change is None

    def work(self, kind: WorkKind, start: int = 0) -> Work:
        return Work(kind, start, self.end)


def compares(folded: str) -> bool:
    """Say whether a line sets something against today's, if not in a form that is read."""
    return _COMPARED.search(folded) is not None


def has_degree(folded: str) -> bool:
    """Say whether what is done is measured by how well: "complete the study with 95 % …"."""
    return _DEGREE.search(folded) is not None


def work_of(folded: str, words: Sequence[Word], verb: Verb | None, reading: Reading) -> Work | None:
    """Return the work that a key result's line asks for; None where it asks for a change."""
    found = _work_of(folded, words, verb, reading)
    if (found is None or found.measured) and folded[-1:] in _ENDS_A_NUMBER:
        end = _pasted_number(folded, reading)
        if end is not None:
            own = [word for word in words if word.end <= end]
            without = replace(reading, baseline=None, target=None, parts={})
            return _work_of(folded[:end], own, verb, without) or found
    return found


_ENDS_A_NUMBER = frozenset("0123456789)]")


def _pasted_number(folded: str, reading: Reading) -> int | None:
    """Return where a number begins that a line only ends in: "… (today 0)", "… 1, 2, 3"."""
    if reading.change is not None or (reading.baseline is not None and reading.target is not None):
        return None
    found = _TODAY.search(folded) or _BARE.search(folded)
    if found is None or any(map(str.isdigit, folded[: found.start()])):
        return None
    return None if folded[: found.start()].split()[-1] in _CUES else found.start()


# No number but these in their lines, and no word that leads on to them.
_TODAY = re.compile(r" ?\((?:today|now|currently) \d[^)]{0,12}\)$")
_BARE = re.compile(r"(?<=[a-z]) [\[(]?\d[\d.,]*(?:(?:,| ?→) ?\d[\d.,]*)*[\])]?$")
_CUES = frozenset(
    "above after at below by exceed exceeds for from hit hits is least most of over per reach"
    " reaches than to under until up within".split()
)


def _work_of(
    folded: str, words: Sequence[Word], verb: Verb | None, reading: Reading
) -> Work | None:
    company = _TOGETHER.match(folded) if verb is None else None
    if company:
        verb = Verb("work with", "effort", 0, company.end())
    line = _Line(folded, tuple(words), reading, _end(folded))
    # Where an effect is measured, only effort in company is told: "work with … to cut … from 9".
    together = verb is not None and verb.lemma in _COLLECTIVE
    together = together and not (verb and _BARE_OBJECT.match(folded, verb.end))
    if reading.baseline is not None and reading.target is not None and not together:
        return _counted_up(line, verb, reading.baseline, reading.target)
    if compares(folded) or asks_for_all(folded):
        return None
    leading = _behind_hedge(line, verb)
    if leading is not None and not _is_statement(line, leading):
        return _asked(line, leading)
    return _told(line)


# --- a verb leads: "Train 140 drivers" ------------------------------------------------------


def _asked(line: _Line, verb: Verb | _Found) -> Work | None:
    idiom = _EFFORT_IDIOM.match(line.folded, verb.start)
    counted = _COUNT_AFTER_VERB.match(line.folded, idiom.end() if idiom else verb.end)
    effect = _has_effect(line.reading, counted)
    kind = _kind_of(line, verb.lemma, verb.end, verb.kind)
    if counted and not effect:
        if kind in ("effort", "ship") and not _PEOPLE_WON.match(line.folded, counted.end()):
            return line.work("count", verb.start)
        hosted = kind in ("event", "move") or verb.lemma in _HOSTS
        if hosted or _OUTPUT_AFTER.match(line.folded, counted.end()):
            return line.work("count", verb.start)
    if effect:
        measured = kind == "effort" and verb.lemma in _COLLECTIVE
        end = _object_end(line.folded, line.end)
        return Work("activity", verb.start, end, measured=True) if measured else None
    if kind == "keep":
        return _kept_up(line, verb)
    if not line.is_open:
        return None
    if kind == "effort" or kind == "event":
        return line.work("activity", verb.start)
    if kind == "settle":
        return line.work("binary", verb.start)
    if kind == "ship" or kind == "move":
        wish = _BETTER.search(line.folded) or has_degree(line.folded)
        return None if wish else line.work("deliverable", verb.start)
    return _reached(line, verb)


_BARE_OBJECT = re.compile(
    r" (?:(?:the|our|a|all) (?:[\w'-]+ )?[\w'-]+|(?:how|what|where) [a-z' -]+?)"
    r"(?: from \d| ?:| ?\d)"
)


def _counted_up(line: _Line, verb: Verb | None, baseline: float, target: float) -> Work | None:
    """Read "Hold talks: 2 → 9" and "Rota in place: 0 → 1": work, with a number pasted on."""
    reading = line.reading
    ticked = baseline == 0 and target == (100 if reading.unit == "%" else 1)
    state = _STATE.search(line.folded)
    if state and (ticked or state[0].startswith("is ")) and not _OF_MANY.search(line.folded):
        return Work("binary", state.start(), state.end())
    if not ticked and (reading.unit not in (None, "count") or target < baseline or reading.per):
        return None
    leading = verb or _verb_by_grammar(line)
    if leading is None or _is_statement(line, leading):
        return None
    if verb is None and (leading.lemma in NOUN_TOO or leading.lemma in ADJECTIVE_TOO):
        return None
    kind = _kind_of(line, leading.lemma, leading.end, leading.kind)
    if kind == "ship":
        return line.work("deliverable" if ticked else "count", leading.start)
    if kind in ("effort", "event"):
        return line.work("activity" if ticked else "count", leading.start)
    return None


_OF_MANY = re.compile(r"\b(?:who|where|which|whose|with|share|number)\b")
_Asking = Literal["effort", "event", "ship", "move", "settle", "keep", "change"]


def _kind_of(line: _Line, lemma: str, end: int, known: VerbKind | Literal["unknown"]) -> _Asking:
    """Return what a request asks for, by its verb and, where that isn't enough, its object."""
    if _EFFORT_IDIOM.match(line.folded, end - len(lemma.split()[0])):
        return "effort"
    if lemma in _EVENT_VERBS:
        # "Hold" and "run" are events only before one: "hold 9 workshops".
        return "event" if _EVENT.search(line.folded, end) else "change"
    if lemma == "find" and _A_THING.match(line.folded, end):
        return "ship"
    if lemma in _WISHES or (lemma in _COLLECTING and _WON.search(line.folded, end)):
        return "change"
    if lemma in _MOVES:
        return "move"
    if lemma in _SETTLES:
        return "settle"
    if lemma in _EFFORTS:
        return "effort"
    if lemma in _SHIPS:
        return "ship"
    if known in ("effort", "ship", "keep"):
        return known
    if known != "unknown":
        return "change"
    heads = {word.text for word in line.words if end <= word.start < line.end}
    return "ship" if heads & SHIPPED else "effort"


def _kept_up(line: _Line, verb: Verb | _Found) -> Work | None:
    """Read "continue holding exit interviews": work that goes on."""
    if _EFFORT_IDIOM.match(line.folded, verb.start):
        return line.work("activity", verb.start)
    after = [word for word in line.words if word.start >= verb.end][:2]
    infinitive = after[0].text == "to" if after else False
    if infinitive:
        after = after[1:]
    if not after or not (infinitive or after[0].text.endswith("ing")):
        return None
    lemma = LEMMA_OF.get(after[0].text, "")
    event = lemma in _EVENT_VERBS and _EVENT.search(line.folded, after[0].end)
    effort = KIND_OF.get(lemma) == "effort" and lemma not in _EVENT_VERBS | _WISHES
    return line.work("activity", after[0].start) if event or effort or lemma in _EFFORTS else None


def _reached(line: _Line, verb: Verb | _Found) -> Work | None:
    if verb.lemma not in _OBTAINS:
        return None
    if _GRANTED_THING.search(line.folded, verb.end):
        return line.work(_granted(line), verb.start)
    if _FEEDBACK.search(line.folded, verb.end):
        return line.work("activity", verb.start)
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


def _behind_hedge(line: _Line, verb: Verb | None) -> Verb | None:
    """Return the verb that a hedge stands before: "try to train …" trains."""
    if verb is None or verb.kind != "hedge":
        return verb
    after = [index for index, word in enumerate(line.words) if word.start >= verb.end][:3]
    for index in after:
        found = verb_at(line.words, index)
        if found is not None:
            return found
    return verb


def _is_statement(line: _Line, verb: Verb | _Found) -> bool:
    """Say whether what looks like a verb is the subject: "audit finished", "report sent"."""
    last = [word for word in line.words if word.end <= line.end][-1:]
    if not last or last[0].start <= verb.end or " " in verb.lemma:
        return False
    within = [word for word in line.words if verb.end <= word.start < last[0].start]
    text = last[0].text
    known = LEMMA_OF.get(text, text) != text and _PARTICIPLE.search(text)
    done = known or text in _DONE_OR_NOT or text in _SHIPPED_LIKE or text.endswith("ed")
    return bool(done) and len(within) <= 1


# --- a statement or a phrase: "Neighbours trained: 150", "Portal launched" ------------------


def _told(line: _Line) -> Work | None:
    folded, reading = line.folded.lstrip(), line.reading
    if "work" in reading.parts:
        return line.work("count")
    if reading.target is None and _GRANTED.search(folded):
        return line.work(_granted(line))
    if reading.change is not None or reading.baseline is not None:
        return None
    if reading.direction == "hold" and not _is_event_held(folded):
        return None
    if folded.startswith(("average ", "median ", "mean ")):
        return None
    said = _predicate(line)
    if _NUMBER_FIRST.match(folded):
        return _number_first(line, said)
    if reading.target is not None:
        if _PUT_SOMEWHERE.search(folded):
            return line.work("deliverable")
        return _counted(line, said) or _requested(line)
    if folded.startswith("be "):
        if _PRESENT.match(folded):
            return line.work("activity")
        return line.work("binary") if _BE.match(folded) else None
    if _CHANGE.search(folded) or _BETTER.search(folded):
        return _marked(line)
    return _marked(line) or _stated(line, said) or _requested(line) or _headed(line)


def _granted(line: _Line) -> WorkKind:
    """Tell a milestone that others grant, or that has evidence, from a box to tick."""
    by_us = _BY_OURSELVES.search(line.folded)
    return "milestone" if _EVIDENCE.search(line.folded) and not by_us else "binary"


def _marked(line: _Line) -> Work | None:
    """Read what no word of change beside it can alter: "cleaned up", "is in place"."""
    if _PHRASAL_DONE.search(line.folded):
        return line.work("deliverable")
    state = _STATE.search(line.folded)
    return Work("binary", state.start(), state.end()) if state else None


def _stated(line: _Line, said: Word | None) -> Work | None:
    folded = line.folded
    if _HAPPENS.search(folded) or _REGULAR.match(folded):
        return line.work("activity")
    if _LIVE.search(folded):
        return line.work("deliverable")
    return _by_participle(line, said) if said else None


def _by_participle(line: _Line, said: Word) -> Work | None:
    folded = line.folded
    lemma = LEMMA_OF.get(said.text) or _base_of(said.text)
    if said.text in _FELT:
        return None
    if lemma in _DONE_OR_NOT or said.text in _DONE_OR_NOT:
        return line.work("binary")
    if lemma == "establish" and _ABSTRACT.search(folded):
        return line.work("binary")
    if lemma in _EVENT_VERBS and _EVENT.search(folded):
        return line.work("activity")
    kind = "effort" if lemma in _EFFORTS else "ship" if lemma in _SHIPS else KIND_OF.get(lemma)
    if kind == "ship" or said.text in _SHIPPED_LIKE:
        return line.work("deliverable")
    if kind == "effort":
        whole = folded.lstrip().startswith(("all ", "every ", "each "))
        return line.work("binary" if whole else "activity")
    unknown = kind is None and said.text.endswith("ed") and said.end >= line.end
    return line.work("deliverable") if unknown else None


def _base_of(participle: str) -> str:
    """Return the verb of a participle in -ed that only the lists of work here know."""
    return next((b for b in (participle[:-2], participle[:-1]) if b in _EFFORTS), "")


def _number_first(line: _Line, said: Word | None) -> Work | None:
    """Read "40 interviews done", "12 webinars": a number, and what was made of it."""
    if said is not None and said.text not in _WON_BY_OTHERS:
        lemma = LEMMA_OF.get(said.text, "")
        made = KIND_OF.get(lemma) in ("ship", "effort") or lemma in _SHIPS or lemma in _EFFORTS
        if made or lemma in _EVENT_VERBS or said.text in _DONE_OR_NOT | _SHIPPED_LIKE:
            return line.work("count")
        if said.end >= line.end and said.text.endswith("ed") and lemma == "":
            return line.work("count")
    return line.work("count") if _OUTPUT_FIRST.search(line.folded) else None


def _counted(line: _Line, said: Word | None) -> Work | None:
    """Read "Neighbours trained: 150" and "Number of workshops: 12": work, counted or as a share."""
    reading = line.reading
    metric = reading.parts.get("metric")
    if metric is None or reading.unit not in (None, "%", "count") or reading.bound == "at most":
        return None
    named = line.folded[metric.start : metric.end]
    if reading.unit != "%" and _OUTPUTS.fullmatch(named):
        return line.work("count")
    if said is None or said.text in _WON_BY_OTHERS:
        return None
    lemma = LEMMA_OF.get(said.text, "")
    if lemma in _TAUGHT:
        return line.work("count")
    last = said.end >= metric.end or (lemma in _MADE and _HOW.match(line.folded, said.end))
    last = bool(last) and reading.unit != "%"
    made = lemma in _PRODUCED or lemma in _SHIPS or (lemma == "" and said.text.endswith("ed"))
    return line.work("count") if last and made else None


def _requested(line: _Line) -> Work | None:
    """Read a request whose verb only a grammar finds: "Translate the leaflets"."""
    if _CHANGE.search(line.folded) or _BETTER.search(line.folded):
        return None
    verb = _verb_by_grammar(line)
    if verb is None:
        return _planted(line)
    return None if _is_statement(line, verb) else _asked(line, verb)


def _verb_by_grammar(line: _Line) -> _Found | None:
    grammar = read_objective(line.folded, line.words)
    if grammar.form != "request" or grammar.verb is None or not grammar.words:
        return None
    first = grammar.words[0]
    kind: VerbKind | Literal["unknown"] = KIND_OF.get(grammar.verb, "unknown")
    return _Found(grammar.verb, kind, first.start, first.start + len(grammar.verb))


def _planted(line: _Line) -> Work | None:
    """Read a verb that no list knows by the number or article behind it: "Plant 900 trees"."""
    first = line.words[0] if line.words else None
    if first is None or first.start or first.text in _NO_VERB:
        return None
    if first.text.endswith(("s", "ed", "ing", "er")) or KIND_OF.get(first.text) in _CHANGES:
        return None
    counted = _COUNT_AFTER_VERB.match(line.folded, first.end)
    if counted and not _has_effect(line.reading, counted):
        return line.work("count")
    if not line.is_open or first.text in _WISHES:
        return None
    if _VERB_ENDING.search(first.text):
        return line.work("deliverable" if first.text in _SHIPS else "activity")
    return line.work("deliverable") if _OBJECT.match(line.folded, first.end) else None


def _headed(line: _Line) -> Work | None:
    """Read a phrase by the noun that heads it: "introduction of …", "participation in …"."""
    if _SHIPPING_NOUN.match(line.folded[: line.end]):
        return line.work("deliverable")
    if (head := _names_a_thing(line)) is not None:
        return line.work("activity" if _EVENT.fullmatch(head) else "deliverable")
    return line.work("activity") if _EFFORT_NOUN.match(line.folded) else None


def _names_a_thing(line: _Line) -> str | None:
    """Return what a bare phrase names to ship or to hold: "self-service kiosk in the lobby"."""
    head = None
    for word in line.words:
        if word.start >= line.end or word.text in PREPOSITIONS or word.text in _CLAUSES:
            break
        head = word.text
    if head is None or not (head in SHIPPED or _EVENT.fullmatch(head)):
        return None
    return head if read_objective(line.folded, line.words).form == "phrase" else None


def _is_event_held(folded: str) -> bool:
    """Say whether a meeting or the like is held, rather than a number held where it is."""
    return _HELD.search(folded) is not None and _EVENT.search(folded) is not None


def _predicate(line: _Line) -> Word | None:
    """Return the participle that a statement ends in, past its closing adverbs and places."""
    for word in reversed(line.words[1:]):
        if word.start >= line.end:
            continue
        known = word.text in LEMMA_OF and word.text != LEMMA_OF[word.text]
        if word.text in _SHIPPED_LIKE or word.text in _DONE_OR_NOT:
            return word
        if _PARTICIPLE.search(word.text) and (known or word.text.endswith("ed")):
            return word
    return None


# --- where a statement ends -----------------------------------------------------------------

_TAIL = re.compile(
    r"(?: by (?:the )?(?:end|\d|q[1-4]|h[12]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|summer"
    r"|winter|spring|autumn|christmas|easter|year|month|eoy|eoq)| (?:this|next) (?:quarter|year)"
    r"| before | in (?:q[1-4]|january|february|march|april|may|june|july|august|september|october"
    r"|november|december)\b| if | \(|, )"
)
_PURPOSE = re.compile(r",? (?:to|in order to|so that|so) ")


def _end(folded: str) -> int:
    tail = _TAIL.search(folded, 3)
    return tail.start() if tail else len(folded.rstrip(" ."))


def _object_end(folded: str, end: int) -> int:
    purpose = _PURPOSE.search(folded, 12, end)
    return purpose.start() if purpose else end


# --- verbs ----------------------------------------------------------------------------------

_CHANGES = ("raise", "lower", "reach", "keep")
_HOSTS = frozenset("hold host organise organize conduct".split())
_EVENT_VERBS = frozenset("hold run host organise organize conduct attend".split())
_MOVES = frozenset("move convert transfer shift relocate".split())
# Done in one stroke: the line is true or not.
_SETTLES = frozenset(
    "pass sign book agree decide choose select approve obtain conclude settle".split()
)
# What they ask for is a change, however vague: "drive adoption" wants a number, not a plan.
_WISHES = frozenset(
    "drive push optimise optimize leverage streamline increase improve empower delight satisfy"
    " simplify accelerate make become get be have need ensure enable harness carry unlock master"
    " own understand know trust enjoy love feel find use see spend save reuse recover win".split()
)
_OBTAINS = frozenset(
    "obtain achieve get receive pass raise secure win gain earn reach attain complete hold".split()
)
_A_THING = re.compile(r" (?:an?|another|the right) (?!\w+er\b|way\b)")
_COLLECTING = frozenset("collect gather".split())
_WON = re.compile(
    r"\b(?:leads?|donations?|orders?|pledges?|subscriptions?|payments?|deposits?|signatures?)\b"
)
_COLLECTIVE = frozenset(
    "work help support participate collaborate cooperate coordinate attend assist focus discuss"
    " facilitate liaise contribute".split()
) | {"work with", "work on", "take part", "focus on", "meet with", "get involved"}
_TOGETHER = re.compile(
    r"(?:work|collaborate|cooperate|partner|engage) (?:\w+ly |together )*(?:with|together|on)\b"
)
_EFFORTS = frozenset(
    """
    accompany act address advertise advocate apply approach ask attend brief campaign care carry
    celebrate chair check circulate clarify commission compare connect consult convene cultivate
    debate demonstrate distribute engage enquire escalate examine exchange explain explore
    familiarise familiarize follow foster guide identify inform inspect inspire invite involve
    join lobby look market meet moderate motivate negotiate network nurture observe offer patrol
    practise practice prepare present provide publicise publicize rehearse remind represent
    review sample sensitise sensitize serve shadow speak sponsor steer study supervise survey
    talk teach thank tour train tutor visit volunteer watch welcome investigate analyse analyze
    counsel treat interview coach
    """.split()
)
_EFFORT_IDIOM = re.compile(
    r"(?:take (?:care|part|stock|over|charge)|bring together|raise (?:topics|questions|awareness"
    r"|concerns|issues)|keep in touch|stay in (?:touch|contact)|meet (?!the (?:target|deadline|goal"
    r"|standard|demand|limit))|get (?:to know|in touch|together)"
    r"|(?:maintain|keep|stay in) (?:\w+ )?contact)"
)
_SHIPS = frozenset(
    """
    adapt appoint arrange assemble send automate build code combine compile compose configure
    connect construct consolidate copy create decommission define deliver deploy design develop
    digitise digitize draft draw edit embed equip erect establish extract film finalise finalize
    finish fit fix formulate found furnish hand hire implement import insert install insulate
    integrate introduce issue label launch lay lease map merge migrate modernise modernize
    modify mount open order outline outsource paint pilot plant procure produce program
    prototype publish purchase put rearrange rebrand rebuild recruit redesign refactor refit
    refresh refurbish release remodel rename renew renovate repaint repair replace restructure
    revise rewrite roll scan schedule separate set ship sort split standardise standardize start
    stock subtitle supply switch tag tailor translate transition unify update upgrade upload
    wire wrap write record clean complete print list add relaunch
    """.split()
) | {"draw up", "set up", "put up", "roll out", "hand over", "sort out", "put together", "wrap up"}
_TAUGHT = frozenset(
    "train support coach contact visit inform interview survey educate teach mentor advise"
    " consult counsel brief instruct address reach-out".split()
)
# What is made stays work, whatever follows: "policies rewritten in plain language: 14".
_MADE = frozenset(
    "audit build convert create design digitise digitize document draft edit publish record review"
    " rewrite test translate write".split()
)
_HOW = re.compile(
    r" (?:in|into|for|with|on|about) \D{1,40}$|(?= (?:in|into|for|with|on|about) \D{1,40}:)"
)
_PRODUCED = frozenset(
    "onboard publish write create migrate launch ship send audit review hold host organise"
    " organize conduct document test present share deliver distribute".split()
)

# --- participles and states -----------------------------------------------------------------

_PARTICIPLE = re.compile(r"(?:ed|en|wn|nt|ought|aught|ilt|old|eld|ut|un|ade|one|und|et)$")
_SHIPPED_LIKE = frozenset(
    "shipped released live rolled launched cleaned shared sent printed moved switched transferred"
    " connected equipped relaunched drafted written introduced installed replaced"
    " posted displayed distributed hung".split()
)
_DONE_OR_NOT = frozenset(
    "done complete finish finalise finalize approved booked signed agreed confirmed decided"
    " certified obtained finalised finalized completed finished selected chosen reached appointed"
    " clarified determined staffed resolved settled taken found achieved secured closed"
    " arranged renewed extended awarded".split()
)
_FELT = frozenset(
    "satisfied motivated engaged informed empowered optimised optimized improved enhanced"
    " strengthened simplified streamlined reduced increased raised deepened boosted inspired"
    " connected supported valued convinced interested involved prepared respected excited"
    " understood relieved accelerated used".split()
)
# What others did counts as an effect: "loans repaid", "trials booked".
_WON_BY_OTHERS = frozenset(
    "sold signed won booked renewed received reported saved earned donated raised recycled reused"
    " lost missed cancelled canceled returned housed employed healed paid repaid delivered opened"
    " used placed rejected refused reopened accepted recommended adopted switched unchanged".split()
) - {"delivered"}
_BE = re.compile(
    r"be (?:\w+ly )?(?:\w+[- ])?(?:compliant|certified|ready|listed|registered|accredited|live"
    r"|profitable|connected|insured|staffed|operational|licensed)\b"
)
_PUT_SOMEWHERE = re.compile(
    r"\b(?:rolled out|launched|introduced|installed|deployed|implemented|live|set up|in place)"
    r" (?:to|in|at|on|for|across) (?:all |the |our |at least |another )*\d+ [a-z]"
)
_PRESENT = re.compile(r"be (?:present|represented|visible|there) (?:at|in|on)\b")
_PHRASAL_DONE = re.compile(
    r"\b(?:cleaned|set|rolled|switched|phased|moved|closed|put|tidied|sorted|built|handed|wound"
    r"|drawn|written|laid|worked|mapped|lined|wired|kitted|fitted)"
    r" (?:up|out|off|over|down)\b(?! (?:by|to|from)|\d)"
)
_HELD = re.compile(r"\bheld(?! (?:at|to|under|below|above|over|by|steady))\b")
_HAPPENS = re.compile(
    r"\b(?:takes? place|happens?|is held|are held|occurs?|meets?(?= (?:weekly|monthly|every|once))"
    r"|runs? (?:weekly|monthly)"
    r"|(?:every|once a|twice a|each) (?:week|month|quarter|monday|friday))\b"
)
_LIVE = re.compile(
    r"\b(?:(?:goes|go|gone|is|are) (?:live|out|online)|live(?= by| in| on| for| at|$|[,.(;])|online"
    r"|up and running|operational|in production|in use|available (?:to|for|in|on)"
    r"|open(?:s)? (?:on|in|at|by))\b(?! use)"
)
_STATE = re.compile(
    r"\b(?:(?:is|are) )?(?:in (?:place|force|effect)|(?:is|are) (?:fully |completely )?"
    r"(?:ready|staffed|complete|compliant|done|established|defined|agreed|known|clear"
    r"|up to date|up and running|operational)"
    r"|exists?|ready(?= for| to|$))\b"
)
_GRANTED = re.compile(
    r"\b(?:granted|awarded|accredited|accepts?|accepted|passed|passes|approves|certifies|confirms"
    r"|received|licensed|(?:approved|signed|certified|confirmed|renewed|extended|validated) by"
    r"|(?:signs|renews|grants|awards|clears|ratifies|adopts) (?:the|our|a|an|us))\b"
)
_EVIDENCE = re.compile(r"\b(?:by|with|without|from|after|at the|no)\b|\(")
_BY_OURSELVES = re.compile(
    r"\bby (?:the |our )?(?:board|management|ceo|directors?|committee|steering|team|head|us)\b"
)
_CLAUSES = frozenset("who that which whose where and or".split())
_ABSTRACT = re.compile(
    r"\b(?:awareness|culture|trust|understanding|collaboration|alignment|ownership|mindset|clarity"
    r"|transparency|presence|relationships?)\b"
)
_DEGREE = re.compile(r"\b(?:with|for|on) [^,;]{0,12}?\d[\d.]*\+? ?%")
_COMPARED = re.compile(
    r"\((?=[^)]{0,120}\d)[^)]{0,120}\b(?:today|now|currently|current|so far|instead of)\b"
    r"|\d.{0,120} instead of \d"
)

# --- numbers, objects, nouns ----------------------------------------------------------------

_COUNT_AFTER_VERB = re.compile(
    r"(?: (?:out|up|over|in|off|back))?"
    r" (?:with |to |at least |up to |around |another |over |more than "
    r"|a (?:total|minimum) of |all )?"
    r"(?:\d[\d.,' ]*[km]?\+?|two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen) "
    r"(?=[a-z\"(&])(?!of \d|in \d|%|percent|points|pp\b|x\b|times\b|hours?\b|minutes?\b|days?\b"
    r"|ms\b|s\b|weeks?\b|months?\b|years?\b|euros?\b|dollars?\b)"
)
# "Acquire" and "win" count people won, not work; so do these after other verbs.
_PEOPLE_WON = re.compile(r"(?:new )?(?:paying |active )?(?:customers|subscribers|clients)\b")
_NUMBER_FIRST = re.compile(
    r"(?:at least |up to |over )?\d[\d.,']*[km]?\+? (?!%|percent|of \d|in \d)[a-z]"
)
_THINGS_DONE = (
    r"(?:(?:"
    + "|".join(
        """
        interview workshop training session meeting post article report newsletter campaign event
        webinar feature release demo call visit e-?mail lesson presentation video survey audit test
        document pilot experiment blog course guide talk podcast conversation inspection tour
        hackathon meetup flyer brochure briefing consultation screening assessment excursion
        rehearsal publication template evening drill leaflet lecture ticket episode edition chapter
        recipe poster photo ad advert mailing reel clip film exhibition concert performance show
        exercise prototype dashboard checklist memo pitch sprint patch briefing seminar tasting
        tutorial factsheet infographic playbook procedure
        """.split()
    )
    + r")(?:s|es)?|case studies|stories|policies|open days|classes)"
)
_OUTPUT_FIRST = re.compile(
    rf"^\D{{0,12}}\d[\d.,']*[km]?\+? (?:(?!(?:per|of|for)\b)[\w']+[ -]){{0,3}}{_THINGS_DONE}\b"
)
_OUTPUT_AFTER = re.compile(rf"(?:[\w']+[ -]){{0,2}}{_THINGS_DONE}\b")
_OUTPUTS = re.compile(
    rf"(?:(?:the )?(?:total )?number of |participants (?:in|at) |attendees (?:in|at) )?"
    rf"(?:[\w']+[ -]){{0,2}}{_THINGS_DONE}(?: (?:held|done|given|for|with|on|about|per)\b.*)?"
)
_EVENT = re.compile(
    r"\b(?:(?:"
    + "|".join(
        """
        meeting training workshop session call review interview event webinar presentation
        discussion sync stand-?up conference evening talk demo visit course campaign survey retro
        retrospective roadshow offsite off-site drill day test audit hackathon fair forum round
        group retreat program programme briefing debriefing lecture lesson seminar meet-?up tasting
        exercise rehearsal consultation excursion gathering ceremony celebration congress summit
        symposium hearing brainstorming inspection tutorial refresher
        """.split()
    )
    + r")s?|classes|lunch\w*|assembl(?:y|ies)|community|jour fixe)\b"
)
_REGULAR = re.compile(
    r"(?:regular|weekly|daily|monthly|quarterly|ongoing|close|closer|continuous|frequent|active) "
    r"(?:\w+ ){0,2}?(?:exchange|meetings?|dialogue|cooperation|co-operation|collaboration|contact"
    r"|coordination|communication|support|trainings?|workshops?|participation|sessions?|check-ins?"
    r"|reviews?|calls?|syncs?|updates?|talks|involvement|visits?|jour fixe|stand-?ups?|rounds?"
    r"|huddles?|briefings?|catch-?ups?)\b"
)
_SHIPPING_NOUN = re.compile(
    r"(?:introduction|purchase|launch|relaunch|go-live|roll-?out|implementation|creation|development"
    r"|installation|migration|publication|release|opening|set-?up|construction|redesign|renovation"
    r"|replacement|procurement|establishment|digiti[sz]ation|automation|moderni[sz]ation|upgrade"
    r"|overhaul|revision|rebuild|recruitment|hiring|relocation|translation|integration)"
    r" (?:of|to|for)\b"
    r"|(?:the )?(?:\w+ ){1,3}(?:launch|relaunch|go-live|roll-?out|redesign|migration|upgrade)$"
)
_EFFORT_NOUN = re.compile(
    r"(?:active |continued |further |staff |employee |team )?"
    r"(?:participation|attendance|representation|support|cooperation|collaboration|exchange|coordination|promotion|preparation|monitoring|evaluation"
    r"|analysis|mentoring|coaching|training|advising|lobbying|networking"
    r"|involvement|dialogue|consultation|presence|advice|assistance|workshops?|meetings?|talks"
    r"|visits?|help) (?:of|at|in|with|for|on|to)\b"
)
_FEEDBACK = re.compile(r"\b(?:feedback|insights?|input|ideas|opinions|buy-in|alignment)\b")
_GRANTED_THING = re.compile(
    r"\b(?:certificat\w+|approval|clearance|accreditation|licen[cs]e|permit|patent|audit|grant"
    r"|funding|series [a-d]\b|compliance|soc ?2|iso|authori[sz]ation|registration|award)\b"
)
_VERB_ENDING = re.compile(r"(?:[^aeiou]i[sz]e|ify)$")
_OBJECT = re.compile(r" (?:the|a|an|all|our|new|every|each|results|findings)\b")
_NO_VERB = frozenset(
    "all every each no more fewer less most half both of in on at by with for when at the a an"
    " one only under over per from up down as if once after before while many some much enough"
    " way".split()
)
_CHANGE = re.compile(
    r"\b(?:up|down|more|fewer|less|improv\w+|increas\w+|reduc\w+|rises?|falls?|grows?|decreas\w+"
    r"|drops?|than|narrows?|shrinks?|widens?|growth|drop|decline)\b"
)
# Comparatives of the adjectives that goals are made of.
_BETTER = re.compile(
    r"\b(?:better|worse|(?:rar|long|short|cheap|quick|fast|slow|high|low|larg|small|bigg|strong|weak"
    r"|easi|hard|saf|clean|clear|clos|great|happi|healthi|earli|lat|warm|cool|light|wid|narrow|smooth"
    r"|simpl|smart|young|old|rich|poor|tight|loos|quiet|loud|calm|fair|full|friendli|soon|tidi)er)\b"
)
