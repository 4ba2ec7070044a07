"""The settings page: what the organisation file says, as fields or as its text, read and changed.

A change is checked as at a start, written whole, and holds for the next draft. What somebody else
wrote meanwhile is never overwritten unseen: the answer is then 409, with both texts.
"""

import asyncio
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

import msgspec
from litestar import Request, Router, get, post
from litestar.params import FromQuery
from litestar.response import Redirect
from msgspec.structs import replace

from coach.charter import Charter, Kept, edited
from coach.errors import BadConfiguration, BadFile, Overtaken
from coach.organisation import Organisation, complaints, parse_organisation
from coach.reading.text import tidy
from coach.rubrics.profiles import profiles
from coach.service import Coach
from coach.web.form import Trouble, read_pairs
from coach.web.given import TheCharter, TheCoach
from coach.web.markup import SMALL, Page, page

Shape = Literal["fields", "text"]
Asked = Request[Any, Any, Any]
NOT_FOLLOWED = "This service was started without an organisation file to follow."
SAVED = "Saved. Drafts are read by it from now on; results that are kept stay as they are."


class Sheet(msgspec.Struct, frozen=True):
    """What the form holds: the file as fields, a line for each item, or as `text`.

    `revision` is the state of the file that it goes on from.
    """

    shape: Shape = "fields"
    name: str = ""
    purpose: str = ""
    priorities: str = ""
    acronyms: str = ""
    glossary: str = ""
    profile: str = "default"
    model: str = "on"
    text: str = ""
    revision: str = ""
    troubles: tuple[Trouble, ...] = ()
    notice: str = ""

    def troubles_at(self, field: str) -> tuple[Trouble, ...]:
        return tuple(trouble for trouble in self.troubles if trouble.field == field)


class Clash(NamedTuple):
    """The lines of the file as it is now, and as the sheet would have it; each with whether it
    stands on one side alone.
    """

    now: tuple[tuple[str, bool], ...]
    sent: tuple[tuple[str, bool], ...]


@get("/settings")
async def read_fields(coach: TheCoach, charter: TheCharter, saved: FromQuery[bool] = False) -> Page:
    """What the organisation says, a field for each thing."""
    if charter is None:
        return _shown(coach, charter, _sheet_of(coach.organisation))
    kept, told, sheet = _as_it_stands(charter)
    if told is None:  # fields can't show what can't be read
        return _shown(coach, charter, sheet)
    return _shown(coach, charter, _sheet_of(told, kept.revision, SAVED if saved else ""))


@get("/settings/text")
async def read_text(coach: TheCoach, charter: TheCharter, saved: FromQuery[bool] = False) -> Page:
    """The file itself, with its comments."""
    if charter is None:
        return _shown(coach, charter, _sheet_of(coach.organisation))
    _, _, sheet = _as_it_stands(charter)
    return _shown(coach, charter, replace(sheet, notice=SAVED if saved else ""))


@post("/settings", status_code=200)
async def write_fields(request: Asked, coach: TheCoach, charter: TheCharter) -> Page | Redirect:
    """Change what the fields change, and nothing else of the file."""
    return await _written(coach, charter, await _sent(request, "fields"))


@post("/settings/text", status_code=200)
async def write_text(request: Asked, coach: TheCoach, charter: TheCharter) -> Page | Redirect:
    """Put another text in the place of the file's."""
    return await _written(coach, charter, await _sent(request, "text"))


async def _written(coach: Coach, charter: Charter | None, sheet: Sheet) -> Page | Redirect:
    if charter is None or charter.closed:
        return _shown(coach, charter, sheet, status=403)
    told = Organisation()
    if sheet.shape == "fields":
        told, troubles = _told_by(sheet)
        if troubles:
            return _shown(coach, charter, replace(sheet, troubles=troubles), status=422)
    try:
        await asyncio.to_thread(_write, charter, sheet, told)
    except Overtaken:
        return _overtaken(coach, charter, sheet, told)
    except BadConfiguration as error:
        troubles = tuple(_troubles(error, sheet.shape))
        return _shown(coach, charter, replace(sheet, troubles=troubles), status=422)
    path = "/settings" if sheet.shape == "fields" else "/settings/text"
    return Redirect(f"{path}?saved=true", status_code=303)


def _write(charter: Charter, sheet: Sheet, told: Organisation) -> None:
    kept = charter.read()
    if kept.revision != sheet.revision:
        raise Overtaken("The organisation file was changed meanwhile.")
    charter.write(_text_of(sheet, told, kept.text), kept.revision)


def _overtaken(coach: Coach, charter: Charter, sheet: Sheet, told: Organisation) -> Page:
    now = charter.read()
    sent = _text_of(sheet, told, now.text)
    trouble = Trouble("clash", "The file was changed after you opened this page. Nothing was saved")
    goes_on = replace(sheet, revision=now.revision, troubles=(trouble,))
    return _shown(coach, charter, goes_on, status=409, clash=_clash(now.text, sent))


def _clash(now: str, sent: str) -> Clash:
    ours, theirs = sent.splitlines(), now.splitlines()
    blocks = SequenceMatcher(None, theirs, ours, autojunk=False).get_matching_blocks()
    same = [(block.a + n, block.b + n) for block in blocks for n in range(block.size)]
    in_theirs, in_ours = {a for a, _ in same}, {b for _, b in same}
    return Clash(
        tuple((line, number not in in_theirs) for number, line in enumerate(theirs)),
        tuple((line, number not in in_ours) for number, line in enumerate(ours)),
    )


def _text_of(sheet: Sheet, told: Organisation, now: str) -> str:
    """Return the text that the file is to have, given the one that it has now."""
    if sheet.shape == "text":
        return sheet.text
    try:
        parse_organisation(now, "")
    except BadConfiguration:
        return edited("", told)
    return edited(now, told)


def _shown(
    coach: Coach,
    charter: Charter | None,
    sheet: Sheet,
    *,
    status: int = 200,
    clash: Clash | None = None,
) -> Page:
    known = {name: one.description for name, one in profiles().items()}
    return page(
        "settings.html",
        status,
        here="settings",
        sheet=sheet,
        clash=clash,
        closed=NOT_FOLLOWED if charter is None else charter.closed,
        profiles=known if sheet.profile in known else {**known, sheet.profile: "of your own"},
        organisation=coach.organisation,
        terms=coach.terms,
    )


# ── the file and its sheet ────────────────────────────────────────────────────────────────────


def _as_it_stands(charter: Charter) -> tuple[Kept, Organisation | None, Sheet]:
    """Return the file, what it says if it is sound, and its text as a sheet."""
    try:
        kept = charter.read()
    except BadConfiguration as error:
        return Kept(), None, Sheet("text", troubles=tuple(_troubles(error, "text")))
    sheet = Sheet("text", text=kept.text, revision=kept.revision)
    try:
        return kept, charter.check(kept.text), sheet
    except BadConfiguration as error:
        return kept, None, replace(sheet, troubles=tuple(_troubles(error, "text")))


def _sheet_of(told: Organisation, revision: str = "", notice: str = "") -> Sheet:
    return Sheet(
        name=told.name or "",
        purpose=told.purpose or "",
        priorities="\n".join(told.priorities),
        acronyms=", ".join(told.acronyms),
        glossary="\n".join(f"{term}: {meaning}" for term, meaning in told.glossary.items()),
        profile=told.profile,
        model=told.model,
        revision=revision,
        notice=notice,
    )


async def _sent(request: Asked, shape: Shape) -> Sheet:
    said = dict(read_pairs(request.headers.get("content-type", ""), await request.body()))
    fields = set(Sheet.__struct_fields__) - {"shape", "troubles", "notice"}
    return msgspec.convert(
        {name: said[name] for name in fields & said.keys()} | {"shape": shape}, Sheet
    )


_NO_MEANING = "a term, a colon and its meaning are expected, as “LQA: linguistic quality assurance”"


def _told_by(sheet: Sheet) -> tuple[Organisation, tuple[Trouble, ...]]:
    """Return what the fields say, and what is off in them."""
    troubles = []
    glossary = {}
    for number, line in enumerate(sheet.glossary.splitlines(), 1):
        term, colon, meaning = _clean(line).partition(":")
        if colon:
            glossary[term.strip()] = meaning.strip()
        elif term:
            troubles.append(Trouble("glossary", f"Glossary, line {number}: {_NO_MEANING}"))
    told = Organisation(
        name=_clean(sheet.name) or None,
        purpose=_clean(sheet.purpose) or None,
        priorities=tuple(filter(None, map(_clean, sheet.priorities.splitlines()))),
        acronyms=tuple(dict.fromkeys(_clean(sheet.acronyms.replace(",", " ")).split())),
        glossary=glossary,
        profile=sheet.profile,
        model="off" if sheet.model == "off" else "on",
    )
    for one in complaints(told):
        field, *place = map(str, one.key)
        at = f" “{place[0][:40]}”" if field == "glossary" else ""
        said = f"{field.capitalize()}{at}: {one.problem}; {one.way_out}".removesuffix("; ")
        troubles.append(Trouble(field, said))
    return told, tuple(troubles)


def _clean(text: str) -> str:
    return " ".join(tidy(text)[0].split())


def _troubles(error: BadConfiguration, shape: Shape) -> Iterator[Trouble]:
    if isinstance(error, BadFile):
        for problem in error.problems:
            yield Trouble("text", f"{problem.pointer.capitalize()}: {problem.detail}")
    else:
        opening, _, rest = str(error).partition(":\n")  # of a profile: in which file it is named
        said = rest or opening
        field = "profile" if shape == "fields" and rest else "text"
        yield Trouble(field, f"{said[:1].upper()}{said[1:]}")


organisation = Router(
    "/",
    route_handlers=[read_fields, read_text, write_fields, write_text],
    middleware=[SMALL],
    include_in_schema=False,
)
