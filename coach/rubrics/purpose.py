"""Purpose: does the objective serve something larger, visibly?

A link counts where it stands in the objective or a key result. Words of the purpose that are
pasted behind a sentence link nothing, and are cut off before anything is compared.
"""

import re

from coach.reading.concepts import concepts, similarity
from coach.reading.draft import KeyResultLine, ObjectiveLine, ReadDraft, WhyLine
from coach.reading.phrases import phrases
from coach.reading.reward import find_reward
from coach.reading.words import ORGANISATIONS, is_person
from coach.rubrics.criterion import Flag, NotJudged, Verdict, criterion

_NOTHING_TO_SERVE = NotJudged("no purpose, priority or parent objective is given")

# ── is there a why? ───────────────────────────────────────────────────────────────────────────


@criterion("warning", weight=26)
def no_why(objective: ObjectiveLine) -> Verdict:
    """Nothing here says what this is for.

    Why: People put their heart into a reason, and a reason helps them decide when the plan breaks.
    Ask: What gets better for the people your purpose speaks of, once this is true?
    Try: Say what they can then do, or fill in the why beside the objective.
    Source: Pink, Drive (2009): purpose; Perdoo, OKR form with a why
    Flags:
        objective: «The museum app starts in a second» | purpose: Everyone in town feels at home in its history.
        objective: «Members open our newsletter» | purpose: Nobody grows old alone. | parent: Fewer members live without a weekly visit
        objective: «Renew the boiler room» | purpose: Every child learns to swim.
    Passes:
        objective: Members get a visit before they feel forgotten | purpose: Nobody grows old alone.
        objective: The museum app starts in a second, so that school classes stay with it | purpose: Everyone in town feels at home in its history.
        objective: Renew the boiler room | purpose: Every child learns to swim. | why: Lessons stop whenever the pool runs cold, and a third of the children never come back
        objective: Renew the boiler room
    """
    draft = objective.draft
    if draft.why is not None:
        return None
    purpose = draft.context.purpose
    if not purpose:
        return _NOTHING_TO_SERVE
    if _gives_a_reason(objective) or _is_copied(objective) or find_reward(objective):
        return None
    if _serves_visibly(objective) or _is_elsewhere(draft):
        return None
    words = objective.grammar.words
    return Flag(words[0].start, words[-1].end) if words else None


def _gives_a_reason(objective: ObjectiveLine) -> bool:
    if objective.grammar.purpose is not None:
        return True
    return not _REASONS.isdisjoint(word.text for word in objective.grammar.words[2:])


_REASONS = frozenset("because so before while until instead".split())


def _serves_visibly(objective: ObjectiveLine) -> bool:
    """Say whether the objective shares an idea with what it serves, or helps somebody by itself.

    The people alone are no link: "Patients eat what we serve" serves whom the purpose names, and
    still leaves open what for.
    """
    whom = objective.grammar.beneficiary
    if _links(objective, objective.draft):
        return True
    grammar = objective.grammar
    if grammar.form != "statement":
        return False
    alive = grammar.verb in _PEOPLE_DO if whom is None else _is_somebody(whom.text)
    offer = _OUR_OFFER.search(objective.folded)
    return alive and (offer is None or "who " in objective.folded[: offer.start()])


# What only somebody does, so that the subject is somebody, by whatever name.
_PEOPLE_DO = frozenset(
    """
    know find feel sleep eat choose learn trust understand see hear meet remember enjoy dare hope
    decide speak laugh believe want love
    """.split()
)


def _is_somebody(word: str) -> bool:
    """Say whether a word names people or an organisation other than ourselves."""
    return word not in _OURSELVES and (is_person(word) or word.rstrip("'s") in ORGANISATIONS)


_OURSELVES = frozenset("team department squad crew unit division".split())
# What people do with what is ours helps us first: "read the letters we send", "use our app".
_OUR_OFFER = re.compile(
    r"\b(?:we|us) (?:send|serve|offer|make|sell|publish|build|provide|write|print|give|run|host|post|ship)s?\b"
    r"|\b(?:open|use|attend|download|visit|try|adopt|follow|read|join|subscribe to|sign up for|switch to|log in to"
    r"|know|like|prefer|buy) (?:all )?(?:of )?our\b"
)


@criterion("warning", weight=12)
def thin_why(why: WhyLine) -> Verdict:
    """This why says little that the objective has not said.

    Why: A reason that only restates the goal motivates nobody who does not share it already.
    Ask: What would happen to whom, if nobody did this?
    Try: Name the people and what it changes for them.
    Source: Pink, Drive (2009): purpose; Perdoo, OKR form with a why
    Flags:
        objective: Bakers sleep until five | why: «It is important»
        objective: Bakers sleep until five | why: «So that our bakers can sleep until five»
    Passes:
        objective: Bakers sleep until five | why: Two of them burned their hands this year at the end of a night without rest
    """
    words = why.words
    if len(words) < 6:
        return Flag(0, len(why.text))
    objective = why.draft.objective
    if objective is None:
        return None
    said = concepts(why.text)
    repeated = said & concepts(objective.text)
    return Flag(0, len(why.text)) if said and len(repeated) >= 0.8 * len(said) else None


@criterion("warning", weight=14)
def no_parent(draft: ReadDraft) -> Verdict:
    """The organisation has named its priorities, and this draft names none of them.

    Why: A goal that hangs on nothing is the first to be dropped when time runs short.
    Ask: Which of the organisation's priorities would miss this, if it did not happen?
    Try: Choose the priority or the parent objective that it serves, if there is one.
    Source: Doerr, Measure What Matters (2018): align; Castro, on aligned autonomy
    Flags:
        objective: Harbour pilots rest between two shifts | kr: Shifts with a full night before: 60 % → 90 % | priorities: Safe passage for every ship
    Passes:
        objective: Harbour pilots rest between two shifts | kr: Shifts with a full night before: 60 % → 90 % | priorities: Safe passage for every ship | priority: Safe passage for every ship
        objective: Harbour pilots rest between two shifts | kr: Shifts with a full night before: 60 % → 90 %
    """
    if not draft.organisation.priorities:
        return NotJudged("the organisation has named no priorities")
    return None if draft.context.parent or draft.context.priority else Flag()


# ── does it serve what it hangs on? ───────────────────────────────────────────────────────────


@criterion("warning", weight=26)
def purpose_unrelated(draft: ReadDraft) -> Verdict:
    """No idea of the purpose, priority or parent objective shows up here.

    Why: What serves nothing larger competes with what does, for the same hours.
    Ask: Which part of the purpose would suffer, if this did not happen?
    Try: Name the link in the objective, or take this to the team's own list.
    Source: Doerr, Measure What Matters (2018): focus and align
    Flags:
        objective: «Our design studio wins the golden pencil» | kr: Jury members who know us: 2 → 9 | purpose: Clean rivers for the next generation. | parent: Factories stop feeding dye into the delta
        objective: Factories filter every drop of dye | kr: Litres of dye in the delta a day: 900 → 200 | kr: «Staff who come to the summer party: 40 → 75» | purpose: Clean rivers for the next generation.
    Passes:
        objective: Factories filter every drop of dye | kr: Litres of dye in the delta a day: 900 → 200 | purpose: Clean rivers for the next generation.
        objective: Our design studio wins the golden pencil | kr: Jury members who know us: 2 → 9
        objective: Anglers trust what they catch | kr: Fish with a trace of mercury: 9 % → 3 % | purpose: Clean rivers for the next generation.
    """
    if not _served(draft):
        return _NOTHING_TO_SERVE
    objective = draft.objective
    if objective is not None and _is_elsewhere(draft):
        words = objective.grammar.words
        return Flag(words[0].start, words[-1].end, line="objective")
    for kr in draft.key_results:
        if _ASIDE.search(kr) and not _shares(kr, draft):
            return Flag(0, len(kr.text), line=kr.name)
    if objective is None or _links(objective, draft) or no_why(objective):
        return None
    if any(concepts(kr.text) & _served(draft) for kr in draft.key_results):
        return None
    return Flag(0, len(objective.text), line="objective", severity="hint")


def _links(objective: ObjectiveLine, draft: ReadDraft) -> bool:
    """Say whether the objective shares an idea with what it hangs on, its people aside."""
    whom = objective.grammar.beneficiary
    people = concepts(whom.text) if whom else frozenset()
    return bool((_concepts_of(objective) - people) & _served(draft))


def _is_elsewhere(draft: ReadDraft) -> bool:
    """Say whether a draft celebrates ourselves, and shares no idea with what it hangs on."""
    objective = draft.objective
    if objective is None or _links(objective, draft):
        return False
    return _is_about_ourselves(objective)


def _is_about_ourselves(objective: ObjectiveLine) -> bool:
    return bool(_OWN_STANDING.search(objective.folded) or _ASIDE.search(objective))


_OWN_STANDING = re.compile(
    r"\bour (?:[\w-]+ ){0,3}(?:becomes?|is known|are known|wins?|is famous|gets? known|looks?|earns?|ranks?|stands?)\b"
    r"|\bour (?:profile|image|reputation|visibility|brand|fame|standing)\b"
    r"|\b(?:become|be|get|make us|make our [\w ]{2,30}|put us|win|earn|climb) (?:[\w-]+ ){0,5}(?:coolest|famous|known|talked|award|awards|prize|prizes|trophy"
    r"|ranking|rankings|envied|hippest|brand|name|stage|map|spotlight|employer)\b"
)
# Treats and publicity: worth having, and no help to those whom a purpose names.
_ASIDE = phrases(
    """
    party parties offsite off-site retreat outing canteen cafeteria coffee fruit bike bikes cycling
    parking gym yoga football table-tennis barbecue picnic merchandise merch swag hoodie logo
    mascot blog podcast film video trailer followers fans likes views award awards prize prizes
    anniversary jubilee gala birthday christmas karaoke marathon plants aquarium sofa lounge
    """,
    r"(?:(?:summer|christmas|office|team|staff|anniversary|garden|gala) )?(?:party|parties|offsite|off-site|retreat|outing|barbecue|picnic|gala|karaoke)",
    r"(?:canteen|cafeteria|coffee|fruit|gym|yoga|football|table-tennis|marathon|parking|aquarium|sofa|lounge|office plants|plants)",
    r"(?:bike|cycling|bikes) (?:scheme|leasing|to work|challenge)|staff bikes",
    r"(?:merchandise|merch|swag|hoodie|hoodies|logo|mascot)",
    r"(?:image|company|brand|recruiting|promo) (?:film|video|trailer|blog|podcast)",
    r"our (?:[\w-]+ )?(?:blog|podcast|film|video|trailer|channel|account)",
    r"(?:followers|fans|likes|views)(?: (?:of|on) [\w-]+(?: [\w-]+)?)?",
    r"(?:award|awards|prize|prizes|anniversary|jubilee|birthday|christmas)",
)


def _served(draft: ReadDraft) -> frozenset[str]:
    context = draft.context
    given = (context.purpose, context.priority, context.parent)
    return frozenset().union(*(concepts(text) for text in given if text))


def _concepts_of(objective: ObjectiveLine) -> frozenset[str]:
    padding = objective.grammar.padding
    pasted = _PASTED.search(objective.folded)
    end = min((place[0] for place in (padding, pasted and pasted.span()) if place), default=None)
    return concepts(objective.text[:end])


_PASTED = re.compile(
    r"\b(?:in line with|in keeping with|true to|in support of|in (?:the )?service of|in the spirit of"
    r"|as (?:a )?part of|aligned (?:to|with)|guided by|in pursuit of|contributing to|supporting)\b"
)


def _shares(kr: KeyResultLine, draft: ReadDraft) -> bool:
    about = concepts(kr.text)
    if about & _served(draft):
        return True
    return draft.objective is not None and bool(about & _concepts_of(draft.objective))


@criterion("warning", weight=26)
def copied_from_parent(objective: ObjectiveLine) -> Verdict:
    """This is the parent objective in the same words.

    Why: Copied down, a goal says what everybody wants and not what this team adds to it.
    Ask: Which part of the parent objective is in this team's hands?
    Try: Describe the one change through which this team moves the parent.
    Source: Castro, Do Not Cascade OKRs (2017); Lamorte and Niven, Objectives and Key Results (2016)
    Flags:
        objective: «Fewer walkers get lost on the moor» | parent: Fewer walkers get lost on the moor
        objective: «Walkers get lost on the moor less» | parent: Fewer walkers get lost on the moor
    Passes:
        objective: Walkers read the weather at every gate before they set out | parent: Fewer walkers get lost on the moor
        objective: Fewer walkers get lost on the moor
    """
    if not objective.draft.context.parent:
        return NotJudged("no parent objective is given")
    return Flag(0, len(objective.text)) if _is_copied(objective) else None


def _is_copied(objective: ObjectiveLine) -> bool:
    parent = objective.draft.context.parent
    return bool(parent) and similarity(objective.text, parent or "") >= _SAME


_SAME = 0.85


@criterion("warning", weight=26)
def internal_only(draft: ReadDraft) -> Verdict:
    """Everything here is about the team's own work; nobody outside it shows up.

    Why: A team can be busier, cheaper and tidier without anybody being better off for it.
    Ask: Who outside the team would notice, and by what?
    Try: Follow the work to the first person who depends on it, and measure what they see.
    Source: Google, OKR playbook (in Doerr, Measure What Matters, 2018): trap 5, low-value objectives
    Flags:
        objective: The web team clears its board | kr: Story points a sprint: 22 → 35 | kr: Tickets older than a month: 80 → 20 | purpose: Every villager can see a doctor.
        objective: Tidy up our repositories | kr: Merge 14 repositories into 3 | kr: Test coverage from 60 % to 85 % | purpose: Every villager can see a doctor.
    Passes:
        objective: The web team keeps the booking page up | kr: Villagers who give up while booking: 30 % → 10 % | purpose: Every villager can see a doctor.
        objective: Nurses on call sleep between two visits | kr: Night calls without need: 40 → 12 a month | purpose: Every villager can see a doctor.
    """
    objective = draft.objective
    if objective is None or not draft.key_results:
        return NotJudged("it takes an objective and a key result to tell")
    if _names_outsiders(objective) or not all(map(_is_inside, draft.key_results)):
        return None
    given = draft.context.purpose or draft.context.parent or draft.context.priority
    return Flag(severity=None if given else "hint")


def _names_outsiders(objective: ObjectiveLine) -> bool:
    grammar = objective.grammar
    reward = find_reward(objective)
    end = reward[0] if reward else len(objective.text)
    if grammar.padding:
        end = min(end, grammar.padding[0])
    return any(
        is_person(word.text) and word.text not in _INSIDERS
        for word in grammar.words
        if word.end <= end
    )


_INSIDERS = frozenset(
    """
    team teams squad squads crew crews staff department departments desk we everyone everybody
    agent agents unit units division stakeholder stakeholders people partner manager managers
    engineers developers members
    """.split()
)
_INSIDE = phrases(
    """
    story points velocity sprint sprints backlog ticket tickets commit commits deploy deploys
    deployments build builds coverage cpu memory utilisation utilization overtime meeting meetings
    audit audits project projects repository repositories repo pull merge document documentation
    documented template templates procedure procedures process processes checklist capacity
    headcount budget cost costs hours pipeline pipelines job jobs server servers code scripts debt
    inbox emails reports plan tasks per
    """,
    r"story points|velocity|sprints?|backlogs?|tickets?|commits?|deploy(?:s|ments?)?|builds?"
    r"|(?:test |code )?coverage|cpu|memory|utili[sz]ation|overtime|meetings?|audits?|projects?"
    r"|repositor(?:y|ies)|repos?|pull requests?|merge|document(?:s|ed|ation)?|templates?|procedures?"
    r"|process(?:es)?|checklists?|capacity|headcount|budget|costs?|hours|pipelines?|jobs?|servers?"
    r"|per (?:hour|shift|head|employee|person|fte)|code|scripts?|technical debt|tech debt|inbox|emails?|reports?|plan|tasks?",
)


def _is_inside(kr: KeyResultLine) -> bool:
    before = ("", *(word.text for word in kr.words))
    for earlier, word in zip(before, kr.words, strict=False):
        if earlier != "per" and is_person(word.text) and word.text not in _INSIDERS:
            return False
    if _OUTSIDE.search(kr):
        return False
    return bool(_INSIDE.search(kr))


_OUTSIDE = phrases(
    """
    visit visits booking bookings call calls complaint complaints order orders sale sales claim
    claims appointment appointments delivery deliveries return returns renewals sign-ups enquiries
    donation donations application applications incident incidents outage outages accidents injuries
    wait waiting invoice invoices revenue refunds subscription subscriptions customer-facing downtime
    """,
    r"visits?|bookings?|calls?|complaints?|orders?|sales?|claims?|appointments?|deliver(?:y|ies)"
    r"|returns?|renewals|sign-ups|enquiries|donations?|applications?|incidents?|outages?|accidents"
    r"|injuries|wait|waiting|invoices?|revenue|refunds|subscriptions?|downtime",
)


# ── what OKRs are not for ─────────────────────────────────────────────────────────────────────


@criterion("error", weight=40)
def pay_or_rating(draft: ReadDraft) -> Verdict:
    """“{quote}” ties the goal to pay, a reward or a rating.

    Why: Where money or a mark hangs on the target, people set it low and defend it.
    Ask: What would make this worth doing, if nobody were paid or rated for it?
    Try: Leave the reward to the pay round, and say whom the result helps.
    Source: Doerr, Measure What Matters (2018): decouple OKRs from pay; Klau, on OKRs for individuals (2022)
    Flags:
        objective: Divers log their dives «so that the crew gets its bonus»
        objective: «Get the region an “outstanding”» from headquarters
        kr: Dives logged within a day: 50 % → 90 % «(counts towards the annual bonus)»
        objective: Reach the top of the league «so we win the weekend in Rome»
    Passes:
        objective: Divers log their dives so that rescuers know where to look
        objective: Everyone is paid right the first time
        kr: Gap between the pay of women and men: 9 % → 4 %
        kr: Guests rating the reef trip 5 of 5: 60 % → 75 %
    """
    for line in draft.lines:
        found = find_reward(line)
        if found:
            return Flag(*found, line=line.name)
    return None


# ── worth a thought ───────────────────────────────────────────────────────────────────────────


@criterion("hint")
def dependency_undeclared(kr: KeyResultLine) -> Verdict:
    """“{quote}” rests on somebody else's work.

    Why: What two teams need to do stands best in the goals of both.
    Ask: What have they agreed to, and by when?
    Try: Name the agreement here, or ask for the same key result in their set.
    Source: Google, OKR playbook (in Doerr, Measure What Matters, 2018): cross-team OKRs
    Flags:
        kr: Nests counted from the air: 0 → 300 «once IT delivers the drone»
        kr: Nests counted: 0 → 300, «depending on the survey team»
    Passes:
        kr: Nests counted from the air: 0 → 300
        kr: Nests counted: 0 → 300, as agreed with the survey team
    """
    found = _DEPENDS.search(kr)
    return None if found is None or "agree" in kr.folded else Flag(*found.span())


_DEPENDS = phrases(
    "once if depending depends waiting relies after when",
    r"(?:once|if|after|when) (?:(?:the|our) )?(?:it|hr|legal|finance|marketing|sales|procurement|purchasing|[\w-]+ (?:team|department|vendor|supplier))"
    r" (?:delivers?|has delivered|provides?|finishes|has finished|approves?|agrees|is ready|has capacity|builds?|sets? up)(?: (?:the|a|its|their))?(?: [\w-]+)?",
    r"(?:depending|depends|relies|waiting) (?:on|for) (?:(?:the|our) )?(?:it|hr|legal|finance|[\w-]+ (?:team|department|vendor|supplier))",
)


@criterion("hint")
def standing_kpi(kr: KeyResultLine) -> Verdict:
    """This keeps a number where it is: it reads like a health measure.

    Why: A measure that only has to hold belongs on a dashboard, where a light turns red by itself.
    Ask: What would be worth changing about this number this cycle?
    Try: Watch it as a health measure, or say by how much it will move.
    Source: What Matters, OKRs and KPIs (whatmatters.com)
    Flags:
        kr: «Keep pool temperature within 26–28 °C»
        kr: «Maintain attendance at 92 %»
    Passes:
        kr: Attendance from 84 % to 92 %
        kr: Keep attendance at 92 % | type: health
    """
    if kr.draft.context.type in ("committed", "health"):
        return None
    verb = kr.words[0].text if kr.words else ""
    if verb not in _HOLDS or not _LEVEL.search(kr.folded):
        return None
    return Flag(0, len(kr.text))


_HOLDS = frozenset("keep maintain hold sustain stay remain ensure".split())
_LEVEL = re.compile(r"\b(?:within|under|below|above|over|at|between|at or \w+|around)\b[^.]{0,20}\d")
