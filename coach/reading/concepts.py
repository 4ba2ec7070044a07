"""What a text is about, by word stems: does it share anything with another, and how much?

Stems are ours and crude on purpose: they only ever answer whether two short texts have something
in common. Words of one idea count as one ("wait" and "queue"), so that an objective need not
repeat its purpose to serve it.
"""

from collections.abc import Iterable
from functools import lru_cache

from coach.reading.text import Word, fold, words
from coach.reading.words import FUNCTION

_IRREGULAR = {
    "paid": "pay", "kept": "keep", "sold": "sell", "bought": "buy", "found": "find",
    "told": "tell", "went": "go", "children": "child", "men": "man", "women": "woman",
    "taught": "teach", "lost": "lose", "built": "build", "felt": "feel", "left": "leave",
    "leaving": "leave", "held": "hold", "met": "meet", "ate": "eat", "slept": "sleep",
    "drove": "drive", "driven": "drive", "spoke": "speak", "spoken": "speak", "knew": "know",
    "known": "know", "understood": "understand", "grew": "grow", "grown": "grow", "worn": "wear",
    "broken": "break", "broke": "break", "written": "write", "given": "give", "gave": "give",
    "feet": "foot", "lives": "live", "life": "live", "safety": "safe", "safer": "safe",
    "heat": "heat", "heating": "heat", "kids": "child", "kid": "child", "parcels": "parcel",
}  # fmt: skip
_SUFFIXES = (
    "ations", "ation", "itions", "ition", "ements", "ement", "ments", "ment", "nesses", "ness",
    "ities", "ity", "ances", "ance", "ences", "ence", "ings", "ing", "edly", "ally", "ied", "ies",
    "ers", "ors", "er", "or", "est", "ed", "ly", "es", "al", "s", "e", "y",
)  # fmt: skip

# Words of one idea, as stems are written below: the first is what the others count as.
_IDEAS = """
    safe harm hurt accident injury injure unhurt danger risk secure protect incident rescue
    wait queue delay late punctual hurry time timely earlier early prompt minute fast quick
    pay afford affordable cost price cheap money debt cash wage rent bill invoice salary fee
    heal ill sick health healthy care recover recovery well medicine treatment nurse doctor clinic
    hospital ward patient pain disease therapy vaccine
    dentist tooth check-up treatment
    learn pupil student learner school teach lesson class course study education teacher child exam
    skill training train apprentice apprenticeship trade qualify
    home house tenant household flat landlord evict eviction shelter homeless lease roof street
    job employment hire career apprentice candidate applicant recruit
    buy purchase order shop shopper checkout customer client guest sell sale dealer basket
    help support assist assistance unaided
    read book library story reader literacy
    farm field crop harvest farmer milk soil grower cow seed
    give donate donation donor fundraise charity sponsor
    stay retain retention leave churn keep loyal loyalty renew renewal return regular
    arrive arrival crew reach
    visit visitor guest tourist hotel travel
    power energy heat electric electricity warm light
    know understand clear understandable information inform explain answer
    clean water well pump tap river lake fish sea drink pollution dye
    hear hearing listen sound ear deaf
    play music instrument song orchestra sing choir
    sport play club match swim player
    stage theatre audience seat museum art exhibition culture
    travel passenger train bus ride journey rider trip commute station
    eat food meal hunger hungry diet cook kitchen bread loaf baker bakery plate
    repair fix mend broken break fault maintenance leak
    blind screen-reader accessible accessibility barrier wheelchair lift disability disabled
    lonely alone neighbour neighbor together company isolate isolation
    elderly pensioner senior resident dementia
    baby mother birth midwife pregnant newborn
    choose choice choosing decide decision
    grow growth revenue market expand
    legal lawyer court law advice rights
    crime police victim theft attack fraud attacker
    data privacy password account leak breach
    software app website developer release code user online
    climate carbon emission co2 solar footprint
    forest tree wood nature bird wildlife bee
    deliver delivery parcel shipment ship ships freight haul box pallet carrier
    harbour port sail boat ferry sailor
    speak language talk say voice word translate interpreter
    news paper article reader newspaper press journalist
    walk fall steady balance mobility
    weather storm flood warning forecast
    dog cat animal vet pet
    tax advice firm accountant bookkeeper adviser
    insurance insure claim damage policy
    refugee asylum newcomer migrant arrival
    vote citizen town council community village villager local
    machine production line factory plant
"""
# Too general to tie two texts together.
_GENERAL = frozenset(
    """
    more less fewer better new our get make do have be people person everyone everybody nobody
    every each all one two way thing things first last good great best use used using team year
    month week day today company organisation organization business goal objective improve
    increase reduce raise lower become ensure provide no not never always can need want own
    high low big small many much most still without within percent share number rate average
    median total level from somebody someone anyone who us them themselves
    """.split()
)


def stem(word: str) -> str:
    """Return the stem of a folded word: "recovery", "recovers" and "recover" share one."""
    if word.endswith("'s"):
        word = word[:-2]
    word = word.rstrip("'")
    word = _IRREGULAR.get(word, word)
    for _ in range(2):
        for suffix in _SUFFIXES_BY_LAST.get(word[-1:], ()):
            if word.endswith(suffix) and len(word) - len(suffix) >= 3:
                word = word[: -len(suffix)]
                break
    return word


_SUFFIXES_BY_LAST = {
    last: tuple(suffix for suffix in _SUFFIXES if suffix[-1] == last)
    for last in {suffix[-1] for suffix in _SUFFIXES}
}


def _ideas() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for number, listed in enumerate(_IDEAS.strip().splitlines()):
        for word in listed.split():
            found.setdefault(stem(word), set()).add(f"#{number}")
    return {word: frozenset(names) for word, names in found.items()}


_IDEA_OF = _ideas()
_SKIPPED = FUNCTION | _GENERAL
_GENERAL_STEMS = frozenset(map(stem, _GENERAL))


@lru_cache(maxsize=2048)
def concepts(text: str) -> frozenset[str]:
    """Return what a text is about: the stems of its content words, and the ideas they belong to."""
    return concepts_of(words(fold(text)))


def concepts_of(said: Iterable[Word]) -> frozenset[str]:
    """Return what folded words are about."""
    return frozenset().union(*[_meant(word.text) for word in said])


@lru_cache(maxsize=8192)
def _meant(word: str) -> frozenset[str]:
    found: set[str] = set()
    for part in (word, *word.split("-")) if "-" in word else (word,):
        if part in _SKIPPED or len(part) < 3:
            continue
        base = stem(part)
        if base not in _GENERAL_STEMS:
            found.add(base)
            found.update(_IDEA_OF.get(base, ()))
    return frozenset(found)


def is_idea(concept: str) -> bool:
    """Say whether a concept is an idea that several words share, and no word's own stem."""
    return concept.startswith("#")


def similarity(one: str, other: str) -> float:
    """Return how alike two short texts are: 1 for the same content words in any order, 0 for none.

    Dice's coefficient over the stems of content words and the numbers.
    """
    left, right = content_of(one), content_of(other)
    if not left or not right:
        return 0.0
    return 2 * len(left & right) / (len(left) + len(right))


@lru_cache(maxsize=2048)
def content_of(text: str) -> frozenset[str]:
    """Return the stems of a text's content words, and its numbers."""
    folded = fold(text).replace("can't", "cannot").replace("n't", " not")
    stems = {stem(word.text) for word in words(folded) if word.text not in FUNCTION}
    numbers = {part.strip(".,;:%") for part in folded.split() if part[:1].isdigit()}
    return frozenset(stems | numbers)
