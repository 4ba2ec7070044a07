"""Words that tie a goal to pay, a reward or a mark, and not to what it changes.

Pay as a subject is no reward: "suppliers are paid on the day" and "the pay gap closes" are goals.
What counts is somebody of ours who gets something for reaching it.
"""

import re

from coach.reading.phrases import Spoken

Place = tuple[int, int]


def find_reward(line: Spoken) -> Place | None:
    """Return where a line speaks of a reward for reaching it."""
    if _SIGNS.isdisjoint(line.vocabulary):
        return None
    found = _TIED.search(line.folded) or _HANGS.search(line.folded)
    return found.span() if found else None


_SIGNS = frozenset(
    """
    accelerator appraisal appraisals band bonus bonuses car club coffee commission commissions
    cruise dinner employee evaluation evaluations expectations flight grade grades grading gradings
    holiday incentive leave mark marks off options ote outstanding party pay pay-out payout payrise
    perk perks pizza premium premiums prize profit promoted promotion raise raises rating ratings
    review reviews rise salary score senior trip voucher vouchers weekend
    """.split()
)
_PAY = (
    r"(?:bonus(?:es)?(?! (?:points?|miles?|cards?))(?: (?:step|band|level|tier|payout"
    r"|payment|pool|target))?"
    r"|(?:year-end|annual|yearly|christmas|performance|quarterly) (?:premiums?|payments?|cheques?)"
    r"|premiums?(?= (?:at|for) (?:the )?(?:year|christmas|end))"
    r"|commissions?|profit[- ]shar(?:e|ing)(?: (?:payout|payment))?"
    r"|pay ?-?(?:rise|raise)s?|salary (?:increase|step|raise)s?|stock options|prize money"
    r"|(?:(?<=their )|(?<=our )|(?<=my ))raises?"
    r"|(?:(?<=her )|(?<=his )|(?<=their )|(?<=my ))promotions?"
    r"|variable pay|ote|pay ?-?outs?|incentives?|employee of the (?:month|quarter|year)"
    r"|(?:president's|sales) club|company car)"
)
_TREAT = (
    r"(?:(?:[\w-]+ )?(?:trip|holiday|weekend|dinner|cruise|flight|party) (?:to|in|at|on|for)"
    r" (?:the )?[\w-]+|(?:extra )?(?:leave|days? off|holiday)|incentive trip|perks?"
    r"|pizza(?: party)?|coffee machine|gift cards?|vouchers?)"
)
_WE = (
    r"(?:we|i|they|(?:the|our|my|each|every|all)(?: (?!(?:so|we|and|because) )[\w-]+){1,3}"
    r"|everyone|everybody|[\w-]+ (?:managers|staff|reps|team))"
)
# Who of ours may get a treat: "carers get a holiday" is a goal.
_US = (
    r"(?:we|i|everyone|everybody|(?:the|our|my) (?:[\w-]+ )?(?:team|branch|department|crew|squad"
    r"|desk|office|unit|reps?|managers?))"
)
_GET = (
    r"(?:gets?|reach(?:es)?|hits?|earns?|wins?|receives?|secures?|qualif(?:y|ies) for|makes?"
    r"|triggers?|unlocks?|max(?:es)? out|keeps?|collects?|(?:is|are) paid|deserves?)"
)
_WHOSE = (
    r"(?:(?:its|their|our|the|a|an|his|her|my|this|this year's|full|yearly|annual|quarterly"
    r"|team|big|maximum|top|next"
    r"|christmas|paid|well-earned) ){0,4}"
)
_MARK = (
    r"(?:(?:better|higher|top|good|best|strong|excellent|outstanding|performance) ){0,2}"
    r"(?:ratings?|marks?|grades?|scores?|reviews?|appraisals?|evaluations?) (?:in|at|from)"
    r" (?:the|our|their|my) (?:[\w-]+ ){0,2}(?:review|appraisal|evaluation|boss|manager|director"
    r"|ceo|cfo|board|head ?quarters|hr|assessment)s?"
)
_PRAISE = r"\"(?:exceeds?|meets?|far exceeds|outstanding|excellent|above|strong)[\w -]{0,20}\""
_TIED = re.compile(
    r"\b(?:"
    # "so that the crew gets its bonus"
    rf"(?:so (?:that )?|in order (?:to|that) |because (?:then )?|to |and (?:then )?)?(?:{_WE} )?"
    rf"(?:can |will |all |finally )?{_GET} {_WHOSE}{_PAY}"
    # "so we get the weekend in Rome", "to win the trip to Lisbon"
    rf"|(?:so (?:that )?|because (?:then )?|and (?:then )?){_US} (?:can |will |all )?{_GET}"
    rf" {_WHOSE}{_TREAT}|to (?:earn|win|secure) {_WHOSE}{_TREAT}"
    # "with a bonus for the clerks if met", "for a bonus of €500", "bonus if reached"
    rf"|(?:with|for|plus|worth|and) (?:an? |the ){_PAY}"
    r"(?: (?:for|of|to) (?:the |our )?[\w€$£.,-]+(?: [\w-]+)?)?"
    rf"|{_PAY}(?: for (?:the |our )?[\w-]+(?: [\w-]+)?)? (?:if|when|once|on) "
    r"(?:met|reached|hit|achieved|done|we|this|it|success)"
    rf"|{_PAY}(?: (?:for|of) (?:the |our )?[\w-]+(?: [\w-]+)?)? (?:depends?|hinges?|rests?)(?: on)"
    r"|(?:our|the|their) (?:full )?(?:variable pay|bonus(?:es)?|commissions?) (?:is|are) paid"
    # "counts towards the annual bonus"
    r"|(?:counts?|counting|worth|weighs?|weighted|linked|tied|relevant|decides?|feeds?)"
    r"(?: (?:for|towards?|to|into|on|about|at|with|half|part|of|\d+ ?%)){0,4}"
    r"(?: (?:the|our|my|their|annual|yearly|personal)){0,3}"
    r" (?:bonus|pay|salary|rating|appraisal|review|commission)s?"
    # "get everyone a better rating in the yearly review", "get an “outstanding”"
    rf"|(?:gets?|getting|earns?|receives?|gives?|secures?)(?: [\w-]+){{0,8}}? (?:an? )?"
    rf"(?:{_MARK}|{_PRAISE})"
    r"|(?:gets?|getting|be|is|are|being|been) promoted(?: to [\w -]{3,20})?"
    r"|(?:for|get|earn|secure|win) (?:my|a|his|her|the|our) (?:promotion|pay rise|pay raise|bonus"
    r"|raise)"
    r"|(?:my|his|her|our|their|the annual|the yearly|(?:the )?[\w-]+'s?) (?:(?:annual|yearly) )?"
    r"(?:(?:performance|staff|employee) (?:rating|review|score)|appraisal|bonus|pay rise"
    r"|commission)(?: payouts?)?"
    r"(?= ?(?:goes|rises|is up|improves|increases|reaches|up|from|to|:|→))"
    r"|(?:commission|bonus) (?:payouts?|payments?) (?:for|to|of) (?:the|our|my) [\w-]+"
    r"(?= ?(?:goes|rises|is up|improves|increases|reaches|up|from|to|:|→))"
    r")(?![\w-])"
)
# What hangs on reaching it: "so the crew gets the full premium", "so the bonus isn't cut",
# "goes into the annual appraisal", "goes to the crew as a bonus", "so that she makes senior".
_HANGS = re.compile(
    r"\b(?:so|because|in order|to|or|otherwise|and)\b"
    r"(?: (?!(?:less|lower|no|fewer|cheaper)\b)[\w'’-]+){0,9}?"
    r" (?:bonus(?:es)?(?! (?:points?|miles?|cards?|tracks?|material))"
    r"|(?:(?<=year-end )|(?<=full )|(?<=their )|(?<=our ))premiums?"
    r"|pay (?:rise|raise|grade|band|step)s?|salary (?:rise|step|band|grade)s?"
    r"|commission accelerator|appraisals?|performance reviews?|(?:performance )?gradings?"
    r"|promotions?)"
    r"(?: (?:isn't|is not|isn’t|stays?|is|are|aren't)(?: \w+)?)?(?![\w-])"
    r"|\bgoes (?:in|into|to|towards?)(?: [\w-]+){0,4}"
    r" (?:appraisals?|reviews?|ratings?|bonus(?:es)?)\b"
    r"|\b(?:counted|counts|worth|weighted|feeds?|decides?)\b(?: [\w'’-]+){0,6}"
    r" (?:bonus(?:es)?|appraisals?|gradings?|(?:(?<=annual )|(?<=yearly ))grades?|pay|salary)\b"
    r"|\b(?:marks?|grades?|ratings?|scores?) in(?: [\w'’-]+){0,4} (?:appraisal|grading)s?\b"
    r"|\bas (?:a |an |their |our |its )?(?:extra |team |yearly |annual )?"
    r"(?:bonus|premium|pay rise)\b(?! (?!for\b|if\b|on\b|to\b|when\b)[a-z])"
    r"|\bso (?:that )?(?:he|she|i|we|they)"
    r" (?:makes?|become|becomes|gets? to|moves? up to|reach(?:es)?)"
    r" (?:senior|principal|team lead|partner|(?:grade|band|level) [\w-]{1,3})\b"
    r"|\((?![^()]*\b(?:gap|points?)\b)[^()]*\b(?:bonus(?:es)?|salary|appraisals?"
    r"|pay (?:rise|raise|grade)s?|promotions?|performance reviews?|rating)\b[^()]*\)"
)
