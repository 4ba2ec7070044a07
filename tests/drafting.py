"""A grammar of drafts, weak to strong, from several walks of work: what tests play games with.

A draft is drawn for one `Trade`: its objective from a sentence that a good coach would leave alone
down to an empty one, each key result from a measured change down to a wish.
"""

from typing import NamedTuple

from hypothesis import strategies as st

from coach.okr import Context, Draft


class Measure(NamedTuple):
    """What a trade measures: its words, where it stands, where it could go, a timid step."""

    words: str
    now: str
    aim: str
    timid: str


class Trade(NamedTuple):
    """What people of one walk of work write about."""

    people: str
    happens: str  # what those people then do
    thing: str
    task: str
    event: str
    topic: str
    purpose: str
    measures: tuple[Measure, ...]


TRADES = (
    Trade(
        "Night nurses", "finish their round without running", "ward app",
        "how the store room is organised", "training sessions", "bedside care",
        "Nobody in the valley suffers longer than they need to.",
        (
            Measure("Walks to the store room per shift", "14", "5", "13.9"),
            Measure("Drawers complete at the evening check", "61 %", "92 %", "61.5 %"),
            Measure("Calls answered within 2 minutes", "48 %", "80 %", "48.4 %"),
        ),
    ),
    Trade(
        "Small shops", "reorder before their shelves run empty", "ordering portal",
        "the branch offices", "customer visits", "order handling",
        "Every village keeps a shop that people like to go to.",
        (
            Measure("Orders sent complete", "82 %", "95 %", "82.3 %"),
            Measure("Median days from order to shelf", "6", "2", "5.95"),
            Measure("Monthly revenue of village shops", "€40k", "€65k", "€40.3k"),
        ),
    ),
    Trade(
        "Apprentices", "pass their exam the first time", "learning programme", "the trainers",
        "workshops", "vocational training", "Young people find work they are proud of.",
        (
            Measure("Exams passed at the first try", "3 of 10", "8 of 10", "3 of 10"),
            Measure("Training days missed per apprentice", "9", "4", "9"),
            Measure("Apprentices who stay after their exam", "1 in 4", "1 in 2", "1 in 4"),
        ),
    ),
    Trade(
        "Developers", "ship on Fridays without fear", "test harness", "the platform team",
        "brown-bag talks", "release engineering", "Clinics can rely on their records at any hour.",
        (
            Measure("Rollbacks per 100 releases", "7", "2", "6.9"),
            Measure("p95 time from merge to production", "4 h", "40 min", "3.9 h"),
            Measure("Records unavailable per month", "90 min", "20 min", "89 min"),
        ),
    ),
    Trade(
        "Tenants", "know when their repair is done", "repair hotline", "the caretakers",
        "house meetings", "building maintenance", "People on low wages live in dry and warm homes.",
        (
            Measure("Repairs done within 5 days", "44 %", "75 %", "44.2 %"),
            Measure("Tenants who call twice about one repair", "31 %", "12 %", "30.8 %"),
            Measure("Homes with mould", "210", "90", "209"),
        ),
    ),
)  # fmt: skip

OBJECTIVES = (
    "{people} {happens}",
    "Help {them} so that they {happens}",
    "Make {topic} easier for {them}",
    "Keep {topic} as it is",
    "Improve {topic}",
    "Launch the new {thing}",
    "Try to support {them} with {topic}",
    "Raise the share of {them} who are happy from 40 % to 70 %",
    "Leverage synergies in {topic} to deliver excellence",
    "World-class {topic}",
    "{topic}",
)
MEASURED = (
    "{words}: {now} → {aim}",
    "{words} from {now} to {aim}",
    "Bring {words} from {now} to {aim} by 15 June 2027",
    "{words}: {aim} (today {now})",
)
HALF_MEASURED = (
    "{words}: {now} → {timid}",
    "{words}: {aim}",
    "{words} to about {aim}",
    "{words}: {now} → {now}",
    "{words} up 20 %",
)
UNMEASURED = (
    "Launch the {thing}",
    "{thing} is in place",
    "Hold 9 {event}",
    "Support {task}",
    "Improve {topic}",
    "Better {topic}",
    "Drive impact",
)


@st.composite
def key_result(draw: st.DrawFn, trade: Trade, measure: Measure) -> str:
    """Draw a key result of a trade: a measure's, or work and wishes."""
    shape = draw(st.sampled_from(MEASURED + MEASURED + HALF_MEASURED + UNMEASURED))
    text = shape.format(**measure._asdict(), **trade._asdict())
    return text[0].upper() + text[1:]


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Draw a draft, with its purpose, cycle and why given or not."""
    trade = draw(st.sampled_from(TRADES))
    shape = draw(st.sampled_from(OBJECTIVES))
    objective = shape.format(them=trade.people.lower(), **trade._asdict())
    measures = draw(st.permutations(trade.measures))[: draw(st.integers(1, 3))]
    lines = [draw(key_result(trade, measure)) for measure in measures]
    context = Context(
        cycle=draw(st.sampled_from(("2027-Q2", None))),
        purpose=draw(st.sampled_from((trade.purpose, None))),
        why=draw(st.sampled_from((None, None, "Last winter half of them gave up and went away"))),
    )
    return Draft(objective[0].upper() + objective[1:], tuple(dict.fromkeys(lines)), context)
