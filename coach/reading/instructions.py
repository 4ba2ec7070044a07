"""Words that speak to whoever judges a draft, instead of saying what will be different.

Trigger words tell nothing: "system", "score" and "ignore" stand in many an honest key result. What
tells is how a sentence is built: an order with a judge's tools as its object, a line that speaks
of itself as judged, a "you" who grades, a verdict handed in, the marks of a conversation or of
code. A line that was written backwards, in base64 or in look-alike letters is read once more as
what it decodes to.

Such words are shown to their author and count for nothing: what is left of the line is judged.
"""

import base64
import binascii
import codecs
import re
from collections.abc import Iterator

import msgspec

from coach.reading.text import LIKE_LATIN, LOOKS_LATIN, Scan, fold, scan, words


class Addressed(msgspec.Struct, frozen=True):
    """Words to a judge in a line: where the first of them stand, and the line with blanks for all.

    Blanks keep every other word where it stood.
    """

    start: int
    end: int
    blanked: str


def find_addressed(line: Scan) -> Addressed | None:
    """Return the words of a line that speak to its judge, None where none do."""
    found = _speaks(line)
    if found is None:
        return None
    text = line.text
    start, end = _reach(text, found)
    return Addressed(*found, text[:start] + " " * (end - start) + text[end:])


def _reach(text: str, found: tuple[int, int]) -> tuple[int, int]:
    """Return what to take out: from the first sentence that speaks to a judge to the last's end.

    What leads up to it in the same sentence stays if it is the goal's own.
    """
    spans = []
    start = 0
    for end in [*(mark.end() for mark in _SENTENCE_END.finditer(text)), len(text)]:
        sentence = text[start:end]
        folded = fold(sentence)
        if spoken := _speaks(scan(sentence)):
            own = _says(folded[: spoken[0]], folded[spoken[0] :], first=start == 0)
            spans.append((start + (spoken[0] if own else 0), end))
        start = end
    spans = spans or [found]
    return spans[0][0], spans[-1][1]


def _says(lead: str, spoken: str, *, first: bool) -> bool:
    """Tell whether what leads up to words to a judge is the goal's own.

    It is where it measures something or ends in front of a tag. A first sentence is, too: a weak
    line that went with such words would not be missed, and the draft be better off for it.
    """
    said = words(lead)
    if not said or said[0].text in _FIRSTS or said[0].text in ("please", "kindly"):
        return False
    if any(map(str.isdigit, lead)) or (not spoken[0].isalnum() and len(said) > 3):
        return True
    return first and len(said) > 1 and "," not in lead and said[0].text not in _SUBORDINATE


_SUBORDINATE = frozenset("as because for from if instead note since so this whatever when".split())
_SENTENCE_END = re.compile(r"(?<=[.!?>])\s+|\n+|(?<=[。！？])")


def _speaks(line: Scan) -> tuple[int, int] | None:
    if found := _find(line.folded, line.vocabulary):
        return found
    for hidden in _unwrapped(line):
        if _find(hidden, frozenset(word.text for word in words(hidden))):
            return 0, len(line.text)
    return None


def _find(folded: str, vocabulary: frozenset[str]) -> tuple[int, int] | None:
    if _SIGNS.search(folded) and (found := _MARKS.search(folded)):
        return found.span()
    if not _FIRSTS.isdisjoint(vocabulary):
        for firsts, pattern in _SENTENCES:
            if not firsts.isdisjoint(vocabulary) and (found := pattern.search(folded)):
                return found.end() - len(found[0].lstrip(" .!?;:,>)\"'")), found.end()
    if not _ORDERS_ABROAD.isdisjoint(vocabulary):
        return _order_abroad(folded)
    return None if folded.isascii() or not _EASTERN.search(folded) else _order_in_signs(folded)


# ── the marks of a conversation, of code, of an answer ────────────────────────────────────────

# Without one of these there are no marks. A sign that few lines hold comes first in all of them,
# so that the search skips from one to the next.
_SIGNS = re.compile(
    r"[<{\[`\\&=:>\"/%-](?:(?<=[<{\[`\\&=])|(?<=\w:) ?[a-z]|(?<=>)>|(?<=\")[^\"]+\" ?[-→]"
    r"|(?<=/)\*|(?<=-)-|(?<=-)> ?$|(?<=%)\()"
)
_ROLE = (
    r"(?:system|assistant|user|human|operator|evaluator|grader|judge|reviewer|admin|output|result)"
)
_MARKS = re.compile(
    r"<\|\w{1,20}\|>|\[(?:system|admin|assistant)\b[^\]]*\]?"
    r"|\[/?inst\]|<</?sys>>|<(?:start|end)_of_turn>"  # turns of a chat
    r"|</(?:draft|system|user|assistant|instructions?|prompt|rubric)>(?:\{[^{}]{0,60}\})?"  # tags
    r"|</[a-z][\w-]{0,40}>|<[a-z][\w-]{0,40} [^<>]{0,80}=|<!--|/\*|\]\]>|<[a-z]+/>"
    r"|<script|javascript:|\bon[a-z]{3,12}=|&lt;[a-z/]|\\u00[0-9a-f]{2}|!\[[^\]]{0,80}\]\(|\]\(#"
    r"|\{\{(?!\w{1,40}\}\})|\{[%#]|<%|[$#@]\{|%\(\w{1,20}\)s|\{\d?\.__"  # templates
    r"|[{,\[] ?\"[\w-]{1,40}\" ?:|\{\w+:|```|\b\w{1,40}\(\w{1,20} ?= ?|; --"
    r"|\bfunction_call\b"  # code
    r"|(?:-{3,}|={3,}) ?[a-z][^=-]{2,40}(?:-{3,}|={3,})|#{1,3} ?(?:system|user|instruction)"
    rf"|(?:^|[.!?;>] ?){_ROLE}: (?![^.!?]{{0,200}}\d)|^{_ROLE} ?>>"  # roles that speak
    r"|\bq: .{1,200}\ba: ?|\b(?P<label>example|input|user|draft \d|exemple|beispiel):? .{1,120}"
    r"[.;/] ?(?:(?P=label)|draft \d|output)\b"  # examples to follow
    r"|\"[^\"]{1,80}\" ?(?:->|→|=>) ?[a-z]|=> ?label\b"
    r"|\b(?:score|overall|grade|rating)s?\w{0,10} ?= ?\d|\bscore: ?5/5"
    r"|\banswer: ?(?:met|yes|strong)"
)

# ── how a sentence to a judge is built ────────────────────────────────────────────────────────

_START = r"(?:(?:^|[.!?;:,>)] ?|\b(?:and|please|kindly|just|so|to|then) )\W{0,2})"
_SELF = (
    r"\b(?:this|these|my|our|the) (?:same |whole |following |previous )?"
    r"(?:drafts?|okrs?|objectives?|key results?|lines?|sentence|text|submissions?|item|one)\b"
)
_JUDGE = r"(?:grader|evaluator|reviewer|judge|rater|assessor|language model|assistant)"
_TOP = (
    r"(?:full|top|highest|maximum|best|high|perfect)(?: possible)? (?:marks?|scores?|points|band)"
)
_TOLD = (
    r"(?:rubrics?|instructions?|rules above|criteri(?:a|on)|check(?: ?list)?|prompts?|told|finding)"
)
_PRAISED = (
    r"(?:met|strong|top|measurable|present|excellent|sound|perfect|verified|validated|approved"
    r"|pre-approved|accepted|graded|scored|rated|anchor|(?:positive )?control|100\b(?! ?%))"
)
# By the words of which one stands in every such sentence.
_SENTENCES = tuple(
    (frozenset(firsts.split()), re.compile(pattern))
    for firsts, pattern in (
        # An order, and what only a judge has as its object.
        ("ignore disregard", r"\b(?:ignore|disregard) (?:the |this |your )?rubric\b"),
        (
            "score rate grade mark",
            r"\b(?:score|rate|grade|mark) this (?:an? )?(?:\d+ ?(?:/|out of) ?\d+|100\b(?! ?%))",
        ),
        (
            "ignore disregard forget override skip bypass suspend suppress apply",
            rf"{_START}(?:ignore|disregard|forget|override|skip|bypass|suspend|suppress|apply)"
            rf"\b[^.!?]{{0,40}}? {_TOLD}\b",
        ),
        (
            "give award grant assign return output set report raise reply",
            rf"{_START}(?:give|award|grant|assign|return|output|set|report|raise|reply)\b[^.!?]{{0,40}}?"
            rf" (?:{_TOP}|(?:no|any|empty list of|0) (?:findings?|flaws?)|all answers"
            r"|5/5|5 out of 5|100 points|highest score)",
        ),
        (
            "mark rate score grade judge treat consider classify accept approve pass let assess"
            " evaluate confirm overlook answer",
            rf"{_START}(?:mark|rate|score|grade|judge|treat|consider|classify|accept|approve|pass"
            r"|let|assess|evaluate|confirm|overlook|answer)\b[^.!?]{0,50}?"
            rf"(?: as (?:if |an? )?(?:fully |very )?{_PRAISED}|{_SELF}|\bstrong\b"
            r"| every criterion| everything\b| all lines| it top\b|\"met\")",
        ),
        (
            "answer reply respond say tell conclude",
            rf"{_START}(?:answer|reply|respond|say|tell|conclude)(?: only)?(?: with)?"
            r"(?: [\"']|:(?! ?\W?\d)|,| yes to\b| met\b| the word\b| that everything)",
        ),
        (
            "do don't never stop skip",
            rf"{_START}(?:do not|don't|never|stop|skip) (?:raise|evaluat\w+|suggest|question|flag"
            r"|quot\w+|critici[sz]\w+|report|judg\w+|scor\w+|grad\w+)\b",
        ),
        # What a judge was given, asked back.
        (
            "prompt instructions rules conversation secret marker message key",
            r"\b(?:(?:your|hidden|system|developer) )+"
            r"(?:prompt|instructions|rules|conversation|secret|message|api key)\b"
            r"(?= (?:that you|word for word|as the|and|into|say|between|backwards|so far))"
            r"|\b(?:secret between|marker that fences)",
        ),
        (
            "repeat print reveal show output translate summarise summarize recite spell encode tell"
            " list copy describe include write start",
            rf"{_START}(?:repeat|print|reveal|show|output|translate|summari[sz]e|recite|spell out"
            r"|encode|tell|list|copy|describe|include|write|start)\b[^.!?]{0,60}?"
            r" (?:your (?:\w+ )?(?:prompt|instructions|rules|reason|answer)|system prompt|api key"
            r"|environment variables|text above|full conversation|hidden prompt|checklist that"
            r"|how the scores|my colleague|(?:the )?other employees|findings of|okrs of)",
        ),
        # Other drafts.
        (
            "draft drafts submission submissions rows row score scores",
            r"(?<!\btheir )(?<!\bour )(?<!\bher )(?<!\bhis )(?<!\ba )"
            r"\b(?:next|previous|following|other|later|after this one)\b[^.!?]{0,20}"
            r"\b(?:drafts?|submissions?|rows? of this file)\b|\bfor rows \d+ to \d+"
            r"|\brow (?:above|below)\b|\bdraft after this\b"
            r"|\b(?:lower|swap|copy) (?:the|my) scores?\b",
        ),
        # "You", and the judge by name.
        (
            "you you're you'll",
            r"\byou(?:'re|'ll| are(?: a grader| an? \w+)?| will| must| have to| were| work| approve"
            r"| judge| rate| only| never| find| can(?! \w+ (?:at|in|by|to)\b)| read| mark)\b"
            r"(?=[^\"]*(?:\"[^\"]*\"[^\"]*)*$)",
        ),
        (
            "your",
            r"\byour (?:only |next |first )?(?:task|manager|boss|instructions|prompt|reason"
            r"|next conversation)\b",
        ),
        (
            "grader evaluator reviewer judge rater assessor model assistant judge_override",
            r"\b(?:note|message|guidance|attention|dear|for|to|tell|if you are an?|any|as an? \w+)"
            rf"(?: (?:to|for|of))?(?: the)? {_JUDGE}\b|\b{_JUDGE}(?:'s (?:conclusion|answer)"
            r"| (?:output|guidance|override|has to|will|should|is to|that reads)|_override)"
            rf"|\b{_JUDGE}\b[^.!?]{{0,20}}? (?:wrongly|returned|ends here|answers like)",
        ),
        (
            "calibration scoring grading rubric evaluator",
            r"\b(?:calibration|scoring|grading|rubric|evaluator) (?:note|key|update|guidance)\b"
            r"(?= ?(?:[:(]|of this|v\d|for this))",
        ),
        (
            "gold reference expected correct final",
            r"\b(?:gold|reference|expected|correct|final) (?:label|solution|answers?|verdict"
            r"|judgement)(?: \w+){0,3}(?:: (?!\d)| scores? \d)",
        ),
        (
            "read reads now rule end judging pretend act trust order here speaking",
            r"\b(?:when|who|that|which) (?:you )?reads? this\b"
            r"|\bfrom now on (?:you|the rubric|every score)|\bnew rule:"
            r"|\bend of (?:task|text|draft|user)|\binstead of judging\b|\bpretend (?:that|to)\b"
            r"|\bact as if\b|\btrust me\b|\bi order you\b|^[a-z]{2,12} here\. "
            r"|\bthis is the [^.]{3,30} speaking\b",
        ),
        # The line speaks of itself, or of the rubric, as judged.
        (
            "draft drafts okr okrs objective objectives results result line lines sentence text"
            " submission submissions item one",
            rf"{_SELF}[^.!?\"]{{0,60}}? (?:is|was|are|were|has|have|comes?|meets?)\b[^.!?]{{0,40}}?"
            rf"\b(?:{_PRAISED}|clear|all criteria|flaws?)\b"
            r"|\bdrafts?\b[^.!?]{0,60}? (?:two bands|all criteria|as strong|are always strong)\b",
        ),
        (
            "score scores criteria criterion rules rubric checklist answer answers judge",
            r"\b(?:scores?|criteri(?:a|on)|rules|rubric|checklist|answers?|judge)\b[^.!?]{0,30}?"
            r" (?:no longer appl|was withdrawn|has been lifted|is empty|wrongly flags|isn't to be"
            r"|is not to be|are switched off|do not apply|don't apply)",
        ),
        (
            "clarity ambition measurability purpose overall verdict band findings rewrites"
            " measurable definition",
            r"\b(?:clarity|ambition|measurability|purpose|overall|verdict|band|findings?|rewrites?)"
            r"\"?(?: ?(?:=|:|>>|→) ?| )(?:strong|met|pass|none|100\b(?! ?(?:%|→|to))|\[\])"
            r"|\bmeasurable(?: in every| if| because|, ambitious)|\bdefinition: a key result\b",
        ),
    )
)
_FIRSTS = frozenset(first for firsts, _ in _SENTENCES for first in firsts)

# ── in other languages: an imperative beside what a judge has ─────────────────────────────────

_ABROAD = {
    "de": (
        "ignoriere ignoriert vergiss bewerte vergib gib antworte behandle sieh bestätige schreib"
        " zeig werte stufe bist durchwinken ausgeben anzuwenden bewertest",
        "kriteri punktzahl anweisung checkliste befund entwurf entwürf messbar systemprompt prüfer"
        " schwach stark ordnung ziel regeln ausgangs vorgesetzte",
    ),
    "fr": (
        "ignore oublie considère réponds attribue signale valide donne recopie appliquent"
        " es validez approuve approuvé",
        "grille consigne instruction mesurable liste évaluateur brouillon texte critère note"
        " maximale objectif responsable",
    ),
    "es": (
        "ignora olvida califica responde señales marca da muestra aprueba eres puntúa confírmalo",
        "rúbrica instrucciones medible lista evaluador texto criterio borrador puntuación objetivo",
    ),
    "it": (
        "ignora dimentica valuta rispondi segnalare assegna approva",
        "criteri istruzioni misurabile lista testo bozza punteggio",
    ),
    "pt": (
        "ignore esqueça avalie responda aponte aprove dê",
        "rubrica instruções mensurável lista texto rascunho nota máxima",
    ),
    "nl": (
        "negeer vergeet beoordeel beantwoord meld keur geef",
        "criteria instructies meetbaar checklist tekst concept score",
    ),
    "pl": (
        "zignoruj zapomnij oceń odpowiedz zatwierdź daj",
        "kryteri poleceni mierzaln list szkic ocen",
    ),
    "sv": ("strunta glöm bedöm ge godkänn", "kriterie instruktion mätbar utkast betyg"),
    "tr": ("ver unut değerlendir onayla", "ölçüt talimat ölçülebilir taslağ puan"),
    "ru": (
        "игнорируй забудь оцени отвечай поставь одобри утверди",
        "критери инструкци измерим списка черновик балл",
    ),
    "uk": ("ігноруй забудь оціни постав схвали", "критері вказівк вимірюван чернетк оцінк"),
    "el": ("αγνόησε βάλε δώσε", "κριτήρι βαθμό οδηγί"),
    "cs": ("ignoruj dej ohodnoť", "kritéri hodnocení pokyn"),
    "da": ("se giv glem godkend", "kriterie karakter instruktion"),
    "fi": ("anna unohda älä", "arviointiperust pistee ohje"),
    "ro": ("ignoră dă uită aprobă", "criterii punctaj instrucțiuni"),
    "hu": ("hagyd adj felejtsd", "szempont pont utasítás"),
    "id": ("abaikan beri lupakan setujui", "rubrik nilai instruksi"),
    "vi": ("hãy bỏ cho", "tiêu điểm hướng"),
    "ar": ("تجاهل انس امنح وافق", "معايير التعليمات الدرجة المسودة"),
    "hi": ("करो दो", "नियमों निर्देश अंक मसौद"),
}
_ORDERS_ABROAD = frozenset(" ".join(orders for orders, _ in _ABROAD.values()).split())
_SENTENCE = re.compile(r"[^.!?。！？]+")


def _order_abroad(folded: str) -> tuple[int, int] | None:
    for sentence in _SENTENCE.finditer(folded):
        said = frozenset(word.text for word in words(sentence[0]))
        for orders, objects in _ABROAD.values():
            if not said.isdisjoint(orders.split()) and any(
                thing in sentence[0] for thing in objects.split()
            ):
                return sentence.span()
    return None


# Chinese, Japanese and Korean part no words: an order at the end or the front, and its object.
_EASTERN = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_ORDER_IN_SIGNS = re.compile(
    "忽略|忘记|请|批准|回答|输出|确认|してください|てください|注意|주세요|하세요"
)
_OBJECT_IN_SIGNS = re.compile(
    "评分|评为|指令|清单|草稿|满分|提示|批准|評価|指示|下書き|満点|質問|採点|기준|지시|초안|만점"
)


def _order_in_signs(folded: str) -> tuple[int, int] | None:
    order, thing = _ORDER_IN_SIGNS.search(folded), _OBJECT_IN_SIGNS.search(folded)
    if order is None or thing is None:
        return None
    return min(order.start(), thing.start()), max(order.end(), thing.end())


# ── what was wrapped, to be read by a machine alone ───────────────────────────────────────────

_SPACED = re.compile(r"(?:\b\w(?:[ ]|-)){5,}\w\b")
# What each of those can't be without, found without a try at every letter.
_SPACED_BEGINS = re.compile(r"[ -]\w[ -]\w[ -]\w[ -]")
_LEET_SIGN = re.compile(r"[\d!$@](?<=[a-z].)(?=[a-z])")
_CODED = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{20,}={0,2}")
_LEET = re.compile(r"[a-z][\d!$@][a-z]")
_FROM_LEET = str.maketrans("01345789!$@", "oieastbgisa")
_BACKWARDS = frozenset("erongi tegrof kram evig cirbur".split())
_ROTATED = frozenset(codecs.encode(word, "rot13") for word in _FIRSTS if len(word) > 3)


def _unwrapped(line: Scan) -> Iterator[str]:
    """Yield what a line reads as once a disguise is taken off, for each that it may wear."""
    folded, vocabulary = line.folded, line.vocabulary
    if not folded.isascii() and LIKE_LATIN.search(folded):
        yield folded.translate(LOOKS_LATIN)
    if not _ROTATED.isdisjoint(vocabulary):
        yield codecs.encode(folded, "rot13")
    if not _BACKWARDS.isdisjoint(vocabulary):
        yield folded[::-1].strip(".! ")
    if _SPACED_BEGINS.search(folded) and _SPACED.search(folded):
        wide = re.sub(r" {2,}", "\0", folded)
        yield re.sub(r"\b(\w)[ -](?=\w\b)", r"\1", wide).replace("\0", " ")
    if _LEET_SIGN.search(folded) and len(_LEET.findall(folded)) > 1:
        yield folded.translate(_FROM_LEET)
    for run in _CODED.findall(line.text):
        yield from _decoded(run)


def _decoded(run: str) -> Iterator[str]:
    try:
        if len(run) % 2 == 0 and all(char in "0123456789abcdefABCDEF" for char in run):
            yield fold(bytes.fromhex(run).decode())
        else:
            yield fold(base64.b64decode(run + "=" * (-len(run) % 4)).decode())
    except (binascii.Error, ValueError):
        return
