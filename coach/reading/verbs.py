"""Verbs of a line, by what they ask for.

A verb counts by its position: "Cut launch-week incidents" cuts, it launches nothing, and in
"Support tickets reopened: 9 → 3" nobody supports.
"""

from typing import Literal, NamedTuple

from coach.reading.text import Word

VerbKind = Literal["raise", "lower", "reach", "keep", "ship", "effort", "hedge"]

_BY_KIND: dict[VerbKind, str] = {
    "raise": """increase raise grow improve boost lift double triple quadruple expand accelerate
        gain enhance strengthen elevate maximise maximize widen broaden deepen extend multiply
        heighten rise climb jump scale better advance""",
    "lower": """reduce cut lower decrease shrink halve drop trim shorten minimise minimize slash
        curb lessen diminish fall decline sink eliminate eradicate prevent avoid stop end""",
    "reach": """reach achieve attain hit get score meet exceed surpass pass win earn secure land
        obtain generate acquire attract sign close book sell bring go move take come become
        convert save free""",
    "keep": """maintain keep continue ensure remain sustain preserve stay retain protect
        safeguard uphold limit cap guarantee stabilise stabilize hold""",
    "ship": """launch build ship release deliver implement migrate create publish deploy install
        introduce develop design complete finish finalise finalize produce write draft open
        replace automate integrate upgrade refactor extract rewrite redesign rebuild document
        define establish hire recruit onboard add provide enable update prepare adopt switch
        configure code purchase buy procure standardise standardize consolidate digitise digitize
        modernise modernize restructure merge centralise centralize overhaul revamp start begin
        pilot unveil rebrand renovate construct assemble compile print ship set roll transition
        port embed formalise formalize institute form make""",
    "effort": """help support participate analyse analyze coordinate attend assist work focus
        collaborate cooperate run conduct organise organize host interview train teach coach
        mentor discuss review research investigate study evaluate assess monitor track measure
        audit plan manage communicate present promote advise engage visit call contact collect
        gather facilitate lead liaise consult oversee share educate encourage test check report
        handle answer process respond serve perform execute drive push leverage streamline
        optimise optimize foster champion invest inform survey talk speak listen learn
        brainstorm contribute follow carry send post prioritise prioritize align identify
        map benchmark baseline""",
    "hedge": """try aim explore strive attempt seek endeavour endeavor hope intend consider
        want look experiment""",
}
KIND_OF: dict[str, VerbKind] = {
    verb: kind for kind, listed in _BY_KIND.items() for verb in listed.split()
}

# Verbs that say nothing of their direction until a particle or the numbers do.
NEUTRAL = frozenset("improve better bring go move take come get score scale drive push".split())

# A verb and a particle that make another verb of it.
_PHRASAL: dict[tuple[str, str], VerbKind] = {
    ("roll", "out"): "ship", ("set", "up"): "ship", ("put", "up"): "ship", ("put", "in"): "ship",
    ("go", "live"): "ship", ("clean", "up"): "ship", ("kick", "off"): "ship",
    ("build", "out"): "ship", ("switch", "off"): "ship", ("switch", "over"): "ship",
    ("phase", "out"): "lower", ("bring", "down"): "lower", ("drive", "down"): "lower",
    ("get", "down"): "lower", ("go", "down"): "lower", ("come", "down"): "lower",
    ("push", "down"): "lower", ("take", "down"): "lower", ("bring", "up"): "raise",
    ("drive", "up"): "raise", ("push", "up"): "raise", ("go", "up"): "raise",
    ("get", "up"): "raise", ("scale", "up"): "raise", ("ramp", "up"): "raise",
    ("step", "up"): "raise", ("speed", "up"): "raise", ("look", "into"): "hedge",
    ("work", "towards"): "hedge", ("work", "toward"): "hedge", ("plan", "to"): "hedge",
    ("take", "part"): "effort", ("carry", "out"): "effort", ("look", "after"): "effort",
    ("follow", "up"): "effort", ("meet", "with"): "effort", ("reach", "out"): "effort",
    ("get", "involved"): "effort", ("work", "on"): "effort", ("work", "with"): "effort",
    ("focus", "on"): "effort",
}  # fmt: skip

_IRREGULAR = {
    "rise": "rose risen rising rises", "fall": "fell fallen falling falls",
    "grow": "grew grown growing grows", "go": "went gone going goes",
    "come": "came come coming comes", "bring": "brought bringing brings",
    "take": "took taken taking takes", "get": "got gotten getting gets",
    "keep": "kept keeping keeps", "hold": "held holding holds", "win": "won winning wins",
    "build": "built building builds", "write": "wrote written writing writes",
    "rewrite": "rewrote rewritten rewriting rewrites", "rebuild": "rebuilt rebuilding rebuilds",
    "sink": "sank sunk sinking sinks", "shrink": "shrank shrunk shrinking shrinks",
    "cut": "cutting cuts", "hit": "hitting hits", "set": "setting sets", "put": "putting puts",
    "meet": "met meeting meets", "sell": "sold selling sells", "buy": "bought buying buys",
    "begin": "began begun beginning begins", "make": "made making makes",
    "become": "became becoming becomes", "run": "ran running runs", "teach": "taught teaching",
    "lead": "led leading leads", "send": "sent sending sends", "speak": "spoke spoken speaking",
    "seek": "sought seeking seeks", "learn": "learnt learned learning learns",
    "oversee": "oversaw overseen overseeing oversees",
}  # fmt: skip
_DOUBLED = frozenset("drop trim stop plan ship cap map scrap slip get set run win".split())


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

# Words that may stand before the verb that leads a line.
_BEFORE = frozenset(
    "to we we'll will our team the shall let us let's please also then and i i'll maybe perhaps"
    " possibly hopefully ideally now in order not".split()
)
_DETERMINERS = frozenset(
    "a an the our all every each its their your my this that these those any some more at with"
    " and or in on by for us".split()
)
# What follows these words decides whether they are nouns.
_NOUN_TOO = frozenset(
    "support help design build release launch test report review start lead work contact cost"
    " process check plan drop cut lift score hit end stop gain rise fall jump scale code open"
    " train call post market study research survey audit visit sign set roll map share track"
    " measure answer move pass land book cap limit hold return print draft document form interview"
    " talk drive present pilot update upgrade coach process host save free".split()
)
_HEADS = frozenset(
    "time times week weeks day days rate rates review reviews ticket tickets desk centre center"
    " backlog coverage date dates cost costs call calls team teams staff failure failures incident"
    " incidents notes plan plans queue queues wait waits churn escape accuracy drop-out drop-outs"
    " volume level levels score scores pass request requests errors defects bugs results hours"
    " minutes month months quality lead leads reports cycle readers users cases agents pages".split()
)


class Verb(NamedTuple):
    """A verb of a line: lemma ("roll out"), kind and span."""

    lemma: str
    kind: VerbKind
    start: int
    end: int


def leading_verb(words: tuple[Word, ...], folded: str = "") -> Verb | None:
    """Return the verb that a line opens with, or None.

    `folded`, the line that the words come from, lets numbers tell verbs from nouns.
    """
    for index, word in enumerate(words[:6]):
        verb = verb_at(words, index)
        if verb is not None:
            return None if _is_noun(words, index, verb, folded) else verb
        if word.text not in _BEFORE and not word.text.endswith("ly"):
            return None
    return None


def verb_at(words: tuple[Word, ...], index: int) -> Verb | None:
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


def _is_noun(words: tuple[Word, ...], index: int, verb: Verb, folded: str) -> bool:
    word = words[index]
    if index + 1 == len(words):
        return word.text not in KIND_OF
    after = words[index + 1]
    if after.start - word.end > 1:
        return folded[word.end : word.end + 1] == ":"
    if after.text == "of" or (word.text != verb.lemma and word.text.endswith("s")):
        return True
    if after.text in _DETERMINERS or " " in verb.lemma:
        return False
    if word.text != verb.lemma:
        return verb.kind not in ("raise", "lower") or word.text.endswith("s")
    if word.text not in _NOUN_TOO:
        return False
    return after.text in _HEADS or (index == 0 and _reads_as_subject(words, folded))


def _reads_as_subject(words: tuple[Word, ...], folded: str) -> bool:
    """Say whether a line that opens with a noun-or-verb goes on as a statement about a noun."""
    if words[-1].text.endswith(("ed", "en")) and len(words) > 2:
        return True
    verb_like = ("falls", "rises", "drops", "grows", "goes", "is", "are", "stays", "fall", "rise")
    if any(word.text in verb_like for word in words[2:]):
        return True
    return "→" in folded or "->" in folded or ": " in folded
