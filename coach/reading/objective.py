"""The grammar of objectives: what a sentence asks for, for whom, and what for.

Three forms are told apart by the position of the verb, not by the words alone:

- a *request* opens with a verb ("Cut the wait for patients", "Launch the new app");
- a *statement* says what somebody or something does ("Ferries sail on time");
- a *phrase* has no verb of its own ("Calmer nights for new parents", "Readiness of the silos").

What comes before the objective's own words ("We will try to …") and what is pasted behind them
("… as part of our ongoing commitment to excellence") is cut off first: neither earns anything.
"""

import re
from typing import Literal

from coach.reading.goals import second_goal
from coach.reading.lazy import lazy
from coach.reading.sentence import (
    ADJECTIVES,
    ADVERBS,
    ENDS_AN_OBJECT,
    SUBORDINATORS,
    THIRD_PERSONS,
    Place,
    Sentence,
    base_of_gerund,
    finite_verb,
)
from coach.reading.shipping import named_thing, requested_thing, thing_in_place
from coach.reading.text import Word
from coach.reading.words import (
    AUXILIARIES,
    DETERMINERS,
    EMPTY,
    HOLLOW,
    IDLE,
    MOSTLY_NOUNS,
    NOUN_TOO,
    ORGANISATIONS,
    PLACES,
    PREPOSITIONS,
    PRONOUNS,
    VERBS,
    is_person,
)

Form = Literal["request", "statement", "phrase"]


class Grammar:
    """An objective taken apart; each part is worked out when it is first asked for.

    `words` are its own words; `verb` is the base form that leads a request, or the verb of a
    statement; `padding` is what was pasted behind.
    """

    def __init__(self, folded: str, words: tuple[Word, ...]) -> None:
        self.padding = _padding(folded, words)
        start, end = _lead_in(folded), self.padding[0] if self.padding else len(folded)
        own = words
        if start > 0 or self.padding:
            own = tuple([word for word in words if start <= word.start and word.end <= end])
        self.words = own[:_MOST_WORDS] or words[:_MOST_WORDS]
        self._sentence = Sentence(folded, self.words, [word.text for word in self.words])
        led_in = start > len(folded) - len(folded.lstrip())
        self.form, self.verb, self._after = _form(self._sentence, led_in=led_in)

    @property
    def verb_start(self) -> int:
        """Where the verb of a statement stands; where its words begin, in any other form."""
        return self.words[self._after if self.form == "statement" else 0].start

    @lazy
    def beneficiary(self) -> Word | None:
        """The first word that names somebody, or a place that people are in."""
        return _beneficiary(self._sentence, self.form)

    @lazy
    def purpose(self) -> Place | None:
        """The clause that says what it is for."""
        if self._purpose is None:
            return None
        return self._sentence.place(self._purpose, len(self.words) - 1)

    @lazy
    def deliverable(self) -> Place | None:
        """The words that ask for a thing to be made."""
        if self.form == "request" and self.verb is not None:
            return requested_thing(self._sentence, self.verb, self._after)
        if self.form == "phrase":
            return named_thing(self._sentence)
        return thing_in_place(self._sentence, self._after)

    @lazy
    def second_goal(self) -> Place | None:
        """The words of another, independent goal."""
        return second_goal(self._sentence, self.form, self._after, self._purpose)

    @lazy
    def _purpose(self) -> int | None:
        return _purpose(self._sentence, self._after, self.form)


def read_objective(folded: str, words: tuple[Word, ...]) -> Grammar:
    """Take an objective apart; `words` are those of `folded`."""
    return Grammar(folded, words)


_MOST_WORDS = 80

# --- what stands around the objective's own words ---------------------------------------------


def _lead_in(folded: str) -> int:
    """Return where the objective's own words begin, behind "By May we will try to"."""
    position = len(folded) - len(folded.lstrip())
    for _ in range(6):
        found = _LEAD_IN.match(folded, position)
        if found is None or found.end() >= len(folded):
            break
        position = found.end()
    return position


_LEAD_IN = re.compile(
    r"(?:our )?(?:objective|goal|aim|plan|ambition|o|committed|aspirational) ?\d{0,2}(?: is)? ?"
    r"(?:[:.)-]| to ) ?"
    r"|(?:by|until|from|in|during|this|over) [^,;]{2,40}, ?"
    r"|if [^,;]{3,40}, ?|(?:once|when|whenever|while|after|as soon as|even) [^,;]{3,60}, ?"
    r"|(?:as part of|in line with|true to|in support of) [^,;]{3,80}, ?"
    r"|(?:we|our team|the team)(?:'ll| will| want| plan| aim| hope| intend| would like| are going)"
    r"(?: to)? |we "
    r"|(?:would like|like|try|trying|aim|aiming|hope|seek|strive|want|plan|attempt|endeavou?r"
    r"|do our best|work(?:ing)?|commit) (?:to|towards?) "
    r"|(?:to|perhaps|maybe|possibly|potentially|hopefully|ideally|please|finally|continuously"
    r"|continually|constantly|steadily|further|together|always|significantly|dramatically"
    r"|radically|actively|regularly|jointly|proactively|closely|systematically|consistently|quickly"
    r"|gradually|personally|sustainably|measurably|noticeably|massively|drastically|clearly|strongly"
    r"|substantially|considerably|sharply|successfully) "
    r"|(?:make|making) sure (?:that )?|ensur(?:e|ing) that "
)


def _padding(folded: str, words: tuple[Word, ...]) -> Place | None:
    """Return what was pasted behind: a prepositional phrase that speaks in power words."""
    hung = "," in folded or "(" in folded or " - " in folded
    hanging = _HANGING.search(folded) if hung else None
    if hanging:
        return hanging.start(), len(folded)
    for index, word in enumerate(words):
        if word.text in _PASTED_BY and index > 1:
            found = _PASTED.match(folded, word.start)
            if found is None:
                continue
            behind = [other.text for other in words[index + 1 : index + 20]]
            if not _PASTED_WORDS.isdisjoint(behind):
                return words[index - 1].end, len(folded)
    return None


# What hangs on behind a sign, with a number in it: ", across 3 teams", "(ISO 9001)", ", v2.1".
_HANGING = re.compile(
    r" ?(?:(?<!\d),|\()(?: (?:across|in|at|on|for|with|over|top)\b| ?v?\d|[a-z]{2,8} (?=\d))"
    r"(?=[^,(]*\d)[^,(]{0,40}$"
    r"|,(?: and| \w+ly)+\W*$| - \d[^,(]{0,20}$"
)
_PASTED_BY = frozenset(
    "as in aligned true guided underpinned driven powered with across for to".split()
)
_PASTED = re.compile(
    r"as (?:a |an )?(?:\w{1,12} )?(?:part|expression|demonstration|reflection) of\b"
    r"|in (?:line|keeping|accordance|alignment|support|pursuit|service|the spirit)\b"
    r"|in (?:an? |today's )(?:ever|fast|rapidly|constantly|increasingly)\b"
    r"|aligned (?:to|with)\b|true to (?:our|the)\b|(?:guided|underpinned|driven|powered) by\b"
    r"|with (?:a |an )?(?:\w{1,12} )?(?:focus on|commitment to|eye to|passion for)\b"
    r"|across (?:(?:all|every one) of (?:our|the)|the (?:entire|whole))\b"
    r"|for the (?:benefit|good) of (?:all|everyone)\b|to the benefit of all\b"
)
_PASTED_WORDS = (
    EMPTY
    | HOLLOW
    | frozenset(
        """
    ongoing continued continuous purpose purposes values priority priorities goal goals objective
    objectives pillar pillars principle principles standards stakeholder functions changing
    competitive environment world market quality
    """.split()
    )
)

# --- request, statement or phrase -------------------------------------------------------------


def _form(sentence: Sentence, *, led_in: bool) -> tuple[Form, str | None, int]:
    """Return the form, its verb, and the index behind that verb (of it, in a statement)."""
    if not sentence.texts:
        return "phrase", None, 0
    first = sentence.texts[0]
    base = base_of_gerund(first) if led_in and first.endswith("ing") else first
    if base in VERBS and not _opens_with_a_noun(sentence):
        if (base, sentence.text(1)) in _PHRASAL:
            return "request", f"{base} {sentence.text(1)}", 2
        return "request", base, 1
    finite = finite_verb(sentence)
    if finite is not None:
        return "statement", sentence.texts[finite], finite
    return "phrase", None, 0


def _opens_with_a_noun(sentence: Sentence) -> bool:
    first, after = sentence.texts[0], sentence.text(1)
    if first in _TRYING_OUT and (is_person(after) or after in ORGANISATIONS):
        return finite_verb(sentence) is not None
    if first not in NOUN_TOO or not (first in MOSTLY_NOUNS or not after):
        return False
    if not after:
        return True
    if after in ("version", "versions"):
        return False
    if not sentence.joined(1):
        counted = sentence.folded[sentence.words[0].end + 1 :][:1].isdigit()
        return not counted or after in AUXILIARIES
    if after in DETERMINERS or after in PRONOUNS or after in ADJECTIVES:
        return False
    if not is_person(after):
        return True
    finite = finite_verb(sentence)  # "Shop owners sort out …" or "Support carers so they can …"
    return finite is not None and SUBORDINATORS.isdisjoint(sentence.texts[:finite])


_TRYING_OUT = frozenset(("pilot", "trial", "test"))  # "Pilot customers ship their first …"
_PHRASAL = {
    (verb, particle)
    for verb, particle in (
        pair.split("-")
        for pair in """
            roll-out set-up put-in put-up go-live switch-to switch-over move-to stand-up clean-up
            wind-down phase-out bring-in build-out scale-up kick-off work-on focus-on keep-on
            carry-out carry-on tidy-up
        """.split()
    )
}

# --- for whom ---------------------------------------------------------------------------------


def _beneficiary(sentence: Sentence, form: Form) -> Word | None:
    told = form == "statement"
    for index, word in enumerate(sentence.words):
        text = word.text
        bare = text[:-2] if text.endswith("'s") else text.rstrip("'")
        if not told and _is_ours(sentence, index):
            continue
        if is_person(text):
            return word
        if bare in ORGANISATIONS and _is_head(sentence, index):
            return word
        if (
            bare in PLACES
            and _is_head(sentence, index)
            and (told or _holds_people(sentence, index))
        ):
            return word
    return None


def _is_ours(sentence: Sentence, index: int) -> bool:
    """Say whether a request speaks only of ourselves: "Grow the business", "Build a team"."""
    text, before = sentence.texts[index], sentence.texts[max(0, index - 3) : index]
    if text in _ROLES_OF_OURS and not _CLAIMED_BY.isdisjoint(sentence.texts[:index]):
        return True
    if text in ("business", "company", "organisation", "organization", "enterprise"):
        return not _OWN.isdisjoint(before[-2:])
    return text in ("team", "department", "unit") and sentence.texts[0] in _BUILDS


def _is_head(sentence: Sentence, index: int) -> bool:
    """Say whether a noun stands for itself, not before another one ("the theatre list")."""
    texts = sentence.texts
    if index + 1 >= len(texts) or not sentence.joined(index + 1):
        return True
    after = texts[index + 1]
    placed = index > 1 and texts[index - 2] in PREPOSITIONS  # "trains in the valley run"
    return (
        texts[index].endswith(("s", "'"))
        or after.endswith("ing")
        or after in ENDS_AN_OBJECT
        or after in DETERMINERS
        or after in AUXILIARIES
        or (after in VERBS and (after not in NOUN_TOO or placed))
        or after in THIRD_PERSONS
    )


def _holds_people(sentence: Sentence, index: int) -> bool:
    """Say whether people are meant who are in a place: "in the valley", "the offices"."""
    before = sentence.texts[max(0, index - 4) : index]
    held = sentence.texts[index] not in ("site", "sites")
    return (held and not DETERMINERS.isdisjoint(before[-2:])) or not _WHERE.isdisjoint(before)


_WHERE = frozenset("in at across throughout around between for near on of".split())
# What we call ourselves: "become the partner of choice", "ourselves as a premium player".
_ROLES_OF_OURS = frozenset(
    "brand champion employer expert leader manufacturer partner player provider specialist"
    " supplier".split()
)
_CLAIMED_BY = frozenset("be become ourselves position remain".split())
_OWN = frozenset("the our whole entire this".split())
_BUILDS = frozenset("build strengthen grow expand develop create scale form run manage".split())

# --- what for ---------------------------------------------------------------------------------


def _purpose(sentence: Sentence, after: int, form: Form) -> int | None:
    """Return where the clause begins that says what the objective is for."""
    texts = sentence.texts
    for index in range(max(1, after), len(texts) - 1):
        text = texts[index]
        if text not in _LEADS_ON:
            continue
        before, then = texts[index - 1], texts[index + 1]
        if text == "because" and _says_something(sentence, index + 1):
            return index
        reasons = text == "so" and then not in _NOT_SO and before != "and"
        if reasons and _says_something(sentence, index + 1):
            return index
        if text == "to" and then in VERBS and before not in _COMPLETED_BY_TO:
            if _says_something(sentence, index + 2):
                return index
        elif (
            text in ("that", "which")
            and before != "so"
            and form != "statement"
            and _goes_on(sentence, index + 1)
        ):
            return index
    return None


def _says_something(sentence: Sentence, start: int) -> bool:
    """Say whether a clause holds more than power words ("to be future-proof" holds none)."""
    for index in range(start, len(sentence.texts)):
        if index > start and not _goes_straight_on(sentence, index):
            return False
        text = sentence.texts[index]
        if not (text in EMPTY or text in HOLLOW or text in _NO_CONTENT or len(text) == 1):
            return True
    return False


def _goes_straight_on(sentence: Sentence, index: int) -> bool:
    """Say whether no sign stands between a word and the one before it."""
    return sentence.folded[sentence.words[index - 1].end : sentence.words[index].start].isspace()


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Say whether "that" leads on to what somebody or something does."""
    text = sentence.text(index)
    if text in ADVERBS or text.endswith("ly"):
        text = sentence.text(index + 1)
    acts = text in VERBS or text in THIRD_PERSONS or text in AUXILIARIES
    return acts or text in PRONOUNS or is_person(text)


_LEADS_ON = frozenset("because so to that which".split())
_NOT_SO = frozenset("on far many much forth called few little".split())
# After these, "to" and a verb only complete what was said.
_COMPLETED_BY_TO = frozenset(
    """
    able begin begins chance choose come comes decide decides easier easy free going had hard
    harder has have hope how learn learns like likely likes need needs ready reason reasons start
    starts time tries try unable used want wants way ways what when where willing
    """.split()
)
_NO_CONTENT = (
    DETERMINERS
    | PREPOSITIONS
    | frozenset("be become and or more most it them way ways manner fashion full truly".split())
    | frozenset("that us we".split())
    | IDLE
)
