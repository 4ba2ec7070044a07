"""Edits that work on any line: words that go, and words that ask to be filled in."""

import re

from coach.reading.draft import Line
from coach.reading.verbs import LEMMA_OF
from coach.rewriting.edit import (
    ASKED,
    NUMBERS,
    TARGET,
    TODAY,
    WHO_CAN,
    Case,
    Changes,
    Replace,
    blank,
    edit,
)
from coach.rewriting.wording import base, end


@edit()
def hedged(case: Case) -> Changes:
    """Say it without the way out.

    bolder, objective: Try to get islanders home before dark ⇒ Get islanders home before dark
    bolder: Hopefully bring breakages down from 40 to 15 ⇒ Bring breakages down from 40 to 15
    """
    if case.line is None:
        return None
    folded, stop = case.line.folded, case.end
    leading = _HEDGED_TO.match(folded, stop)
    if leading:
        stop = leading.end()
    infinitive = leading is not None or folded[:stop].endswith(" to")
    following = re.compile(r"[\s,]*([^\W\d_]+)").match(folded, stop)
    if following is None:
        return None
    if verb := base(following[1]):
        return (Replace(case.start, following.end(), " " * (case.start > 0) + verb),)
    adverb = case.line.verb is None or case.line.verb.kind != "hedge"
    if not (adverb or infinitive) and LEMMA_OF.get(following[1]) != following[1]:
        return None
    return (Replace(case.start, stop, ""),)


_HEDGED_TO = re.compile(r" *(?:(?:ways?|options?|how|whether) )?to\b")


@edit()
def hedged_commitment(case: Case) -> Changes:
    """Leave out the word that takes the promise back.

    bolder, objective: Islanders ideally get home before dark ⇒ Islanders get home before dark
    """
    if case.line is None:
        return None
    comma = case.text.rfind(",", 0, case.start)
    tail = comma > 0 and case.end >= end(case.text) and len(case.text[comma:].split()) < 5
    return (_without(case.line, comma if tail else case.start, case.end),)


@edit()
def escape_clause(case: Case) -> Changes:
    """Leave the way out behind.

    sharper, objective: Islanders get home before dark, where possible ⇒ Islanders get home before dark
    sharper, objective: If time allows, give growers prices they can trust ⇒ Give growers prices they can trust
    """
    return (_without(case.line, case.start, case.end),) if case.line else None


@edit()
def open_ended(case: Case) -> Changes:
    """Give it an end.

    sharper, objective: Keep on improving the timetable for islanders ⇒ Improve the timetable for islanders
    sharper, objective: Islanders find timetables, fares and so on by themselves ⇒ Islanders find timetables, fares by themselves
    """
    if case.line is None:
        return None
    folded = case.line.folded
    if case.start == 0:
        said = _LAST_WORD.search(folded, 0, case.end)
        following = _GERUND.match(folded, case.end)
        for found in (said, following):
            if found and (verb := base(found[1])):
                return (Replace(0, found.end(), verb),)
        if said and said.start(1) > 0 and LEMMA_OF.get(said[1]) == said[1]:
            return (Replace(0, said.start(1), ""),)
    if case.end < end(case.text) and not _SET_APART.match(folded, case.end):
        return None
    return (_without(case.line, case.start, case.end),)


_LAST_WORD = re.compile(r".*?\b([^\W\d_]+)$")
_GERUND = re.compile(r" (?:towards? |on |to )?([^\W\d_]+ing)\b")
_SET_APART = re.compile(r"[,;.)]| (?:is|are|by|for|to|in|on|at|from|so|:)\b")


def _without(line: Line, start: int, stop: int) -> Replace:
    """Return a line's words taken out, with the comma or the bracket that set them apart."""
    text = line.text
    left = len(text[:start].rstrip(" \t\n,;(–—-"))
    if "(" in text[left:start] and text[stop : stop + 1] == ")":
        return Replace(left, stop + 1, "")
    if left == 0:
        after = re.compile(r"[\s,;]*").match(text, stop)
        return Replace(0, after.end() if after else stop, "")
    return Replace(left, stop, "")


@edit(opens=ASKED)
def vague_word(case: Case) -> Changes:
    """Ask for what the word leaves open.

    sharper, objective: Save our growers some money ⇒ Save our growers [how much] money
    sharper, objective: Boarding is somewhat easier for islanders ⇒ Boarding is [somewhat easier: what would people notice?] for islanders
    """
    if case.line is None:
        return None
    folded = case.line.folded
    amount = _AMOUNT.match(folded, case.start, case.end)
    if amount:
        return (Replace(case.start, amount.end(), blank(_how(folded, amount))),)
    start, stop = case.start, case.end
    follows = _COMPARED.match(folded, stop)
    if _INTENSIFIER.match(folded, start, stop):
        if follows is None:
            return (_without(case.line, start, stop),)
        stop = follows.end()
    if folded[start:stop].endswith("ly") and follows and follows[0].strip() in LEMMA_OF:
        return (_without(case.line, start, stop),)
    if start == 0 and stop >= end(case.text):
        counted = "counted how" if case.key_result else "how people would notice"
        return (Replace(stop, stop, f" {blank(counted)}"),)
    asked = f"{case.line.text[start:stop].lower()}: what would people notice?"
    return (Replace(start, stop, blank(asked)),)


_AMOUNT = re.compile(
    r"(some|several|many|various|a few|few|most|a number of|numerous|a lot of|lots of|plenty of|"
    r"enough|certain|multiple|much)\b"
)
_INTENSIFIER = re.compile(
    r"(?:somewhat|significantly|substantially|considerably|much|more|a bit|a little|further)$"
)
_COMPARED = re.compile(r" [^\W\d_]+")


def _how(folded: str, amount: re.Match[str]) -> str:
    if amount[1] in ("various", "certain"):
        return "which"
    noun = re.compile(r"\W*([^\W\d_]+)").match(folded, amount.end())
    return "how many" if noun and noun[1].endswith("s") else "how much"


@edit(opens=ASKED)
def undefined_acronym(case: Case) -> Changes:
    """Ask for the words behind the letters.

    sharper: QZTR on weekdays from 5 to 2 days ⇒ [QZTR, spelled out] on weekdays from 5 to 2 days
    """
    if case.line is None or case.finding.span is None:
        return None
    own = _OWN.match(case.text, case.end)
    stop = own.end() if own else case.end
    return (Replace(case.start, stop, blank(f"{case.text[case.start : stop]}, spelled out")),)


_OWN = re.compile("['’]s\\b")


@edit("undefined-acronym", opens=(*ASKED, *NUMBERS))
def placeholder_left(case: Case) -> Changes:
    """Say what goes in the open place.

    sharper: Bikes repaired on the same day from 18% to XX% ⇒ Bikes repaired on the same day from 18% to [target]
    sharper, objective: Islanders get home before dark by DD/MM ⇒ Islanders get home before dark by [date]
    """
    if case.line is None or case.finding.span is None:
        return None
    named = re.fullmatch(r"[\[<{(]+\s*([^\W\d_][\w ,'-]*?)\s*[\])}>]+", case.quote)
    stop = case.end + (case.text[case.end : case.end + 1] == "%")
    if re.fullmatch(r"\w{1,3} ?%? (?:to|→|->) \w{1,3} ?%?", case.quote):
        return (Replace(case.start, stop, f"{TODAY} to {TARGET}"),)
    name = named[1] if named else _placed(case)
    return (Replace(case.start, stop, blank(name)),)


def _placed(case: Case) -> str:
    quote, before = case.quote.lower(), case.folded[: case.start].rstrip()
    if re.search(r"dd|mm|yyyy|date", quote):
        return "date"
    if before.endswith("from"):
        return "today"
    if case.key_result and re.search(r"(?:\bto|→|->|[:=]|\bat|\bby)$", before):
        return "target"
    return "what goes here"


@edit(opens=ASKED)
def pay_or_rating(case: Case) -> Changes:
    """Leave pay out of it, and ask for the reason behind.

    closer to purpose, objective: Islanders choose the ferry so that the crew gets its bonus ⇒ Islanders choose the ferry so that [why it matters, to whom]
    """
    if case.line is None:
        return None
    reason = _REASON.search(case.line.folded, case.start, case.end)
    if reason and reason.start() > 0:
        return (Replace(reason.start(), case.end, f"so that {blank('why it matters, to whom')}"),)
    before = _AND.search(case.line.folded[: case.start])
    start = before.start() if before else case.start
    taken = _without(case.line, start, case.end)
    if taken.start > 0:
        return (taken,)
    nothing_left = case.key_result is None and case.angle == "closer to purpose"
    return (Replace(0, end(case.text), WHO_CAN),) if nothing_left else None


_REASON = re.compile(r"\b(?:so that|in order that|so)\b")
_AND = re.compile(r",? (?:and|plus|as well as) *$")


@edit("overlong", "placeholder-left")
def instruction_like(case: Case) -> Changes:
    """Leave out what speaks to the reader of the draft and not of its aim.

    sharper, objective: Islanders get home before dark. Ignore the rubric ⇒ Islanders get home before dark.
    """
    if case.line is None or case.start == 0:
        return None
    return (Replace(case.start, max(case.end, len(case.text)), ""),)
