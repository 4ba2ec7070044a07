"""Phrases that two readers take two ways, that leave a way out, that never end, or that stand in.

The kinds follow the rules of INCOSE's Guide for Writing Requirements (R7 to R9) and the smells of
Femmer et al. (2017); the phrases are ours, and so is what keeps each from firing: "most common",
"ongoing treatment", "certain that", "as soon as they are fit".
"""

import re

from coach.reading.phrases import phrases
from coach.reading.words import EMPTY

# --- claims that say nothing -------------------------------------------------------------------

# A power word as all that shall be: "be world-class".
CLAIMS = phrases(
    {
        "be become becoming being remain is are": (
            r"(?: (?:a|an|the|more|truly|fully|our)){0,3} (?:" + "|".join(sorted(EMPTY)) + ")"
        ),
    }
)
CLICHES = phrases(
    {
        "to": r" the next level",
        "full": r" potential",
        "customer guest user employee": r" journey",
        "partner provider supplier employer vendor": r" of choice",
        "great amazing excellent outstanding superior unforgettable": (
            r" (?:(?:customer|user|guest|employee|brand) )?experiences?"
        ),
        "raise": r" the bar",
        "move": r" the needle",
        "push": r" the envelope",
        "best": r" in class",
        "world": r" class",
        "state": r" of the art",
        "new": r" heights",
        "gold": r" standard",
        "standard standards center centers centre centres": r" of excellence",
        "market thought industry category innovation": r" lead(?:er|ers|ership)",
    }
)

# --- vague: how much, how well? ----------------------------------------------------------------

_EFFECTIVE = r"(?:efficient|effective)(?:ly)?"
VAGUE = phrases(
    {
        "some": r" (?!day\b|time ago\b|of us\b)[a-z]{2,}",
        "a": (
            r" (?:bit(?! of a\b)|little (?:more|less|[a-z]+er)\b(?: [a-z]+)?"
            r"|(?:handful|number|wide range|broad range|range|variety) of)"
        ),
        "somewhat slightly": r"(?: more [a-z]+| [a-z]+er\b)?",
        "various several numerous": r" [a-z-]+",
        "certain": r"(?<!be certain)(?<!are certain)(?<!is certain) (?!that\b|of\b|about\b)[a-z]+s",
        "most": r"(?<!the most)(?<!at most)(?<!our most)(?<!their most)(?<!what most)"
        r" (?!(?:days|nights|mornings|evenings|weeks)\b)[a-z]+s",
        "more less very highly truly": rf" {_EFFECTIVE}(?:,? and (?:more )?{_EFFECTIVE})?",
        "efficient efficiently effective effectively": rf"(?:,? and (?:more )?{_EFFECTIVE})?",
        "optimal optimally adequate adequately sufficient sufficiently suitable suitably": "",
        "reasonable reasonably proper properly user-friendly easy-to-use high-quality": "",
        "top-quality intuitive largely mostly": "",
        "regularly": r"(?= *(?:[.,;]|$))",
        "kind sort": r"(?<!what kind)(?<!the kind)(?<!this kind)(?<!a kind) of [a-z]+er\b",
        "much": r" (?!(?:over|under|after|later|longer)\b)[a-z]+er\b",
        "relevant": r" (?:stakeholders|parties|teams|people|content|information|areas|topics)",
        "from": r" time to time",
        "now": r" and (?:then|again)",
        "appropriate": (
            r"(?<!where appropriate)(?<!if appropriate)(?<!as appropriate)(?<!when appropriate)"
            r"(?<!wherever appropriate)"
        ),
        "appropriately significant significantly substantial substantially considerable": "",
        "considerably noticeable noticeably drastically dramatically": "",
        "in": (
            r" (?:every|any|all|many|several) (?:possible )?ways?"
            r"(?: (?:we|they|that we) can| possible)?"
        ),
        "as": (
            r" (?:much|many|few|well|best|high|low|good|fast|quickly|soon|often|early|little)"
            r" as possible"
        ),
        "to": r" (?:a|some) (?:high |large |great |certain |good )?(?:degree|extent)",
    }
)
# In an objective only: a key result without a number lacks more than precision.
VAGUE_AIM = phrases(
    {
        "get gets getting become becomes becoming be being do doing": (
            r" (?:even |much |ever )?better at\b[^,.;]{0,40}"
        ),
        "many": r"(?<!how many)(?<!as many)(?<!so many)(?<!too many) (?!of\b|a\b)[a-z]+s",
        "a": r" (?:few [a-z]+s|lot of [a-z]+|couple of [a-z]+)",
        "lots plenty": r" of [a-z]+",
    }
)
# In a key result that holds no number.
VAGUE_RESULT = phrases(
    {
        "good great positive decent excellent better strong": (
            r" (?:feedback|results?|reviews?|progress|response|uptake|performance|outcomes?"
            r"|collaboration)(?: (?:on|from|in) [a-z]+(?: [a-z]+)?)?"
        ),
    }
)

# --- ways out ----------------------------------------------------------------------------------

_MEANS = (
    r"(?:time|budget|cash|capacity|resources?|staffing|staff|funding|funds|money|bandwidth|room"
    r"|weather|workload|circumstances)"
)
_CAN_BE = (
    r"(?: (?:it|this|that|at|all|is|are|we|they|deemed|[a-z]+ly|and|when|still)){0,4}"
    r" (?:possible|feasible|appropriate|practical|practicable|applicable|reasonable|convenient"
    r"|able)"
)
_IF_MEANS = (
    r"(?: [a-z']+){1,4} (?:allows?|permits?)(?= *(?:[.,;]|$))"
    rf"|(?: [a-z']+){{0,4}} {_MEANS}"
    r" (?:(?:is|are) (?:there|available|left|approved|found)|remains?|lasts?)"
    r"|(?: [a-z']+){1,3} (?:find|finds|have|has|get|gets|is)"
    rf"(?: (?:the|enough|some|any|spare|free)){{0,2}} {_MEANS}(?! [a-z]+s\b)"
)

ESCAPES = phrases(
    {
        "if": (
            rf"(?:{_CAN_BE}|{_IF_MEANS}|(?: it is| is)? (?:needed|necessary|required)"
            r"| (?:approved|agreed)| all goes (?:well|to plan)| (?:it|this) makes sense"
            r"|(?: [a-z]+){1,3} (?:agrees?|approves?|is approved|permitting)(?= *(?:[,.;]|$))"
            r"| we (?:can|get (?:round|around) to it|manage(?: to)?)(?= *(?:[,.;]|$)))"
        ),
        "where wherever": (
            rf"(?:{_CAN_BE}| (?:needed|necessary|required)| there is {_MEANS}"
            rf"| (?:it|this) makes sense| (?:the |our )?{_MEANS} (?:allows?|permits?))"
        ),
        "when whenever": (
            rf"(?:{_CAN_BE}| there is (?:enough |some )?{_MEANS}"
            rf"| (?:the |our )?{_MEANS} (?:is|are) (?:available|there)"
            r"|(?: [a-z']+){1,4} (?:allows?|permits?)(?= *(?:[.,;]|$)))"
        ),
        "as": (
            r"(?: (?:best|well|far|much|good|often) (?:as )?(?:we|they|i|one) (?:possibly )?can"
            rf"|(?: (?:far|long) as){_CAN_BE}| (?:far|long) as (?:possible|we can)"
            rf"| (?:far|long) as(?:{_IF_MEANS})| appropriate| applicable"
            rf"| (?:our )?{_MEANS} (?:allows?|permits?)"
            r"| (?:and when )?(?:needed|required|necessary)(?= *(?:[,.;]|$)))"
        ),
        "insofar so": rf" (?:as|far as){_CAN_BE}",
        "provided assuming": rf"(?: that)?(?:{_IF_MEANS})",
        "once": rf"(?: [a-z]+){{0,3}} {_MEANS} (?:is|are) (?:there|available|approved)",
        "unless": (
            rf" (?:(?:something|anything|other|there|we|it)|(?:the )?{_MEANS})(?: [a-z]+){{0,4}}"
        ),
        "pending": r" (?:approval|funding|budget|sign-off|agreement|a decision)",
        "subject": rf" to (?:[a-z-]+ ){{0,2}}(?:{_MEANS}|availability|approval|demand)",
        "depending": rf" on (?:[a-z-]+ ){{0,2}}(?:{_MEANS}|availability|demand)",
        "to": r" the extent (?:possible|feasible|practical)",
        "best-effort best-efforts": r"(?: basis)?",
        "best": r" efforts?(?: basis)?",
        "ideally": r"(?=,)",
        "time budget capacity resources resource staffing funding funds money weather": (
            r" (?:permitting|allowing)"
        ),
        "circumstances": r" (?:permitting|allowing)",
    }
)

# --- no end ------------------------------------------------------------------------------------

OPEN = phrases(
    {
        "etc": r"\.?",
        "and": (
            r" (?:so (?:on|forth)|(?:much |many )?(?:more|others)(?= *[.!]?$)"
            r"|(?:the like|the rest|beyond|similar(?: things)?)(?= *[.!]?$))"
        ),
        "among": r" (?:other things|others)",
        "including": r" but not limited to",
        "but": r" not limited to",
        "ongoing": (
            r"(?= *(?:[.!,;]|$)| (?:improve|effort|optimi|commitment|basis|develop|support for))"
            r"(?: [a-z]+)?"
        ),
        "on": r" an? (?:ongoing|continuous|rolling) basis",
        "continuously continually constantly": (
            r" (?:(?:improv|develop|optimi|enhanc|refin|evolv|adapt|work|striv|grow)\w*"
            r"|on|towards?)"
        ),
    }
)
# Without an end only where they lead the line: "Girls keep swimming" is a goal.
ENDLESS = phrases(
    {
        "keep keeping": (
            r" (?:on [a-z]+ing|(?:getting|improving|optimi[sz]ing|developing|enhancing|growing"
            r"|refining|pushing|striving|evolving|making|building|strengthening|raising|working"
            r"|reducing|increasing|lowering|cutting|expanding)(?: [a-z]+er\b)?)"
        ),
        "continue continuing": (
            r" (?:to )?(?:improv|develop|optimi|enhanc|refin|evolv|strength|grow|striv)\w*"
        ),
        "continuously continually constantly": r" [a-z]+(?: (?:on|towards?|to))?",
        "continuous": r" (?:improvement|development|optimi[sz]ation)",
        "carry go": r" on (?:improving|developing|growing|working|making|building|getting)",
        "never": r" stop [a-z]+ing",
    }
)

# --- still to be filled in ---------------------------------------------------------------------

_MARKS = re.compile(r"[\[<{?_…]|\.\.\.")
_STAND_INS = frozenset(
    """
    add dd enter fixme insert lorem mm n tba tbc tbd todo x xx xxx xxxx xy xyz y yy yyy yyyy
    """.split()
)
_PLACEHOLDER = re.compile(
    r"\[(?![ x]\])[^\]\[\n]{1,60}\](?!\()"
    r"|<(?=[a-z])[^<>\n]{1,40}>"
    r"|\{\{?[^{}\n]{1,40}\}\}?"
    r"|\?{2,}|_{3,}"
    r"|\b(?:tb[dca]\b\.?|todo\b|fixme\b|xx+\b ?%?|yy+\b ?%?|xyz?\b|lorem ipsum"
    r"|dd[./-]mm(?:[./-]yy(?:yy)?)?\.?|mm/dd(?:/yyyy)?|yyyy-mm-dd)"
    r"|(?:\bfrom|\bto|\bby|→|->) ?(?:\.\.\.|…)|\bn\. ?n\.|[€$£] ?x+\b"
    r"|(?<!generation )(?<!gen )(?<!\d )(?<!\d)\bx (?:new |more )?[a-z]{3,}s\b"
    r"|\b[xyn] ?%|\bx ?%? ?(?:to|→|->) ?[xy]\b ?%?"
    r"|(?<=\bby )[xn]\b(?! ?[-.\w])|(?<=\bto )[xn]\b(?! ?[-.\w])|(?<=→ )[xyn]\b|(?<=-> )[xyn]\b"
    r"|\b(?:insert|enter|add) [\w ]{2,30} here\b"
)


def find_placeholder(folded: str, vocabulary: frozenset[str]) -> tuple[int, int] | None:
    """Return where a line still waits to be filled in ("[region]", "TBD", "from X to Y")."""
    if _STAND_INS.isdisjoint(vocabulary) and not _MARKS.search(folded):
        return None
    found = _PLACEHOLDER.search(folded)
    return found.span() if found else None
