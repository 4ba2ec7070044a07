"""A grammar of drafts, weak to strong, from many walks of work: what tests play games with.

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

    @property
    def them(self) -> str:
        """Those people, within a sentence."""
        named = any(word[0].isupper() for word in self.people.split()[1:])
        return self.people if named else self.people[0].lower() + self.people[1:]


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
        "Developers", "ship on Fridays without fear", "staging cluster", "the platform team",
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
    Trade(
        "Fishermen on Læsø", "sell their catch before noon", "auction app", "the harbour office",
        "quayside mornings", "landing logistics", "Island families earn their living from the sea.",
        (
            Measure("Boxes sold on the day of the catch", "55 %", "80 %", "55.5 %"),
            Measure("Hours from landing to the lorry", "7", "3", "6.9"),
            Measure("Fish thrown away per trip", "34 kg", "12 kg", "33.8 kg"),
        ),
    ),
    Trade(
        "Łódź commuters", "reach their tram with dry feet", "stop locator", "the depot crews",
        "open days", "tram stops", "Nobody in the city needs a car to get to work.",
        (
            Measure("Stops with a roof", "120", "260", "121"),
            Measure("Trams later than 5 minutes", "18 %", "7 %", "17.9 %"),
            Measure("Riders per weekday", "41,000", "55,000", "41,200"),
        ),
    ),
    Trade(
        "Patients of Dr Müller-Lüdenscheidt", "get their findings explained", "results portal",
        "the front desk", "evening talks", "handing over findings",
        "People understand what happens to their bodies.",
        (
            Measure("Patients who can say what their finding means", "39 %", "70 %", "39.3 %"),
            Measure("Median days from sample to talk", "11", "4", "10.9"),
            Measure("Letters sent back with a question", "62 a month", "20 a month", "61 a month"),
        ),
    ),
    Trade(
        "Señora Núñez's pupils", "read aloud without fear", "reading corner",
        "the parents' council", "reading nights", "reading lessons",
        "Every child finds a book that is theirs.",
        (
            Measure("Pupils who read a page without help", "12 of 28", "22 of 28", "12 of 28"),
            Measure("Books borrowed per pupil and month", "0.8", "2.5", "0.81"),
            Measure("Lessons missed per term", "9", "4", "8.9"),
        ),
    ),
    Trade(
        "Roofers", "come down from every roof unhurt", "harness kit", "the scaffolders",
        "toolbox talks", "work at height", "Everybody who leaves for work comes home again.",
        (
            Measure("Falls per million hours", "4.2", "1.5", "4.15"),
            Measure("Days lost to accidents", "84", "30", "83"),
            Measure("Sites with a second anchor point", "1 in 3", "9 in 10", "1 in 3"),
        ),
    ),
    Trade(
        "Growers in Overijssel", "know by Monday what they will be paid", "price board",
        "the field advisers", "farm walks", "fruit grading",
        "Farms stay in the hands of those who work them.",
        (
            Measure("Crates graded down after delivery", "16 %", "6 %", "15.8 %"),
            Measure("Average payment per crate", "$9.40", "$12.10", "$9.45"),
            Measure("Weeks from delivery to payment", "5", "2", "4.9"),
        ),
    ),
)  # fmt: skip

OBJECTIVES = (
    "{people} {happens}",
    "{people} {happens}, so that nobody is left out",
    "From next spring on, {them} {happens}",
    "Help {them} so that they {happens}",
    "Make {topic} easier for {them}",
    "Keep {topic} as it is",
    "Improve {topic}",
    "Launch the new {thing}",
    "Build the best {thing} in the country",
    "Try to support {them} with {topic}",
    "Raise the share of {them} who are happy from 40 % to 70 %",
    "{people} {happens} and we enter the Danish market",
    "Leverage synergies in {topic} to deliver excellence",
    "Become the leading name in {topic}",
    "World-class {topic}",
    "{topic}",
)
MEASURED = (
    "{words}: {now} → {aim}",
    "{words} from {now} to {aim}",
    "Bring {words} from {now} to {aim} by 15 June 2027",
    "{words}: {aim} (today {now})",
    "{words} ({now} today) at {aim}",
    "{words}: from {now} in March to {aim} in June",
)
HALF_MEASURED = (
    "{words}: {now} → {timid}",
    "{words}: {aim}",
    "{words} to about {aim}",
    "{words}: {now} → {now}",
    "{words}: {now} → TBD",
    "{words} up 20 %",
    "Halve {words}",
)
UNMEASURED = (
    "Launch the {thing}",
    "{thing} is in place",
    "{thing} used by everybody",
    "Hold 9 {event}",
    "Support {task}",
    "Analyse {topic}",
    "Improve {topic}",
    "Better {topic}",
    "More satisfied {them}",
    "Drive impact",
)


@st.composite
def key_result(draw: st.DrawFn, trade: Trade, measure: Measure) -> str:
    """Draw a key result of a trade: a measure's, or work and wishes."""
    shape = draw(st.sampled_from(MEASURED + MEASURED + HALF_MEASURED + UNMEASURED))
    words = measure.words[0].lower() + measure.words[1:] if shape[0] != "{" else measure.words
    text = shape.format(
        **measure._replace(words=words)._asdict(), them=trade.them, **trade._asdict()
    )
    return text[0].upper() + text[1:]


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Draw a draft, with what surrounds it given or not."""
    trade = draw(st.sampled_from(TRADES))
    shape = draw(st.sampled_from(OBJECTIVES))
    objective = shape.format(them=trade.them, **trade._asdict())
    several = trade.measures * 2 if draw(st.booleans()) else trade.measures
    measures = draw(st.permutations(several))[: draw(st.integers(1, len(several)))]
    lines = [draw(key_result(trade, measure)) for measure in measures]
    larger = f"{trade.people} recommend us to their neighbours"
    context = Context(
        cycle=draw(st.sampled_from(("2027-Q2", None))),
        purpose=draw(st.sampled_from((trade.purpose, None))),
        parent=draw(st.sampled_from((None, None, larger))),
        priority=draw(
            st.sampled_from((None, None, f"Nobody has to ask twice about {trade.topic}"))
        ),
        why=draw(st.sampled_from((None, None, "Last winter half of them gave up and went away"))),
        type=draw(st.sampled_from((None, None, "aspirational", "committed"))),
    )
    return Draft(objective[0].upper() + objective[1:], tuple(dict.fromkeys(lines)), context)
