"""A sentence as words with places, and what in it can be a verb.

There is no dictionary of parts of speech here: position decides. "Shop owners sort out" has a
verb, "shop owners" has none; "changes" is a noun in "late changes to the list".
"""

import msgspec

from coach.reading.text import Word
from coach.reading.words import (
    ADJECTIVE_TOO,
    AUXILIARIES,
    DETERMINERS,
    NOUN_TOO,
    PREPOSITIONS,
    PRONOUNS,
    VERBS,
    is_person,
)

Place = tuple[int, int]
"""Where words stand in a line: code points, half-open."""


class Sentence(msgspec.Struct, frozen=True):
    """The words of a folded line that make up one sentence, and their texts."""

    folded: str
    words: tuple[Word, ...]
    texts: list[str]

    def place(self, first: int, last: int) -> Place:
        """Return where the words from `first` to `last` stand; `last` is cut to what there is."""
        return self.words[first].start, self.words[min(last, len(self.words) - 1)].end

    def joined(self, index: int) -> bool:
        """Say whether nothing but a space parts the word at `index` from the one before."""
        return self.words[index].start - self.words[index - 1].end == 1

    def text(self, index: int) -> str:
        """Return the word at `index`, or nothing where the sentence has ended."""
        return self.texts[index] if index < len(self.texts) else ""

    def end_of_object(self, start: int) -> int:
        """Return where the noun phrase ends that begins at `start`."""
        end = start
        while end < len(self.texts) and self.texts[end] not in ENDS_AN_OBJECT:
            end += 1
        return end


def _is_month(sentence: Sentence, index: int) -> bool:
    """Say whether "may" stands before or behind a number: "until 15 May"."""
    if sentence.texts[index] != "may":
        return False
    word, folded = sentence.words[index], sentence.folded
    return folded[: word.start].rstrip()[-1:].isdigit() or folded[word.end :].lstrip()[:1].isdigit()


def finite_verb(sentence: Sentence) -> int | None:
    """Return where the verb of a statement stands, None where there is none."""
    texts = sentence.texts
    plural = False
    people = any(map(is_person, texts[:3]))
    for index in range(1, min(len(texts), _FAR)):
        text, before = texts[index], texts[index - 1]
        plural = plural or is_plural(before)
        if text in AUXILIARIES and before != "to" and not _is_month(sentence, index):
            return index
        if before in ARTICLES or (before in PREPOSITIONS and sentence.joined(index)):
            continue
        if before in ADVERBS and index > 1:
            before = texts[index - 2]
        after = sentence.text(index + 1)
        opens = after in DETERMINERS or after in PRONOUNS
        if text in VERBS:
            noun = text in NOUN_TOO or text in ADJECTIVE_TOO
            sure = not noun or is_plural(before) or before in _LEADS_TO_A_VERB
            if sure or (plural and (people or opens)):
                return index
        elif text in THIRD_PERSONS and before not in ADJECTIVES:
            closes = not after and texts[0] not in DETERMINERS
            leads_on = after in SUBORDINATORS and texts[0] in DETERMINERS
            noun = text in PLURALS or closes
            goes = text in _GOING and texts[0] in DETERMINERS and after in PREPOSITIONS
            leads_on = leads_on or (goes and not is_plural(before))
            if not noun or after in DETERMINERS or after in PARTICLES or leads_on:
                return index
        elif opens and is_plural(before) and text not in _NO_VERBS and not is_plural(text):
            return index  # no list knows it: "Our trees outlive the drought"
    return None


def is_plural(word: str) -> bool:
    """Say whether a noun is one of many, or somebody who takes a verb like many."""
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return True
    return is_person(word) and word not in ANYBODY


def base_of_gerund(word: str) -> str:
    """Return the verb of a word in -ing: "making" is "make"."""
    stem = word[:-3]
    if stem in VERBS:
        return stem
    if stem + "e" in VERBS:
        return stem + "e"
    return stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


_FAR = 24
# "Our cheese travels to Japan": what goes, stops or lasts needs no object.
_GOING = frozenset(
    "drifts ends falls flows lands lasts opens rests returns rises runs sails sleeps smells starts"
    " stops travels waits walks".split()
)
THIRD_PERSONS = frozenset(map(_third_person, VERBS))
ARTICLES = frozenset("a an the my our your their his her its every no any".split())
PARTICLES = frozenset("up out off down back over in on away through forward together".split())
ADVERBS = frozenset("only just still also rarely often soon finally hardly seldom".split())
ADJECTIVES = frozenset(
    "new better more fewer less all every good great faster safer cheaper early young old".split()
)
ANYBODY = frozenset("everyone everybody nobody anyone anybody someone somebody one".split())
_LEADS_TO_A_VERB = ANYBODY | {"that", "who", "which"}
SUBORDINATORS = frozenset(
    """
    after although as because before how if once since so than that though unless until what when
    whenever where wherever which while who whom whose why
    """.split()
)
ENDS_AN_OBJECT = PREPOSITIONS | SUBORDINATORS | {"and", "or", "to"}
_NO_VERBS = ENDS_AN_OBJECT | DETERMINERS | PRONOUNS | ADVERBS | ADJECTIVES | {"but", "not"}
# Nouns in the plural that could be verbs: "last-minute changes to the list".
PLURALS = frozenset(
    """
    addresses answers audits blends boards burns calls changes charges checks claims coaches
    collapses contacts controls cooks costs counts covers crosses cuts cycles deals delays
    demands deposits designs displays divorces documents downloads drafts drains dreams drifts
    drinks drives drops escapes estimates exchanges exits experiences exploits exports extracts
    faces falls feeds fights files filters finances fixes flips folds forecasts forms fuels
    funds gains grants guarantees guides halts harvests hatches hauls hinges hits hopes hosts
    hunts hurries imports increases interests interviews issues laughs leads levels likes limits
    links lists litters loads lodges looks maps markets masters matches mates measures mentions
    mentors merits moderates moves needs nests offers orders packs parks partners passes patrols
    permits phases picks pilots places plans plants plays pledges ploughs plows positions posts
    praises presents processes products programs promises purchases queues races raises rallies
    ranks reclaims records refills refunds regrets relays releases remedies rents repairs
    repeats replies reports requests results retreats returns reverses reviews rewards rides
    rises risks roasts rolls rushes sales samples scales scans scares schedules scores searches
    separates shapes shares shelters shifts ships shops shouts shows signs sinks skates sketches
    skis slices slides slips smells sources spells spins splits sponsors spots spreads stands
    starts steps sticks stings stirs stitches stops stores strays strikes strips strolls
    struggles studies substitutes sues supplies surfaces surges surveys suspects swallows swaps
    sweats sweeps swings switches talks targets tears tests ticks ties touches tours traces
    tracks trades trains transfers transitions traps travels treads treats trials tries triggers
    turns twists types updates upgrades uses values ventures vets views visits voices volunteers
    votes walks wants washes watches waters wins wishes witnesses works wraps
    """.split()
) - frozenset("works wants shows looks loads".split())
