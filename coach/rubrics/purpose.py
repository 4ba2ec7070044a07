"""Purpose: does the objective serve something larger, visibly?

A link counts where it stands in the objective or a key result. Words of the purpose that are
pasted behind a sentence link nothing, and are cut off before anything is compared.
"""

import re

from coach.assessment import Severity
from coach.reading.asides import is_copied
from coach.reading.concepts import concepts_of, content_of, is_idea, stem
from coach.reading.draft import KeyResultLine, Line, ObjectiveLine, ReadDraft, WhyLine
from coach.reading.named import find_named_person
from coach.reading.phrases import phrases
from coach.reading.reward import find_reward
from coach.reading.text import Word
from coach.reading.words import IDLE, ORGANISATIONS, POWER, is_person
from coach.rubrics.criterion import Flag, NotJudged, Verdict, asked_of_model, criterion

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
    if draft.why is not None and not _is_thin(draft.why):
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
    timed = {when.start - len(when.before) - 1 for when in objective.dates}  # "until 15 May"
    words = objective.grammar.words[2:]
    return any(word.text in _REASONS and word.start not in timed for word in words)


_REASONS = frozenset("before while until instead".split())


def _serves_visibly(objective: ObjectiveLine) -> bool:
    """Say whether the objective shares an idea with what it serves, or helps somebody by itself.

    The people alone are no link: "Patients eat what we serve" serves whom the purpose names, and
    still leaves open what for.
    """
    whom = objective.grammar.beneficiary
    offer = _OUR_OFFER.search(objective.folded)
    ours = offer is not None and "who " not in objective.folded[: offer.start()]
    if _links(objective, objective.draft, in_words=ours):
        return True
    grammar = objective.grammar
    if grammar.form != "statement" or ours:
        return False
    return grammar.verb in _PEOPLE_DO if whom is None else _helps_others(objective, whom)


# What only somebody does, so that the subject is somebody, by whatever name.
_PEOPLE_DO = frozenset(
    """
    believe choose dare decide eat enjoy feel find hear hope know laugh learn love meet remember
    see sleep speak trust understand want
    """.split()
)


def _helps_others(objective: ObjectiveLine, whom: Word) -> bool:
    """Say whether others than ourselves are named, first (`whom`) or later."""
    if _is_somebody(objective, whom):
        return True
    later = (word for word in objective.grammar.words if word.start > whom.start)
    return any(is_person(word.text) and _is_somebody(objective, word) for word in later)


def _is_somebody(objective: ObjectiveLine, whom: Word) -> bool:
    """Say whether a word names people or an organisation other than ourselves."""
    word = whom.text
    if word not in _SERVED and _OUR_OWN.search(objective.folded, 0, whom.start):
        return False
    return word not in _OURSELVES and (is_person(word) or word.rstrip("'s") in ORGANISATIONS)


# Those whom we may call ours, and who are not: "our members".
_SERVED = frozenset(
    """
    borrowers buyers children citizens clients communities community customers dealers donors
    families farmers fishers growers guests learners listeners members neighbours owners parents
    partners passengers patients players pupils readers residents riders schools shops students
    subscribers suppliers tenants towns users viewers villages visitors volunteers
    """.split()
)
_OUR_OWN = re.compile(r"\bour (?:[\w-]+ )?$")
_OURSELVES = frozenset(
    "branches colleagues crew department departments depots division divisions employees offices squad staff stations team"
    " teams unit units ward wards warehouses".split()
)
# What people do with what is ours helps us first: "read the letters we send", "use our app".
_OUR_OFFER = re.compile(
    r"\b(?:we|us) (?:send|serve|offer|make|sell|publish|build|provide|write|print|give|run|host|post|ship)s?\b"
    r"|\b(?:open|use|attend|download|visit|try|adopt|follow|read|join|subscribe to|sign up for|switch to|log in to"
    r"|know|like|prefer|buy|answer|book|fill (?:in|out)|complete|finish|accept) (?:all )?(?:of )?our\b"
    r"|\b(?:answer|book|complete|fill (?:in|out)|finish|join|open|return|take|use) (?:[\w-]+ ){0,3}?"
    r"(?:the |our )?(?:[\w-]+ )?(?:app|feedback form|messages|newsletters?|onboarding|portal"
    r"|questionnaires?|surveys?|tutorials?|webinars?)\b"
    r"|\bwithout (?:calling|asking|bothering|contacting|e-?mailing|phoning|writing to) us\b"
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
    return Flag(0, len(why.text)) if _is_thin(why) else None


def _is_thin(why: WhyLine) -> bool:
    if len(why.words) < 6 or is_copied(why.words, why.draft.pasted):
        return True
    told = concepts_of(word for word in why.words if word.text not in _TELLS_NOTHING)
    if len(told) < 2:
        return True
    objective = why.draft.objective
    if objective is None:
        return False
    return len(told & objective.concepts) >= 0.8 * len(told)


_TELLS_NOTHING = (
    POWER.keys()
    | IDLE
    | frozenset(
        """
        absolutely all-important because crucial different essential everything extremely fully
        future grow growth help importance improvement key long-term matter mission necessary needed
        priority purpose really single strive top urgent very vital whole
        """.split()
    )
)


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
        objective: Anglers trust what they catch | kr: Fish with a trace of mercury: 9 % → 3 % | purpose: Clean rivers for the next generation. | parent: Factories stop feeding dye into the delta
    """
    if not draft.served:
        return _NOTHING_TO_SERVE
    objective = draft.objective
    if objective is not None and _is_elsewhere(draft):
        words = objective.grammar.words
        return Flag(words[0].start, words[-1].end, line="objective")
    for kr in draft.key_results:
        if _is_aside(kr) and not _shares(kr, draft):
            return Flag(0, len(kr.text), line=kr.name)
    if objective is None:
        return None
    if _links(objective, draft):
        hint = _is_far(objective, draft)
    elif no_why(objective) or _is_served(draft):
        return None
    elif (
        _sureness(draft) == "warning"
        and not _helps_somebody(objective)
        and not isinstance(internal_only(draft), Flag)
    ):
        return Flag(0, len(objective.text), "objective")
    else:
        hint = _is_far(objective, draft) is not False
    return Flag(0, len(objective.text), "objective", severity="hint") if hint else None


def _helps_somebody(objective: ObjectiveLine) -> bool:
    """Say whether it tells what others do or get, which serves some purpose, in whatever words."""
    whom = objective.grammar.beneficiary
    told = objective.grammar.form == "statement" and whom is not None
    alive = told and whom is not None and _helps_others(objective, whom)
    return alive and _OUR_OFFER.search(objective.folded) is None


def _is_served(draft: ReadDraft) -> bool:
    """Say whether a key result takes up an idea of what the draft hangs on, in its own words."""
    return any(kr.concepts & draft.served for kr in draft.key_results if not kr.is_pasted)


def _sureness(draft: ReadDraft) -> Severity:
    """Return how sure words alone can be: two texts without a word in common tell more than one."""
    return "warning" if len(draft.hangs_on) > 1 else "hint"


def _is_far(objective: ObjectiveLine, draft: ReadDraft) -> bool | None:
    """Say whether an objective is far in meaning from all it hangs on; None where nobody can tell.

    That settles hints alone: it lets one go where other words say the same, and raises one where a
    word in common means nothing. Where a profile makes more of it than a hint, words alone decide.
    """
    nearness = draft.nearness
    if nearness is None or "purpose-unrelated" in draft.profile.severities:
        return None
    return all(nearness(objective.text, text) < _FAR for text in draft.hangs_on)


# Of forty objectives of our own, 11 of those 29 that share no word with their purpose are farther
# than this, and of the others 1 in 11; of strange purposes without a word in common, 89 %.
_FAR = 0.1


def _links(objective: ObjectiveLine, draft: ReadDraft, *, in_words: bool = False) -> bool:
    """Say whether the objective shares an idea with what it hangs on, its people aside.

    `in_words` takes words of its own for a link alone, not another word of the same idea.
    """
    if draft.served.isdisjoint(objective.concepts):
        return False
    whom = objective.grammar.beneficiary
    people = concepts_of((whom,)) if whom else frozenset()
    shared = (_concepts_of(objective) - people) & draft.served
    return any(not is_idea(each) for each in shared) if in_words else bool(shared)


def _is_elsewhere(draft: ReadDraft) -> bool:
    """Say whether a draft celebrates ourselves, and shares no idea with what it hangs on."""
    objective = draft.objective
    if objective is None or _links(objective, draft):
        return False
    return _is_about_ourselves(objective)


def _is_about_ourselves(objective: ObjectiveLine) -> bool:
    return bool(_OWN_STANDING.search(objective.folded) or _is_aside(objective))


_OWN_STANDING = re.compile(
    r"\bour (?:[\w-]+ ){0,3}(?:becomes?|is known|are known|wins? (?:an?|the|its)\b|is famous|gets? known|looks?|earns?|ranks?|stands?)\b"
    r"|\bour (?:profile|image|reputation|visibility|brand|fame|standing)\b"
    r"|\b(?:become|be|get|make us|make our [\w ]{2,30}|put us|win|earn|climb) (?:[\w-]+ ){0,5}(?:coolest|famous|known|talked|award|awards|prize|prizes|trophy"
    r"|ranking|rankings|envied|hippest|brand|name|stage|map|spotlight|employer)\b"
)


def _is_aside(line: Line) -> bool:
    """Say whether a line is about treats or publicity of ours.

    They are worth having, and no help to those whom a purpose names.
    """
    said = line.vocabulary
    if not _PUBLICITY.isdisjoint(said):
        return True
    treats = not _TREATS.isdisjoint(said) and not _AT_WORK.isdisjoint(said)
    return treats or (not _MEDIA.isdisjoint(said) and not _OURS.isdisjoint(said))


_PUBLICITY = frozenset(
    """
    anniversary award awards badges calendars fleece fleeces followers hats hoodie hoodies jubilee
    bandanas karaoke keyrings lanyards mascot merch merchandise mugs off-site offsite party prize prizes
    souvenirs stickers swag t-shirts
    """.split()
)
_TREATS = frozenset(
    """
    aquarium badminton barbecue beer bike bikes birthday birthdays bowling breakfast breakfasts
    cafeteria cake canteen choir club coffee contest cup cups cycling darts drinks e-bike e-bikes
    foosball football fruit golf gym lottery lounge lunch lunches marathon massage mural
    outing parking parties photo photos picnic plants playlist quiz retreat run running sauna selfie
    selfies ski snacks sofa steps table-football table-tennis tournament trophy volleyball
    wine yoga
    """.split()
)
_AT_WORK = frozenset(
    "office head-office headquarters staff team company colleagues employees works".split()
)
_MEDIA = frozenset(
    "blog podcast film video trailer channel account logo brand image website views likes".split()
)
_OURS = frozenset(("our", "company", "image"))


def _concepts_of(objective: ObjectiveLine) -> frozenset[str]:
    padding = objective.grammar.padding
    pasted = _PASTED.search(objective.folded)
    end = min((place[0] for place in (padding, pasted and pasted.span()) if place), default=None)
    if end is None:
        return objective.concepts
    return concepts_of(word for word in objective.words if word.end <= end)


_PASTED = re.compile(
    r"\b(?:in line with|in keeping with|true to|in support of|in (?:the )?service of|in the spirit of"
    r"|as (?:a )?part of|aligned (?:to|with)|guided by|in pursuit of|contributing to|supporting)\b"
)


def _shares(kr: KeyResultLine, draft: ReadDraft) -> bool:
    about = frozenset(each for each in kr.concepts if not is_idea(each))
    if about & draft.served:
        return True
    return draft.objective is not None and bool(about & _concepts_of(draft.objective))


def ideas_of(line: ObjectiveLine | KeyResultLine) -> frozenset[str]:
    """Return the ideas by which a line can be tied to what it serves.

    That is neither the people an objective names nor what is pasted behind it.
    """
    if isinstance(line, KeyResultLine):
        return line.concepts
    whom = line.grammar.beneficiary
    return _concepts_of(line) - (concepts_of((whom,)) if whom else frozenset())


@asked_of_model("warning", weight=14)
def purpose_in_words_only(objective: ObjectiveLine) -> NotJudged | None:
    """The link to what this serves is in its words more than in what would change.

    Why: A purpose moves people who can see how their work serves it.
    Ask: How would the purpose be served better, once this is true?
    Try: Name the step between the two: who can do what that was out of reach before.
    Source: Pink, Drive (2009): purpose; Castro, on aligned autonomy
    Model: Would reaching the objective really serve the purpose, parent, priority or why that is given, rather than only share words with it?
    Flags:
        objective: «Swimming lessons get a bold new logo» | purpose: Every child learns to swim.
    Passes:
        objective: Children from the hill farms get to the pool | purpose: Every child learns to swim.
    """
    context = objective.draft.context
    given = (context.purpose, context.parent, context.priority, context.why)
    return None if any(given) else NotJudged("no purpose, priority, parent or why is given")


@criterion("warning", weight=26)
def copied_from_parent(objective: ObjectiveLine) -> Verdict:
    """This is the parent objective in the same words.

    Why: Copied down, a goal says what everybody wants and not what this team adds to it.
    Ask: Which part of the parent objective is in this team's hands?
    Try: Describe the one change through which this team moves the parent.
    Source: Castro, on why not to cascade OKRs; Lamorte and Niven, Objectives and Key Results (2016)
    Flags:
        objective: «Fewer walkers get lost on the moor» | parent: Fewer walkers get lost on the moor
        objective: «On the moor fewer walkers get lost» | parent: Fewer walkers get lost on the moor
    Passes:
        objective: Walkers read the weather at every gate before they set out | parent: Fewer walkers get lost on the moor
        objective: Fewer walkers get lost on the moor
    """
    if not objective.draft.context.parent:
        return NotJudged("no parent objective is given")
    return Flag(0, len(objective.text)) if _is_copied(objective) else None


def _is_copied(objective: ObjectiveLine) -> bool:
    parent = objective.draft.context.parent
    if not parent:
        return False
    # In its text, words that are the parent's in a row are blanks, and so is what hangs on it.
    theirs = content_of(parent)
    said = content_of(objective.text) | (content_of(objective.written) & theirs)
    if theirs and 2 * len(said & theirs) >= _SAME * (len(said) + len(theirs)):
        return True
    said, theirs = said - _LIGHT, theirs - _LIGHT
    return len(theirs) > 2 and theirs <= said and said - theirs <= _NOTHING_ADDED


_SAME = 0.9
# Verbs that stand for one another: "importers get their goods", "importers receive their goods".
_LIGHT = frozenset(
    map(stem, "arrive bring come find get give go have make reach receive take".split())
)
# What makes no goal of a team's own out of the parent's words.
_NOTHING_ADDED = frozenset(
    map(
        stem,
        """
        again also always altogether area best branch continue continued cycle day department each
        effort end every far full fully further good great group here joint jointly let level local
        locally make month new now one ongoing part period quarter really region season section side
        site still strive team term together too tomorrow try unit week well work year
        """.split(),
    )
) | frozenset(map(stem, POWER))


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
    if _names_outsiders(objective):
        return None
    telling = [kr for kr in draft.key_results if _is_telling(kr)]
    is_inside = _helps_nobody_else if _is_about_our_work(objective) else _is_inside
    if not (all(map(is_inside, telling)) if telling else _counts_inside(draft)):
        return None
    given = draft.context.purpose or draft.context.parent or draft.context.priority
    return Flag(severity=None if given else "hint")


# People of a trade are colleagues, unless the draft hangs on just those.
_TRADES = frozenset(
    """
    accountant accounting administrator analyst architect assistant bookkeeper buyer caretaker clerk
    conservator controller coordinator designer developer dispatcher editor engineer fitter mechanic modeller moderator operator packer picker planner processor programmer purchaser recruiter reviewer
    scheduler scientist secretary technician tester translator underwriter writer
    """.split()
)


def _is_about_our_work(objective: ObjectiveLine) -> bool:
    """Say whether the subject of an objective is the team itself: "Legal spends fewer hours"."""
    if objective.grammar.form != "statement" or _is_about_ourselves(objective):
        return False
    return _OURSELVES_FIRST.match(objective.folded, objective.begins) is not None


_OURSELVES_FIRST = re.compile(
    r"(?:we\b|(?:our|the|this|my) (?:[\w-]+ ){0,2}?(?:team|crew|squad|group|desk|unit|department"
    r"|office|staff|function|shift|workshop|lab|archive|studio|depot|warehouse|kitchen|helpdesk)s?\b"
    rf"|our (?:[\w-]+ )?(?:{'|'.join(sorted(_TRADES))})s\b|unit \d+|(?:legal|purchasing|procurement"
    r"|finance|accounting|hr|it|qa|marketing|sales|controlling|audit|operations|ops|payroll"
    r"|engineering|logistics|planning)\b(?= [\w-]+s\b))"
)


def _helps_nobody_else(kr: KeyResultLine) -> bool:
    said = kr.vocabulary
    if _is_inside(kr):
        return True
    return _OUTSIDE.isdisjoint(said) and not any(_is_outsider(word, kr.draft) for word in kr.words)


def _names_outsiders(objective: ObjectiveLine) -> bool:
    grammar = objective.grammar
    reward = find_reward(objective)
    end = reward[0] if reward else len(objective.text)
    if grammar.padding:
        end = min(end, grammar.padding[0])
    return any(
        _is_outsider(word, objective.draft)
        and (word.text in _SERVED or not _OUR_OWN.search(objective.folded, 0, word.start))
        for word in grammar.words
        if word.end <= end
    )


def _is_outsider(word: Word, draft: ReadDraft) -> bool:
    """Say whether a word names somebody whom the team works for.

    People of a trade are colleagues, unless the draft hangs on just those.
    """
    name = word.text.removesuffix("'s")
    if not is_person(name) or name in _INSIDERS:
        return False
    served = not concepts_of((word,)).isdisjoint(draft.served)
    return served or name.removesuffix("s") not in _TRADES


_INSIDERS = frozenset(
    """
    agent agents crew crews department departments desk developers division engineers everybody
    everyone group groups manager managers members partner people squad squads staff stakeholder stakeholders
    team teams unit units we
    """.split()
)


def _is_telling(kr: KeyResultLine) -> bool:
    """Say whether a line has a measure at all: work and wishes beside it help nobody outside."""
    return kr.is_numbered and kr.work is None and not kr.is_idle


def _counts_inside(draft: ReadDraft) -> bool:
    """Say whether work is all that is counted, some of it plainly for ourselves."""
    counted = [kr for kr in draft.key_results if kr.work is not None and kr.work.kind == "count"]
    return any(map(_is_inside, counted))


def _is_inside(kr: KeyResultLine) -> bool:
    said = kr.vocabulary
    if not _OUTSIDE.isdisjoint(said):
        return False
    if _INSIDE.isdisjoint(said) and not _PER_HEAD.search(kr.folded):
        return False
    return not _counts_outsiders(kr)


def _counts_outsiders(kr: KeyResultLine) -> bool:
    metric = kr.reading.parts.get("metric")
    counted = kr.words  # "… 4 h → 2 h for our customers" counts no customers
    if metric is not None:
        counted = tuple(word for word in kr.words if metric.start <= word.start < metric.end)
    before = ("", *(word.text for word in counted))
    return any(
        earlier != "per" and _is_outsider(word, kr.draft)
        for earlier, word in zip(before, counted, strict=False)
    )


_INSIDE = frozenset(
    """
    archive audit audits backlog backup backups budget build builds cache capacity checklist
    checklists cluster clusters code commit commits cost
    costs coverage cpu database databases deploy deployment deployments deploys document documentation documented
    disk documents emails files folders forms gpu headcount hours inbox inboxes job jobs licence
    licences license licenses load log logs meeting meetings memory merge overtime pipeline
    pipelines plan procedure procedures process processes project projects pull report reports
    paperwork ram repositories repository script scripts server servers sheets spreadsheet spreadsheets
    sprint sprints storage tasks template templates
    ticket tickets timesheets utilisation utilization velocity
    batch batches build-time correction corrections handovers idle keystrokes licensing model models
    on-call posting postings queries rework roster rosters test tests version versions
    """.split()
)
_OUTSIDE = frozenset(
    """
    accidents application applications appointment appointments booking bookings call calls claim
    claims complaint complaints deliveries delivery donation donations downtime enquiries incident
    incidents injuries invoice invoices order orders outage outages refunds renewals return returns
    revenue sale sales sign-ups subscription subscriptions visit visits wait waiting
    """.split()
)
_PER_HEAD = re.compile(r"\bper (?:hour|shift|head|employee|person|fte)\b|\bstory points\b")


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
        kr: Dives logged within a day: 50 % → 90 % («counts towards the annual bonus»)
        kr: «Marion's sick days»: 23 → 8
        objective: Reach the top of the league «so we win the weekend in Rome»
    Passes:
        objective: Divers log their dives so that rescuers know where to look
        objective: Pickers are paid on the evening of the day
        kr: Gap between the pay of women and men: 9 % → 4 %
        kr: Guests rating the reef trip 5 of 5: 60 % → 75 %
    """
    for line in draft.lines:
        found = find_reward(line)
        if found:
            return Flag(*found, line=line.name)
    for line in draft.lines:
        named = find_named_person(line, line.text)
        if named:
            return Flag(*named, line=line.name, message=_ONE_PERSON, question=_WHOSE_WORK)
    return None


_ONE_PERSON = "“{quote}” makes one person the measure."
_WHOSE_WORK = "What would the number be for everybody who does this work?"


# ── worth a thought ───────────────────────────────────────────────────────────────────────────


@criterion("hint")
def dependency_undeclared(kr: KeyResultLine) -> Verdict:
    """“{quote}” rests on somebody else's work.

    Why: Work that two teams share is safest in the goals of both.
    Ask: What have they agreed to, and by when?
    Try: Name the agreement here, or ask for the same key result in their set.
    Source: Google, OKR playbook (in Doerr, Measure What Matters, 2018): cross-team OKRs
    Flags:
        kr: Nests counted from the air: 0 → 300 «once the air team delivers the drone»
        kr: Nests counted: 0 → 300, «depending on the survey team»
    Passes:
        kr: Nests counted from the air: 0 → 300
        kr: Nests counted: 0 → 300, as agreed with the survey team
    """
    found = _DEPENDS.find(kr)
    return None if found is None or "agree" in kr.folded else Flag(*found)


_ANOTHER = r" (?:(?:the|our) )?(?:hr|legal|finance|marketing|procurement|purchasing|[\w-]+ (?:team|department|vendor|supplier))"
_DEPENDS = phrases(
    {
        "once if after when": (
            rf"{_ANOTHER} (?:delivers?|has delivered|provides?|finishes|has finished|approves?|agrees"
            r"|is ready|has capacity|builds?|sets? up)(?: (?:the|a|its|their))?(?: [\w-]+)?"
        ),
        "depending depends relies": rf" on{_ANOTHER}",
        "waiting": rf" (?:on|for){_ANOTHER}",
    }
)


@criterion("hint")
def standing_kpi(kr: KeyResultLine) -> Verdict:
    """This keeps a number where it is: it reads like a health measure.

    Why: A measure that is only to hold belongs on a dashboard, where a light turns red by itself.
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
_LEVEL = re.compile(
    r"\b(?:within|under|below|above|over|at|between|at or \w+|around)\b[^.]{0,20}\d"
)
