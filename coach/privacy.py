"""What leaves for a language model: a draft whose private parts are placeholders.

Keys, card and account numbers, e-mail addresses, phone numbers and people's names stay here. A
placeholder stands for one value all through a draft, and is put back in whatever comes back, so
that quotes and rewrites are of the author's own words. Numbers of an OKR are left alone: what is
put aside has a checksum, a prefix or a word beside it that says what it is.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from msgspec.structs import replace

from coach.okr import Context, Draft, KeyResult
from coach.reading.text import fold
from coach.reading.verbs import LEMMA_OF
from coach.reading.words import ORGANISATIONS, PEOPLE, PLACES, SHIPPED

Kind = Literal["key", "card", "account", "e-mail", "phone", "person", "pay or health"]
"""What was found. Pay or health of a person is told to the author, and not put aside."""

PUT_ASIDE: dict[Kind, str] = {
    "key": "a key or password",
    "card": "a card number",
    "account": "an account number",
    "e-mail": "an e-mail address",
    "phone": "a phone number",
    "person": "a person's name",
}
_MARKS: dict[Kind, str] = {
    "key": "SECRET", "card": "CARD", "account": "ACCOUNT", "e-mail": "EMAIL", "phone": "PHONE",
    "person": "PERSON",
}  # fmt: skip


@dataclass(frozen=True)
class Masked:
    """A draft as it may be sent, what was put aside in it, and the way back."""

    draft: Draft
    found: tuple[Kind, ...]
    kept: dict[str, str]

    def restore(self, text: str) -> str:
        """Return a text of the model's with the author's words in the place of placeholders."""
        if not self.kept:
            return text
        return _PLACEHOLDER.sub(lambda found: self.kept.get(found[0], found[0]), text)

    def hide(self, text: str) -> str:
        """Return another text about this draft with placeholders where its private parts stand."""
        for mark, value in sorted(self.kept.items(), key=lambda each: -len(each[1])):
            text = text.replace(value, mark)
        return text

    @property
    def note(self) -> str | None:
        """What the author reads about it: kinds, never values; None where nothing was found."""
        return note(self.found)


def note(found: tuple[Kind, ...]) -> str | None:
    """Say what was found in a draft, and what happens with it."""
    aside = [PUT_ASIDE[kind] for kind in PUT_ASIDE if kind in found]
    told = []
    if aside:
        listed = " and ".join(filter(None, (", ".join(aside[:-1]), aside[-1])))
        told.append(
            f"This draft holds {listed}. The language model gets a placeholder instead; "
            "others who read the draft would still see it."
        )
    if "pay or health" in found:
        told.append("A line speaks of one person's pay or health. Would the aim stand without it?")
    return " ".join(told) or None


def mask_draft(draft: Draft) -> Masked:
    """Return a draft without what is private in it. The same draft is masked in the same way.

    Owners are left out: nothing that a model is asked depends on them.
    """
    mask = _Mask(draft)
    objective = mask(draft.objective)
    key_results = tuple(
        mask(kr)
        if isinstance(kr, str)
        else KeyResult(mask(kr.text), source=kr.source and mask(kr.source))
        for kr in draft.key_results
    )
    context = draft.context
    said = {
        field: mask(value) for field in _READ if isinstance(value := getattr(context, field), str)
    }
    masked = Draft(objective, key_results, replace(context, **said, owner=None))
    return Masked(masked, tuple(mask.found), {mark: value for value, mark in mask.marks.items()})


_READ = tuple(field for field in Context.__struct_fields__ if field not in ("owner", "type"))
_PLACEHOLDER = re.compile(rf"(?:{'|'.join(_MARKS.values())})_\d+")


class _Mask:
    """Puts values aside, one placeholder a value, and remembers which."""

    def __init__(self, draft: Draft) -> None:
        self.marks: dict[str, str] = {}
        self.found: dict[Kind, None] = {}
        lines = (draft.objective, *draft.sentences, *_context(draft))
        self._taken = set(_PLACEHOLDER.findall("\n".join(lines)))
        self._names = _names(draft, lines)

    def __call__(self, text: str) -> str:
        parts, at, named = [], 0, False
        for start, end, kind in _private(text, self._names):
            if start < at:
                continue
            named = named or kind == "person"
            parts += [text[at:start], self._mark(text[start:end], kind)]
            at = end
        if (named or _OF_ONE.search(text)) and _PAY_OR_HEALTH.search(text):
            self.found["pay or health"] = None
        return "".join((*parts, text[at:]))

    def _mark(self, value: str, kind: Kind) -> str:
        self.found[kind] = None
        if value not in self.marks:
            number = 1
            while (mark := f"{_MARKS[kind]}_{number}") in self._taken:
                number += 1
            self._taken.add(mark)
            self.marks[value] = mark
        return self.marks[value]


def _context(draft: Draft) -> Iterator[str]:
    for field in _READ:
        yield getattr(draft.context, field) or ""
    for kr in draft.key_results:
        if not isinstance(kr, str):
            yield kr.source or ""


def _private(text: str, names: re.Pattern[str] | None) -> list[tuple[int, int, Kind]]:
    """Return what is private in a text: start, end and kind, in order, the longest first."""
    found = [(*span, kind) for kind, find in _FINDERS for span in find(text)]
    if names is not None:
        found += [(*each.span(), "person") for each in names.finditer(text)]
    return sorted(found, key=lambda each: (each[0], -each[1]))


# --- keys -------------------------------------------------------------------------------------

# Prefixes that issuers give their keys so that scanners find them.
_KEY = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|\b(?:sk|pk|rk)[-_](?:live|test|proj|ant|or)?[-_]?[A-Za-z0-9_-]{16,}"
    r"|\b(?:gh[opsur]_|github_pat_|glpat-|xox[abeprs]-|xapp-|npm_|pypi-|hf_|shp(?:at|ss)_|dop_v1_"
    r"|SG\.|ya29\.|AGE-SECRET-KEY-1|EAAC|lin_api_|ntn_|secret_)[A-Za-z0-9_.-]{16,}"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[A-Za-z0-9_-]{35}"
    r"|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*",
    re.DOTALL,
)
_TOLD = re.compile(
    r"\b(?:pass(?:word|wort|phrase|code)?|pwd|pin|secret|token|api[ _-]?key|access[ _-]?key"
    r"|client[ _-]?secret|bearer)\b(?: is)? ?[:=]? ?[\"']?([^\s\"',;]{6,})",
    re.IGNORECASE,
)
_IN_URL = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s/:@]*:([^\s/@]+)@", re.IGNORECASE)
_RUN = re.compile(r"(?<![\w+/=-])[A-Za-z0-9_+/=-]{24,}")


def _keys(text: str) -> Iterator[tuple[int, int]]:
    yield from (found.span() for found in _KEY.finditer(text))
    yield from (found.span(1) for found in _IN_URL.finditer(text))
    for found in _TOLD.finditer(text):
        if _is_mixed(found[1]):
            yield found.span(1)
    for found in _RUN.finditer(text):
        if _is_drawn(found[0]):
            yield found.span()


def _is_mixed(value: str) -> bool:
    """Say whether what follows "password:" can be one: no plain word, no plain number."""
    kinds = (str.isalpha, str.isdecimal, lambda c: not c.isalnum())
    return sum(any(map(kind, value.rstrip(".)!?"))) for kind in kinds) > 1


def _is_drawn(run: str) -> bool:
    """Say whether a long run looks drawn by lot: letters and digits change places often."""
    turns = sum(a.isdigit() != b.isdigit() for a, b in pairwise(run))
    return turns >= len(run) // 6 and turns >= 6 and len(set(run)) >= 10


# --- cards, accounts, phones, e-mails -----------------------------------------------------------

_CARD = re.compile(
    r"(?<![\d.,])[2-6]\d{3}(?:([ -]?)\d{4}\1\d{4}\1\d{1,7}|[ -]\d{6}[ -]\d{5})(?![\d.,]?\d)"
)
_ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_MANY_DIGITS = re.compile(r"\+ ?\d(?:[ ()./-]{0,2}\d){6}")
_NUMBER_TOLD = re.compile(
    r"\b(?:tel(?:efon|ephone)?|phone|mobile|cell|fax|whatsapp|hotline|call|ring|text|sms)\b"
    r"(?: (?:number|no|us|me|him|her|them|on|at|is)\b)*"
    r"[.:]? ?(\(?0\d(?:[ ()/.-]{0,2}\d){5,12})(?!\d)",
    re.IGNORECASE,
)


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for found in _CARD.finditer(text):
        from stdnum import luhn  # most drafts have nothing that looks like a card

        if luhn.is_valid(re.sub(r"\D", "", found[0])):
            yield found.span()


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    for found in _ACCOUNT.finditer(text):
        from stdnum import iban  # most drafts have nothing that looks like an account

        words = found[0].split(" ")
        for count in range(len(words), 0, -1):  # a word in capitals may follow
            held = " ".join(words[:count])
            if iban.is_valid(held):
                yield found.start(), found.start() + len(held)
                break


def _emails(text: str) -> Iterator[tuple[int, int]]:
    if "@" in text:
        yield from (found.span() for found in _EMAIL.finditer(text))


def _phones(text: str) -> Iterator[tuple[int, int]]:
    yield from (found.span(1) for found in _NUMBER_TOLD.finditer(text))
    if _MANY_DIGITS.search(text):
        from phonenumbers import PhoneNumberMatcher  # most drafts have nothing like a number

        yield from ((found.start, found.end) for found in PhoneNumberMatcher(text, None))


# --- people -------------------------------------------------------------------------------------

_NAME = r"[^\W\d_a-z][^\W\d_A-Z]+(?:[-'’][^\W\d_a-z]?[^\W\d_A-Z]+)*"
_INITIAL = r"(?:[^\W\d_a-z]\.)"
_PARTICLE = r"(?:van|von|de|del|da|di|bin|al|le|la)(?: de[rn]?)?"
_FULL_NAME = rf"{_NAME}(?: (?:{_INITIAL} ?)?(?:{_PARTICLE} )?{_NAME}){{0,2}}"
_CUED = re.compile(
    r"\b(?P<cue>(?i:employee|colleague|co-?worker|team ?mate|team member"
    r"|(?:direct|my|our|her|his|their) reports?|line manager|manager|supervisor|boss|mentee|mentor"
    r"|trainee|intern|apprentice|assistant|new hire|Mitarbeiter(?:in)?|Kolleg(?:e|in)|Chef(?:in)?"
    r"|collègue|empleado|empleada)|(?:Mr|Mrs|Ms|Mx|Dr|Prof|Herr|Frau|Sr|Sra|Mme)\b\.?)"
    rf"(?:,|:| \(| named| called| is)? (?P<name>{_FULL_NAME})"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# What follows "employee" or "manager" with a capital in the titles that people write.
_NO_NAMES = frozenset(
    """
    absence academy advocacy app approval assistance awards bonus care career centre chat churn
    coaching community council culture dashboard data day days development directory diversity
    effectiveness effort engagement enablement equity experience feedback forum growth handbook
    happiness health hub index insights journey lifecycle listening loyalty mobility morale net
    newsletter onboarding performance pool portal privacy productivity programme promoter pulse
    quality rate rating referral relations resource retention review rewards safety sales
    satisfaction score self self-service sentiment service share stock success support survey
    survey's time tool training turnover value voice volunteering wellbeing wellness
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december spring summer autumn winter
    """.split()
)
_COMMON = _NO_NAMES | PEOPLE | ORGANISATIONS | PLACES | SHIPPED | LEMMA_OF.keys()


def _people(text: str) -> Iterator[tuple[int, int]]:
    for found in _CUED.finditer(text):
        if all(fold(word) not in _COMMON for word in _WORD.findall(found["name"])):
            yield found.span("name")


def _names(draft: Draft, lines: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds, wherever they stand, the names that owners have or a cue gave away."""
    owners = [
        draft.context.owner,
        *(kr.owner for kr in draft.key_results if not isinstance(kr, str)),
    ]
    names = {owner.strip() for owner in owners if owner and _is_name(owner.strip())}
    names |= {text[start:end] for text in lines for start, end in _people(text)}
    names |= {
        word
        for name in names
        for word in name.split()
        if len(word) > 2 and word[0].isupper() and fold(word) not in _COMMON
    }
    if not names:
        return None
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


def _is_name(owner: str) -> bool:
    words = _WORD.findall(owner)
    named = re.fullmatch(_FULL_NAME, owner) is not None
    return named and all(fold(word) not in _COMMON for word in words)


_OF_ONE = re.compile(
    r"\b(?:his|her|my|(?:employee|colleague|manager|assistant|intern|apprentice)'s)\b",
    re.IGNORECASE,
)
_PAY_OR_HEALTH = re.compile(
    r"\b(?:salar(?:y|ies)|bonus|pay ?rise|pay|wages?|promotion|sick(?:ness| leave| days?| note)?"
    r"|ill(?:ness)?|burn-?out|depress(?:ion|ed)|pregnan(?:t|cy)|cancer|therapy|diagnos(?:is|ed)"
    r"|disabilit(?:y|ies)|medication|surgery|performance (?:rating|review|plan))\b",
    re.IGNORECASE,
)


_FINDERS: tuple[tuple[Kind, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    ("key", _keys),
    ("card", _cards),
    ("account", _accounts),
    ("e-mail", _emails),
    ("phone", _phones),
)
