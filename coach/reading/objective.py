"""The grammar of objectives: what a sentence asks for, for whom, and what for.

Three forms are told apart by the position of the verb, not by the words alone:

- a *request* opens with a verb ("Cut the wait for patients", "Launch the new app");
- a *statement* says what somebody or something does ("Passengers leave on time");
- a *phrase* has no verb of its own ("Safer nights for residents", "Audit readiness of vendors").

What comes before the objective's own words ("We will try to …") and what is pasted behind them
("… as part of our ongoing commitment to excellence") is cut off first: neither earns anything.
"""

import re
from typing import Literal, NamedTuple

from coach.reading.text import Word
from coach.reading.words import (
    AUXILIARIES,
    DETERMINERS,
    EMPTY,
    HOLLOW,
    MOSTLY_NOUNS,
    NOUN_TOO,
    ORGANISATIONS,
    PLACES,
    PREPOSITIONS,
    PRONOUNS,
    SHIPPED,
    SHIPPED_STATES,
    SUBORDINATORS,
    VERBS,
    is_person,
)

Form = Literal["request", "statement", "phrase"]
Place = tuple[int, int]
"""Where words stand in the line: code points, half-open."""


class Grammar(NamedTuple):
    """An objective taken apart. `words` are its own; `verb` leads a request or tells a statement.

    `beneficiary` is the first word that names somebody (or a place that people are in),
    `purpose` the clause that says what it is for, `deliverable` the words that ask for a thing to
    be shipped, `second_goal` where another goal begins, `padding` what was pasted behind.
    """

    form: Form
    words: tuple[Word, ...]
    verb: str | None
    beneficiary: Word | None
    purpose: Place | None
    deliverable: Place | None
    second_goal: Place | None
    padding: Place | None


def read_objective(folded: str, words: tuple[Word, ...]) -> Grammar:
    """Take an objective apart; `words` are those of `folded`."""
    padding = _padding(folded)
    start, end = _lead_in(folded), padding[0] if padding else len(folded)
    own = tuple(word for word in words if start <= word.start and word.end <= end)[:_MOST_WORDS]
    if not own:
        own, start = words[:_MOST_WORDS], 0
    line = _Line(folded, own, [word.text for word in own])
    form, verb, after = _form(line, started=start > 0)
    purpose = _purpose(line, after, form)
    return Grammar(
        form=form,
        words=own,
        verb=verb,
        beneficiary=_beneficiary(line, form),
        purpose=(own[purpose].start, own[-1].end) if purpose is not None else None,
        deliverable=_deliverable(line, form, verb, after),
        second_goal=_second_goal(line, form, after, purpose),
        padding=padding,
    )


_MOST_WORDS = 80


class _Line(NamedTuple):
    folded: str
    words: tuple[Word, ...]
    texts: list[str]

    def place(self, first: int, last: int) -> Place:
        return self.words[first].start, self.words[last].end

    def joined(self, index: int) -> bool:
        """Say whether nothing but a space parts the word at `index` from the one before."""
        return self.words[index].start - self.words[index - 1].end == 1


# --- what stands around the objective's own words ---------------------------------------------

_LEAD_IN = re.compile(
    r"(?:our )?(?:objective|goal|aim|plan|ambition|o) ?\d{0,2}(?: is)? ?(?:[:.)-]| to ) ?"
    r"|(?:by|until|from|in|during|this|over) [^,;]{2,40}, ?"
    r"|if [^,;]{3,40}, ?"
    r"|(?:as part of|in line with|true to|in support of) [^,;]{3,80}, ?"
    r"|(?:we|our team|the team)(?:'ll| will| want| plan| aim| hope| intend| would like| are going)"
    r"(?: to)? |we "
    r"|(?:would like|like|try|trying|aim|aiming|hope|seek|strive|want|plan|attempt|endeavou?r"
    r"|do our best|work(?:ing)?|commit) (?:to|towards?) "
    r"|(?:to|perhaps|maybe|possibly|potentially|hopefully|ideally|please|finally|continuously"
    r"|continually|constantly|steadily|further|together|always|significantly|dramatically"
    r"|radically|actively) "
    r"|(?:make|making) sure (?:that )?|ensur(?:e|ing) that "
)


def _lead_in(folded: str) -> int:
    position = len(folded) - len(folded.lstrip())
    for _ in range(6):
        found = _LEAD_IN.match(folded, position)
        if found is None or found.end() >= len(folded):
            break
        position = found.end()
    return position


_PADDING = re.compile(
    r"[ ,;-]*\b(?:as (?:a |an )?(?:\w{1,12} )?(?:part|expression|demonstration|reflection) of"
    r"|in (?:line|keeping|accordance|alignment|support|pursuit|service|the spirit) (?:with |of )?"
    r"|aligned (?:to|with)|true to (?:our|the)|guided by|underpinned by|driven by|powered by"
    r"|with (?:a |an )?(?:\w{1,12} )?(?:focus on|commitment to|eye to|passion for)"
    r"|across (?:all|every one) of (?:our|the)"
    r"|for the (?:benefit|good) of (?:all|everyone)|to the benefit of all"
    r"|in (?:an? |today's )(?:ever|fast|rapidly|constantly|increasingly)\b)"
)
_PADDING_WORDS = EMPTY | HOLLOW | frozenset(
    """
    ongoing continued continuous purpose purposes values priority priorities goal goals objective
    objectives pillar pillars principle principles standards stakeholder functions changing
    competitive environment world market quality
    """.split()
)


def _padding(folded: str) -> Place | None:
    for found in _PADDING.finditer(folded):
        if found.start() < 8:
            continue
        behind = folded[found.start() : found.end() + 160]
        if any(word.strip(".,;:!") in _PADDING_WORDS for word in behind.split()):
            return found.start(), len(folded)
    return None


# --- request, statement or phrase -------------------------------------------------------------

_PARTICLES = frozenset("up out off down back over in on away through forward together".split())
_PHRASAL = frozenset(
    """
    roll-out set-up put-in go-live switch-to switch-over move-to stand-up clean-up wind-down
    phase-out put-up bring-in build-out scale-up kick-off work-on focus-on keep-on carry-out carry-on
    """.split()
)
_ADVERBS = frozenset("only just still also rarely often soon finally hardly seldom".split())
_ADJECTIVES = frozenset(
    "new better more fewer less all every good great faster safer cheaper early young old".split()
)


def _form(line: _Line, *, started: bool) -> tuple[Form, str | None, int]:
    """Return the form, its verb, and the index behind that verb (of it, in a statement)."""
    if not line.texts:
        return "phrase", None, 0
    first = line.texts[0]
    base = _base_of_gerund(first) if started and first.endswith("ing") else first
    if base in VERBS and not _opens_with_a_noun(line):
        if len(line.texts) > 1 and f"{base}-{line.texts[1]}" in _PHRASAL:
            return "request", f"{base} {line.texts[1]}", 2
        return "request", base, 1
    finite = _finite(line)
    if finite is not None:
        return "statement", line.texts[finite], finite
    return "phrase", None, 0


def _opens_with_a_noun(line: _Line) -> bool:
    first = line.texts[0]
    if first not in NOUN_TOO or not (first in MOSTLY_NOUNS or len(line.texts) == 1):
        return False
    if len(line.texts) == 1 or not line.joined(1):
        return True
    after = line.texts[1]
    if after in DETERMINERS or after in PRONOUNS or after in _ADJECTIVES:
        return False
    if not is_person(after):
        return True
    finite = _finite(line)  # "Shop owners sort out …" against "Support carers so they can …"
    return finite is not None and not SUBORDINATORS.intersection(line.texts[:finite])


def _finite(line: _Line) -> int | None:
    """Return where the verb of a statement stands, None where there is none."""
    texts = line.texts
    plural = False
    people = any(map(is_person, texts[:3]))
    for index in range(1, min(len(texts), 24)):
        text, before = texts[index], texts[index - 1]
        plural = plural or _is_plural(before)
        if text in AUXILIARIES and before != "to":
            return index
        if before in _ARTICLES or (before in PREPOSITIONS and line.joined(index)):
            continue
        if before in _ADVERBS and index > 1:
            before = texts[index - 2]
        after = texts[index + 1] if index + 1 < len(texts) else ""
        if text in VERBS:
            sure = text not in NOUN_TOO or _is_plural(before) or before in _LEADS_TO_A_VERB
            if sure or (plural and (people or after in DETERMINERS or after in PRONOUNS)):
                return index
        elif text.endswith("s") and _base_of_third(text) in VERBS and before not in _ADJECTIVES:
            closes = not after and texts[0] not in DETERMINERS
            if (text not in _PLURALS and not closes) or after in DETERMINERS | _PARTICLES:
                return index
    return None


# Nouns in the plural that could be verbs: "last-minute changes to the list".
_PLURALS = frozenset(
    """
    addresses answers audits boards burns calls changes charges checks claims coaches contacts
    controls cooks costs counts covers crosses cuts cycles deals delays demands designs displays documents
    drafts drives drops escapes exchanges exits experiences faces falls feeds fights files fixes
    forms funds gains grants guarantees guides harvests hits hosts increases interests issues
    leads levels likes limits links lists loads looks maps markets masters matches measures mentors
    moves needs offers orders parks partners passes phases picks pilots places plans plants plays
    positions posts presents processes products programs promises purchases raises ranks records
    releases rents repairs repeats replies reports requests results returns reviews rewards rides
    rises rolls sales scales schedules scores shapes shares shifts ships shops shows signs sources
    spots spreads stands starts steps stops stores studies supplies surveys switches talks targets
    tests ties touches tracks trades trains transfers transitions travels treats trials tries turns
    updates upgrades uses values visits volunteers votes walks wants watches wins wishes works
    """.split()
) - frozenset("works wants shows looks loads".split())
_ARTICLES = frozenset("a an the my our your their his her its every no any".split())
_LEADS_TO_A_VERB = frozenset(
    "that who which everyone everybody nobody anyone anybody someone somebody one".split()
)
_ANYBODY = _LEADS_TO_A_VERB - {"that", "who", "which"}


def _is_plural(word: str) -> bool:
    return (word.endswith("s") and not word.endswith(("ss", "us", "is"))) or (
        is_person(word) and word not in _ANYBODY
    )


def _base_of_third(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        return word[:-2]
    return word[:-1]


def _base_of_gerund(word: str) -> str:
    stem = word[:-3]
    if stem in VERBS:
        return stem
    if stem + "e" in VERBS:
        return stem + "e"
    return stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem


# --- for whom ---------------------------------------------------------------------------------


def _beneficiary(line: _Line, form: Form) -> Word | None:
    texts = line.texts
    for index, word in enumerate(line.words):
        text = texts[index]
        bare = text[:-2] if text.endswith("'s") else text.rstrip("'")
        if is_person(text) or (bare in ORGANISATIONS and _is_head(line, index)):
            return word
        if bare in PLACES and _is_head(line, index) and (form == "statement" or _in_place(texts, index)):
            return word
    return None


def _is_head(line: _Line, index: int) -> bool:
    """Say whether a noun stands for itself, not before another one ("the theatre list")."""
    texts = line.texts
    if index + 1 >= len(texts) or not line.joined(index + 1):
        return True
    after = texts[index + 1]
    return (
        texts[index].endswith(("s", "'"))
        or after in _ENDS_AN_OBJECT
        or after in DETERMINERS
        or after in AUXILIARIES
        or after in VERBS
        or _base_of_third(after) in VERBS
    )


def _in_place(texts: list[str], index: int) -> bool:
    """Say whether people are meant who are in a place: "in the valley", "the offices"."""
    before = texts[max(0, index - 4) : index]
    kept = texts[index] not in ("site", "sites") and not DETERMINERS.isdisjoint(before[-2:])
    return kept or not _WHERE.isdisjoint(before)


_WHERE = frozenset("in at across throughout around between for near on of".split())


# --- what for ---------------------------------------------------------------------------------

_NOT_SO = frozenset("on far many much forth called few little".split())
# After these, "to" and a verb only complete what was said.
_COMPLETED_BY_TO = frozenset(
    """
    need needs want wants have has had able ready way ways reason reasons chance time how where
    what when decide decides begin begins start starts learn learns come comes like likes used
    easy easier hard harder free going likely unable willing try tries hope choose
    """.split()
)


def _purpose(line: _Line, after: int, form: Form) -> int | None:
    """Return where the clause begins that says what the objective is for."""
    texts = line.texts
    for index in range(max(1, after), len(texts) - 1):
        text, then = texts[index], texts[index + 1]
        if text == "so" and then not in _NOT_SO and texts[index - 1] != "and":
            return index
        if text == "because":
            return index
        if text == "to" and then in VERBS and texts[index - 1] not in _COMPLETED_BY_TO:
            if _says_something(texts[index + 1 :]):
                return index
        elif text in ("that", "which") and form != "statement" and _goes_on(line, index + 1):
            return index
    return None


def _says_something(texts: list[str]) -> bool:
    """Say whether a clause holds more than power words ("to be future-proof" holds none)."""
    return any(
        text not in EMPTY and text not in _NO_CONTENT and text not in HOLLOW for text in texts[1:]
    )


_NO_CONTENT = DETERMINERS | PREPOSITIONS | frozenset("be become and or more most it them".split())


def _goes_on(line: _Line, index: int) -> bool:
    text = line.texts[index]
    if text in _ADVERBS or text.endswith("ly"):
        index += 1
        text = line.texts[index] if index < len(line.texts) else ""
    return (
        text in VERBS
        or text in PRONOUNS
        or text in AUXILIARIES
        or is_person(text)
        or (text.endswith("s") and _base_of_third(text) in VERBS)
    )


# --- a thing to be shipped --------------------------------------------------------------------

_SHIPS = frozenset(
    """
    launch relaunch implement migrate deploy install introduce refactor rewrite rebuild modernise
    modernize digitise digitize digitalise digitalize automate redesign upgrade publish ship
    configure integrate rebrand renovate construct pilot consolidate centralise centralize
    restructure reorganise reorganize overhaul revamp adopt standardise standardize hire
    containerise containerize rollout buy purchase procure acquire release refresh merge extend add
    organise organize host hold finish finalise finalize complete draft write document rename
    """.split()
) | {"roll out", "set up", "put in", "go live", "switch over", "stand up", "put up", "phase out", "build out"}
# Of those, the ones that ship only where a thing follows: "Complete", "Hold on to our nurses".
_NEEDS_A_THING = frozenset(
    """
    hold add extend acquire release merge finish complete write host organise organize refresh
    """.split()
)
_MAKES = frozenset(
    """
    deliver create build develop establish provide open expand produce design offer run update
    define prepare compile start conduct execute replace
    """.split()
) | {"bring in", "kick off", "carry out"}
_MOVES = frozenset({"move", "switch", "transition", "convert", "transfer", "move to", "switch to"})
_COMPLETED = frozenset(
    """
    migration migrations rollout roll-out move launch implementation upgrade audit certification
    construction renovation transition relocation integration redesign refactoring
    """.split()
)
# Nouns that are as often a quality as a thing: "better service" ships nothing.
_NEEDS_ARTICLE = frozenset(
    """
    service services process processes standard standards membership plan plans structure offer
    product products branch branches centre center board council library page pages hours event
    """.split()
)
_OUTCOMES = frozenset(
    """
    experience experiences trust confidence loyalty safety wellbeing reliability quality speed
    care life lives satisfaction skills health culture habits conversations value time reach
    access choice hope year day week season trust peace hands promise promises line
    ground level breath mission
    """.split()
)
_ENDS_AN_OBJECT = PREPOSITIONS | SUBORDINATORS | frozenset("and or to".split())
_TRAILING = frozenset("live faster quickly successfully soon online fully further now".split())
_MAKING = frozenset(
    """
    rollout roll-out introduction implementation migration launch deployment development creation
    installation modernisation modernization redesign relaunch construction renovation
    digitisation digitization automation
    """.split()
)


def _deliverable(line: _Line, form: Form, verb: str | None, after: int) -> Place | None:
    if form == "request" and verb is not None:
        return _requested_thing(line, verb, after)
    if form == "phrase":
        return _named_thing(line)
    return _thing_in_place(line, after)


def _requested_thing(line: _Line, verb: str, after: int) -> Place | None:
    end = after
    while end < len(line.texts) and line.texts[end] not in _ENDS_AN_OBJECT:
        end += 1
    thing = [text for text in line.texts[after:end] if text not in _TRAILING]
    head = thing[-1] if thing else ""
    place = line.place(0, max(end - 1, after - 1))
    if verb in _SHIPS:
        people = is_person(head) and verb != "hire"
        nothing = verb in _NEEDS_A_THING and (not thing or head in PRONOUNS)
        if people or nothing or head in _OUTCOMES:
            return None
        return _with_target(line, end, place)
    if verb == "make":
        made = len(thing) > 1 and thing[0] in ("a", "an", "new") and head in SHIPPED
        return place if made else _thing_put(line, after)
    if verb in _MAKES:
        shipped = head in SHIPPED or head in _COMPLETED
        if verb == "open" and (head in ORGANISATIONS or head in PLACES):
            shipped = True
        if head in _NEEDS_ARTICLE and not _has_article(thing):
            shipped = False
        return place if shipped else None
    if verb in _MOVES:
        target = _target(line, end if verb in ("move", "switch") else after)
        moved = (target in SHIPPED or head in SHIPPED) and not is_person(head)
        return _with_target(line, end, place) if moved else None
    if verb in _PUTS:
        return _thing_put(line, after)
    return None


_PUTS = frozenset("get have put bring take".split())
_LIVE = frozenset("live out online running into onto over place production".split())


def _thing_put(line: _Line, after: int) -> Place | None:
    """Return a thing that is to be got somewhere: "Get the portal live", "Bring the app into …"."""
    for index in range(after, min(after + 6, len(line.texts))):
        text = line.texts[index]
        if text in _ENDS_AN_OBJECT:
            return None
        if text in SHIPPED and text not in _NEEDS_ARTICLE:
            behind = line.texts[index + 1 : index + 4]
            for step, word in enumerate(behind, index + 1):
                if word in _LIVE:
                    return line.place(0, step)
    return None


def _has_article(thing: list[str]) -> bool:
    return thing[0] in ("a", "an", "the", "our", "new", "another") if thing else False


def _with_target(line: _Line, end: int, place: Place) -> Place:
    """Let the place run on over "to" or "of" and a name ("Migrate to Kubernetes")."""
    if end + 1 < len(line.texts) and line.texts[end] == "to" and place[1] == line.words[0].end:
        return place[0], line.words[end + 1].end
    return place


def _target(line: _Line, start: int) -> str:
    found = ""
    for text in line.texts[start:]:
        if found and text in _ENDS_AN_OBJECT:
            break
        if text not in DETERMINERS and text != "to":
            found = text
    return found


def _named_thing(line: _Line) -> Place | None:
    texts = line.texts
    end = 0
    while end < len(texts) and texts[end] not in _ENDS_AN_OBJECT:
        end += 1
    if not end:
        return None
    head = texts[end - 1]
    if head in _MAKING:
        return line.place(0, min(end + 2, len(texts) - 1))
    opens = texts[0] in ("a", "an", "new", "the", "our", "one")
    if opens and head in SHIPPED and head not in _NEEDS_ARTICLE and end >= 2:
        return line.place(0, end - 1)
    return None


def _thing_in_place(line: _Line, verb: int) -> Place | None:
    texts = line.texts
    if not any(text in SHIPPED for text in texts[:verb]) or any(map(is_person, texts[:verb])):
        return None
    rest = [text for text in texts[verb + 1 : verb + 4] if text not in _ADVERBS]
    if texts[verb] in ("is", "are", "has", "have", "goes", "go") and rest:
        if rest[0] == "been":
            rest = rest[1:]
        in_place = rest[:2] in (["in", "place"], ["in", "use"], ["in", "production"])
        if in_place or (rest and rest[0] in SHIPPED_STATES):
            return line.place(0, min(verb + 2, len(texts) - 1))
    return None


# --- one goal or two --------------------------------------------------------------------------

_CAUSES = frozenset("help let make enable have get allow give support teach empower show".split())
_BACK = frozenset("it them they their its".split())
_NEW_SUBJECTS = frozenset("we our i".split())


def _second_goal(line: _Line, form: Form, after: int, purpose: int | None) -> Place | None:
    """Return the words in which a second, independent goal begins."""
    texts = line.texts
    subordinate = purpose if purpose is not None else len(texts)
    for index in range(max(1, after), len(texts)):
        gap = line.folded[line.words[index - 1].end : line.words[index].start]
        if ";" in gap and index >= 3 and len(texts) - index >= 3:
            return line.place(index, len(texts) - 1)
        text = texts[index]
        then = index + 1 if text in _AND else index if "," in gap else None
        if then is None or then >= len(texts):
            continue
        if texts[then : then + 2] == ["as", "well"] or texts[then - 1 : then + 1] == ["well", "as"]:
            continue
        if index > after and _begins_a_goal(line, form, after, then, subordinate):
            return line.place(then, len(texts) - 1)
    return _joined_by_phrase(line)


_AND = frozenset("and plus".split())


def _begins_a_goal(line: _Line, form: Form, after: int, then: int, subordinate: int) -> bool:
    texts = line.texts
    if texts[then] in ("also", "then") and then + 1 < len(texts):
        then += 1
    if texts[then] in _NEW_SUBJECTS:
        return form != "phrase" and _has_verb(texts, then) and not _own_clause(texts, after, then)
    if form == "request":
        return (
            then <= subordinate
            and _is_request(line, then)
            and not _completes_a_cause(texts, after, then)
        )
    if form == "statement" and then <= subordinate:
        return _is_statement(line, then) and not _in_a_clause(texts, after, then)
    return False


def _is_request(line: _Line, index: int) -> bool:
    texts = line.texts
    verb = texts[index]
    if verb not in VERBS or index + 1 >= len(texts):
        return False
    after = texts[index + 1]
    if any(text in _BACK for text in texts[index + 1 : index + 3]):
        return False
    if verb not in NOUN_TOO:
        return True
    return (
        after in DETERMINERS
        or after in _PARTICLES
        or after in _ADJECTIVES
        or is_person(after)
        or (after in PREPOSITIONS and verb == "open")
        or bool(re.match(r" \d", line.folded[line.words[index].end :][:2]))
    )


def _completes_a_cause(texts: list[str], after: int, then: int) -> bool:
    """Say whether "and" still belongs to what somebody is helped to do ("help X find and keep")."""
    if texts[after - 1] not in _CAUSES and texts[0] not in _CAUSES:
        return False
    between = texts[after : then - 1]
    return any(
        text in VERBS and (text not in NOUN_TOO or _is_plural(before))
        for before, text in zip(["", *between], between, strict=False)
    )


def _has_verb(texts: list[str], index: int) -> bool:
    if texts[index] == "we" and index + 1 < len(texts):
        return texts[index + 1] in VERBS or texts[index + 1] in AUXILIARIES
    return any(
        text in AUXILIARIES or text in VERBS or _base_of_third(text) in VERBS
        for text in texts[index + 2 : index + 5]
    )


def _own_clause(texts: list[str], after: int, then: int) -> bool:
    """Say whether "we" was spoken of before: "because we manage pain and we ask early"."""
    return any(text in _NEW_SUBJECTS for text in texts[after:then])


def _is_statement(line: _Line, index: int) -> bool:
    """Say whether a new subject and its verb begin here."""
    texts = line.texts
    opens = texts[index] in _ARTICLES or is_person(texts[index]) or texts[index] in ORGANISATIONS
    if not opens:
        return False
    rest = _Line(line.folded, line.words[index:], texts[index : index + 6])
    return _finite(rest) is not None


def _in_a_clause(texts: list[str], after: int, then: int) -> bool:
    return any(
        text in SUBORDINATORS and position + after + 1 < then
        for position, text in enumerate(texts[after:then])
    )


_JOINING = re.compile(r"\b(?:as well as|while also|and also|in addition to) (\w+)ing\b")


def _joined_by_phrase(line: _Line) -> Place | None:
    found = _JOINING.search(line.folded)
    if found is None or not line.words[0].end <= found.start() <= line.words[-1].end:
        return None
    return found.start(), line.words[-1].end
