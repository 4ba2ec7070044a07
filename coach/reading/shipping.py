"""Whether an objective asks for a thing to be made, and where it says so.

Four ways to say it: "Launch the portal" (a verb that ships), "Build a portal" (a verb that makes,
and a thing), "A new portal for …" (a thing, named), "The portal is live" (a thing, in place).
"Build trust with families", "Introduce young people to the theatre" and "Cut launch-week
incidents"  nothing.
"""

from coach.reading.sentence import ADVERBS, ENDS_AN_OBJECT, Place, Sentence
from coach.reading.words import (
    DETERMINERS,
    ORGANISATIONS,
    PLACES,
    PRONOUNS,
    SHIPPED,
    SHIPPED_STATES,
    is_person,
)


def requested_thing(sentence: Sentence, verb: str, after: int) -> Place | None:
    """Return the words that ask for a thing, in a request led by `verb`; `after` is behind it."""
    if verb in _SHIPS:
        return _shipped(sentence, verb, after)
    if verb in _MAKES:
        return _made(sentence, verb, after)
    if verb in _MOVES:
        return _moved(sentence, verb, after)
    return _put(sentence, verb, after) if verb in _PUTS else None


def named_thing(sentence: Sentence) -> Place | None:
    """Return the thing that a sentence without a verb names: "A new intranet for nurses"."""
    end = sentence.end_of_object(0)
    if not end:
        return None
    head = sentence.texts[end - 1]
    if head in _MAKING:
        return sentence.place(0, end + 2)
    opens = sentence.texts[0] in ("a", "an", "new", "the", "our", "one")
    if opens and end > 1 and head in SHIPPED and head not in _QUALITIES:
        return sentence.place(0, end - 1)
    return None


def thing_in_place(sentence: Sentence, verb: int) -> Place | None:
    """Return the words that tell of a thing in place; `verb` is where the statement's stands."""
    subject = sentence.texts[:verb]
    if SHIPPED.isdisjoint(subject) or any(map(is_person, subject)):
        return None
    if sentence.texts[verb] not in ("is", "are", "has", "have", "goes", "go"):
        return None
    index = verb + 1
    while sentence.text(index) == "been" or sentence.text(index) in ADVERBS:
        index += 1
    if sentence.text(index) in SHIPPED_STATES:
        return sentence.place(0, index)
    in_place = sentence.text(index) == "in" and sentence.text(index + 1) in _IN_PLACE
    return sentence.place(0, index + 1) if in_place else None


_IN_PLACE = frozenset(("place", "use", "production"))


# --- the kinds of verbs that ask for a thing ---------------------------------------------------


def _shipped(sentence: Sentence, verb: str, after: int) -> Place | None:
    thing, end = _object(sentence, after)
    head = thing[-1] if thing else ""
    if is_person(head) and verb == "migrate" and _target(sentence, end) in SHIPPED:
        return _with_target(sentence, after, end)
    if head in _OUTCOMES or (is_person(head) and verb != "hire"):
        return None
    if verb in _NEED_A_THING and (not head or head in PRONOUNS):
        return None
    return _with_target(sentence, after, end)


def _made(sentence: Sentence, verb: str, after: int) -> Place | None:
    thing, end = _object(sentence, after)
    if not thing:
        return None
    head = thing[-1]
    if verb == "make":
        made = len(thing) > 1 and thing[0] in ("a", "an", "new") and head in SHIPPED
        return sentence.place(0, end - 1) if made else _put(sentence, verb, after)
    if head in _QUALITIES and thing[0] not in _ARTICLES:
        return None
    opened = verb == "open" and (head in ORGANISATIONS or head in PLACES)
    return sentence.place(0, end - 1) if opened or head in SHIPPED or head in _PROJECTS else None


def _moved(sentence: Sentence, verb: str, after: int) -> Place | None:
    thing, end = _object(sentence, after)
    head = thing[-1] if thing else ""
    target = _target(sentence, after if " " in verb else end)
    if target not in SHIPPED and (is_person(head) or head not in SHIPPED):
        return None
    return _with_target(sentence, after, end)


def _put(sentence: Sentence, verb: str, after: int) -> Place | None:
    """Return a thing that is to be got somewhere: "Get the portal live", "Bring the app into …"."""
    thing, end = _object(sentence, after)
    if verb in ("have", "get") and thing[:1] in (["a"], ["an"]) and thing[-1] in SHIPPED:
        return sentence.place(0, end - 1)
    for index in range(after, end):
        text = sentence.texts[index]
        if text in SHIPPED and text not in _QUALITIES:
            for step in range(index + 1, index + 4):
                where = sentence.text(step)
                if where == "place" and sentence.text(step - 1) != "in":
                    continue
                if where in _LIVE or (verb == "put" and where in ("on", "in")):
                    return sentence.place(0, step)
    return None


def _object(sentence: Sentence, after: int) -> tuple[list[str], int]:
    """Return the words of the verb's object, adverbs behind it left out, and where it ends."""
    end = sentence.end_of_object(after)
    return [text for text in sentence.texts[after:end] if text not in _TRAILING], end


def _with_target(sentence: Sentence, after: int, end: int) -> Place:
    """Return the request up to its object, or to what it names behind "to": "Migrate to …"."""
    if end == after and sentence.text(end) == "to":
        end += 2
    return sentence.place(0, max(end, after) - 1)


def _target(sentence: Sentence, start: int) -> str:
    found = ""
    for text in sentence.texts[start:]:
        if found and text in ENDS_AN_OBJECT:
            break
        if text not in DETERMINERS and text != "to":
            found = text
    return found


# These ask for a thing, whatever it is called.
_SHIPS = frozenset(
    """
    acquire add adopt automate buy centralise centralize complete configure consolidate construct
    containerise containerize deploy digitalise digitalize digitise digitize document draft extend
    finalise finalize finish hire hold host implement install integrate introduce launch merge
    migrate modernise modernize organise organize overhaul pilot procure publish purchase rebrand
    rebuild redesign refactor refresh relaunch release rename renovate reorganise reorganize
    restructure revamp rewrite rollout standardise standardize upgrade write
    """.split()
) | {
    "roll out", "set up", "put in", "put up", "go live", "switch over", "stand up", "phase out",
    "build out",
}  # fmt: skip
# Of those, the ones that ship only where a thing follows: "Complete", "Hold on to our nurses".
_NEED_A_THING = frozenset(
    """
    acquire add complete extend finish hold host merge organise organize refresh release write
    """.split()
)
# These ask for a thing only where the thing is one that gets shipped.
_MAKES = frozenset(
    """
    build compile conduct create define deliver design develop establish execute expand make offer
    open prepare produce provide replace run ship start update
    """.split()
) | {"bring in", "kick off", "carry out"}
_MOVES = frozenset({"move", "switch", "transition", "convert", "transfer", "move to", "switch to"})
_PUTS = frozenset("get have put bring take".split())
_LIVE = frozenset(
    "accessible available live out online running into onto over place production".split()
)
_PROJECTS = frozenset(
    """
    audit certification construction implementation integration launch migration migrations
    milestone move phase redesign refactoring relocation renovation roll-out rollout transition
    upgrade
    """.split()
)
# Nouns that are as often a quality as a thing: "better service" ships nothing.
_QUALITIES = frozenset(
    """
    board branch branches center centre council event hours library membership offer page pages
    plan plans process processes product products service services standard standards structure
    """.split()
)
_ARTICLES = frozenset("a an the our new another".split())
# What nobody ships, though it can be had, upgraded and extended.
_OUTCOMES = frozenset(
    """
    access breath care choice confidence conversations culture day experience experiences ground
    habits hands health hope level life lives loyalty mission peace promise promises quality reach
    reliability safety satisfaction season skills speed time trust value week wellbeing year
    """.split()
)
_TRAILING = frozenset("live faster quickly successfully soon online fully further now".split())
_MAKING = frozenset(
    """
    automation construction creation deployment development digitisation digitization
    implementation installation introduction launch migration modernisation modernization redesign
    relaunch renovation roll-out rollout
    """.split()
)
