"""Lines of a draft, cleaned once: what is shown, what is matched, and the words in it.

Matching runs on `folded`, which has exactly one code point for each code point of `text`,
so every span found in one is a span of the other.
"""

import re
import unicodedata

import msgspec

# Characters that a reader can't see but a matcher would trip over: soft hyphen, zero-width
# spaces and joiners outside emoji, bidi controls, tag characters, byte-order marks.
_UNSEEN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f"
)
_INVISIBLE = re.compile(rf"[{_UNSEEN}]|(?<![\u200d\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]")
_MAYBE_INVISIBLE = re.compile(rf"[{_UNSEEN}\u200c\u200d]")  # ten times as fast to say no
_PLAIN = {
    **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\t\n\u2028\u2029", " "),
    **dict.fromkeys("\u2018\u2019\u201a\u2032\u02bc\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2192\u21d2\u21e8\u2794\u279c\u279d\u279e\u27a1\u27f6\u2b95", "→"),
}
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_TOKEN = re.compile(
    r"([a-z]++(?![\w'-]))"  # a plain word, the commonest
    r"|(\d(?:\d{0,2}(?:[ ']\d{3}){1,5}(?!\d)(?:[.,]\d+)?|\d*(?:[.,:']\d+)*))"  # a number
    r"|(?=[^\W\d_])(?:"
    r"((?:eur|usd|gbp|chf|jpy|sek|nok|dkk|pln|inr|aud|cad)(?=\d))"  # the code of "eur5"
    r"|([^\W\d_]{1,30}-?\d[^\W_]{0,30}(?:[.-][^\W_]{1,30}){0,3})"  # a name: p95, day-7, v4.1
    r"|([^\W\d_]+(?:['-][^\W\d_]+)*))"  # any other word
    r"|((?<![\w.])\.\d+)"  # a number without its nought
    r"|-{1,3}>|={1,3}>|<=|>=|[^\w\s]"  # a sign
)
_PLAIN_WORD, _NAME, _OTHER_WORDS = 1, 4, (3, 5)  # their groups


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word of a line: folded text and span. Numbers and signs are words only as tokens."""

    text: str
    start: int
    end: int


def tidy(text: str) -> tuple[str, int]:
    """Return `text` as it is shown and stored, and how many invisible characters were removed."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text, 0
    clean = unicodedata.normalize("NFC", text)
    return _INVISIBLE.subn("", clean) if _MAYBE_INVISIBLE.search(clean) else (clean, 0)


def fold(text: str) -> str:
    """Return `text` lowered and with typographic signs made plain, one code point for one."""
    if text.isascii():
        return text.lower().replace("\t", " ").replace("\n", " ")
    folded = text.translate(_folded)
    disguised = LIKE_LATIN.search(folded) and _MIXED.search(folded)
    return folded.translate(LOOKS_LATIN) if disguised else folded


# Cyrillic and Greek letters that look Latin, and a word that holds one beside a Latin letter:
# nobody writes so but to keep a word from being read.
LOOKS_LATIN = str.maketrans("аеорсухівкмнтԁһјѕԛԝαορινυκ", "aeopcyxibkmhtdhjsqwaopivuk")
LIKE_LATIN = re.compile("[а-яѕіјһԁԛԝα-ω]")
_MIXED = re.compile(r"\b(?=\w*[a-z])\w*[а-яѕіјһԁԛԝα-ω]\w*")


class _Folded(dict[int, str]):
    """What each code point folds to, found once; a bound keeps hostile text from filling it."""

    def __missing__(self, code: int) -> str:
        folded = _fold_one(chr(code))
        if len(self) < 4096:
            self[code] = folded
        return folded


def _fold_one(char: str) -> str:
    plain = _PLAIN.get(char)
    if plain is not None:
        return plain
    compatible = unicodedata.normalize("NFKC", char)
    lowered = (compatible if len(compatible) == 1 else char).lower()
    return lowered if len(lowered) == 1 else char


_folded = _Folded()


def words(folded: str) -> tuple[Word, ...]:
    """Return the words of a folded line, in order."""
    return tuple([Word(m[0], m.start(), m.end()) for m in _WORD.finditer(folded)])


class Scan(msgspec.Struct, frozen=True):
    """A line and everything in it, in order: `texts` are those of `tokens`, which are its words,
    numbers, names with digits and signs. `odd` are the places in them of all but plain words and
    signs: a number or a date opens there, unless it is spelled. `vocabulary` are its words, each
    once."""

    text: str
    folded: str
    tokens: list[Word]
    texts: list[str]
    odd: list[int]
    words: tuple[Word, ...]
    vocabulary: frozenset[str]


def scan(text: str) -> Scan:
    """Return a line (tidy text) with its tokens and its words, found in one pass."""
    folded = fold(text)
    tokens: list[Word] = []
    texts: list[str] = []
    odd: list[int] = []
    said: list[Word] = []
    named = False
    for found in _TOKEN.finditer(folded):
        told = found[0]
        token = Word(told, found.start(), found.end())
        kind = found.lastindex
        if kind == _PLAIN_WORD:
            said.append(token)
        elif kind:
            odd.append(len(texts))
            named = named or kind == _NAME
            if kind in _OTHER_WORDS:
                said.append(token)
        tokens.append(token)
        texts.append(told)
    # A name with digits holds other words than itself: "p95" a "p".
    all_words = words(folded) if named else tuple(said)
    vocabulary = frozenset([word.text for word in all_words])
    return Scan(text, folded, tokens, texts, odd, all_words, vocabulary)
