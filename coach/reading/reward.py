"""Words that tie a goal to pay, a reward or a mark, and not to what it changes.

Pay as a subject is no reward: "suppliers are paid on the day" and "the pay gap closes" are goals.
What counts is somebody of ours who gets something for reaching it.
"""

from coach.reading.phrases import Spoken, phrases

Place = tuple[int, int]


def find_reward(line: Spoken) -> Place | None:
    """Return where a line speaks of a reward for reaching it."""
    found = _PAY.search(line)
    return found.span() if found else None


_REWARD = (
    r"(?:bonus(?:es)?(?: (?:step|payout|payment|pool|target))?|commissions?|pay ?-?(?:rise|raise)s?|salary (?:increase|step|raise)s?"
    r"|raises?|profit share|stock options|extra (?:leave|days? off|holiday)|day off|incentive(?: trip)?"
    r"|(?:trip|holiday|weekend|dinner|cruise|flight|party) (?:to|in|at|on|for) (?:the )?[\w-]+|prize money|gift cards?|vouchers?|company car)"
)
_US = r"(?:we|i|they|(?:the|our|my|each|every|all) (?:[\w-]+ ){0,2}[\w-]+|everyone|everybody|[\w-]+ (?:managers|staff|reps|team))"
_EARNS = r"(?:gets?|reach(?:es)?|hits?|earns?|wins?|receives?|secures?|qualif(?:y|ies) for|makes?|keeps?|collects?|is paid|are paid|deserves?)"
_MARK = (
    r"(?:better|higher|top|good|best|strong|excellent|outstanding|\"[\w ]{3,30}\")? ?(?:performance )?(?:ratings?|marks?|grades?|scores?|reviews?|appraisals?|evaluations?)"
    r" (?:in|at|from) (?:the|our|their|my) (?:[\w-]+ ){0,2}(?:review|appraisal|evaluation|boss|manager|director|ceo|cfo|board|head ?quarters|hr|assessment)s?"
)
_PAY = phrases(
    """
    bonus bonuses commission commissions pay payrise raise raises salary rise incentive trip weekend
    dinner holiday cruise flight party leave day days rating ratings mark marks grade grades review
    reviews appraisal appraisals evaluation evaluations expectations outstanding promotion promoted
    prize voucher vouchers stock profit car gift payout
    """,
    rf"(?:so (?:that )?|in order (?:to|that) |because (?:then )?|to |and (?:then )?)?(?:{_US} )?(?:can |will |all |finally )?{_EARNS}"
    rf" (?:(?:its|their|our|the|a|an|his|her|my|full|yearly|annual|quarterly|team|big|maximum|next|christmas|paid|well-earned) ){{0,4}}{_REWARD}",
    r"\(?(?:this )?(?:counts?|counting|worth|weighs?|weighted|linked|tied|relevant|decides?|feeds?)(?: (?:for|towards?|to|into|on|about|at|with|half|\d+ ?%))*"
    r"(?: (?:\d+ ?%|half|part) of)?(?: (?:the|our|my|their|annual|yearly|personal))* (?:bonus|pay|salary|rating|appraisal|review|commission)s?\)?",
    rf"(?:get|gets|getting|earn|receive|give|secure)(?: [\w-]+){{0,4}} (?:a |an )?{_MARK}",
    r"(?:get|gets|getting|earn|earns|receive|secure)(?: [\w-]+){0,4} (?:an? )?\"(?:exceeds?|meets?|far exceeds|outstanding|excellent|above|strong)[\w -]{0,20}\"",
    r"(?:get|gets|getting|be|is|are|being|been) promoted(?: to [\w -]{3,20})?",
    r"(?:for|(?:to )?(?:get|earn|secure|win)) (?:my|a|his|her|the|our) (?:promotion|pay rise|pay raise|bonus|raise)",
    r"(?:my|his|her|our|their|the team's|the annual|the yearly) (?:performance rating|performance review|appraisal|bonus|pay rise)(?= (?:goes|rises|is up|improves|increases|reaches)| from| to )",
)
