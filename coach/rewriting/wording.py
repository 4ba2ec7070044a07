"""Small handlings of an author's words: capitals, ends of lines, clauses that go or stay."""

import re

from coach.reading.draft import KeyResultLine, ReadDraft
from coach.reading.verbs import LEMMA_OF
from coach.rewriting.edit import CLOSE, OPEN

_GAP = re.compile(r"[ \t]{2,}")
_LOOSE = re.compile(r" +(?=[,;!?)]|\.(?:\s|$))|(?<=\() +|\( *\)")
_LETTER = re.compile(r"[^\W\d_]")


def end(text: str) -> int:
    """Return where the words of a line end: before its closing punctuation."""
    return len(text.rstrip(" \t\n\u00a0.!,;:"))


def tidied(text: str, *, capital: bool) -> str:
    """Return a line mended after words were taken out, with its capital where it had one."""
    text = _LOOSE.sub("", _GAP.sub(" ", text)).strip(" \t,;")
    return upper_first(text) if capital else text


def upper_first(text: str) -> str:
    """Return `text` with a capital first letter, unless it opens with a blank or a number."""
    return text[:1].upper() + text[1:] if _LETTER.match(text) else text


def lower_first(text: str, read: ReadDraft) -> str:
    """Return `text` for the middle of a sentence: the capital of its first word goes.

    It stays where it isn't just the capital of a sentence: "VAT returns", "McKinsey", "I", or a
    word that stands elsewhere in the draft, within a line, with that capital.
    """
    word = re.match(r"\w+", text)
    if word is None or not word[0][0].isupper() or word[0][1:] != word[0][1:].lower():
        return text
    if len(word[0]) == 1 and word[0] != "A":
        return text
    lines = (read.draft.objective, *read.draft.sentences)
    if any(f" {word[0]}" in line for line in lines):
        return text
    return word[0].lower() + text[word.end() :]


def base(gerund: str) -> str | None:
    """Return the plain form of a verb in -ing ("improving" → "improve"), None for other words."""
    return LEMMA_OF.get(gerund) if gerund.endswith("ing") else None


# A head noun ends before these words.
_AFTER_HEAD = re.compile(
    r"\b(?:of|for|in|at|to|on|with|without|from|by|that|which|who|whose|per|across|within|into|"
    r"after|before|during|between|among|amongst|about|against|over|under|via|through|as)\b|[,(:;]"
)
_SINGULAR = re.compile(r"(?:ss|us|is|ness|news|analytics|kubernetes)$")


def is_plural(phrase: str) -> bool:
    """Say whether a noun phrase, by its head's last letter, takes "are"."""
    head = _AFTER_HEAD.split(phrase.lower(), maxsplit=1)[0].strip()
    last = head.rpartition(" ")[2].rstrip("'")
    if " and " in head or last in ("staff", "data") or last.endswith(("people", "men", "children")):
        return True
    return last.endswith("s") and not _SINGULAR.search(last)


def deadline(kr: KeyResultLine) -> tuple[int, int] | None:
    """Return where a line's closing words about its date stand (" by 30 June"), if it has any."""
    stop = end(kr.text)
    part = kr.reading.parts.get("deadline")
    if part is None or part.end < stop or kr.folded[: part.start].endswith("from "):
        return None
    before = _BEFORE_DATE.search(kr.folded[: part.start])
    return (before.start() if before else part.start), stop


def people(read: ReadDraft) -> str:
    """Return who a draft's objective is for, by the author's word, or "people"."""
    whom = read.objective.grammar.beneficiary if read.objective else None
    return whom.text if whom and is_plural(whom.text) else "people"


_BEFORE_DATE = re.compile(r"[ ,]{0,3}(?:\b(?:by|before|until|in|on|at|during) )?(?:the )?$")
_MEANS = re.compile(
    r",? (?:by \w+ing|through|via|in order|so that|so we|so \w+ can|using|thanks to|because|while)\b"
)


def before_means(kr: KeyResultLine) -> int:
    """Return where a number fits into a line that lacks one: before how, why and by when."""
    stop = end(kr.text)
    closing = deadline(kr)
    if closing is not None:
        stop = closing[0]
    means = _MEANS.search(kr.folded)
    return min(stop, means.start()) if means else stop


def plain(text: str) -> str:
    """Return `text` with its blanks shown as a reader meets them."""
    return text.replace(OPEN, "[").replace(CLOSE, "]")
