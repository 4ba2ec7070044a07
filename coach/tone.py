"""The words of a good coach: what is never said to an author, whoever phrases it.

The criteria are held to it by a test, a language model by the code that reads its answers. It is
told for English, so what a model says in another language is left out.
"""

import re

MOST_CHARACTERS = 160

CONTROLLING = re.compile(
    r"\b(?:must|should|shall|ought|have to|has to|you need|required|wrong|never do|always do"
    r"|obviously|of course|simply|just do)\b",
    re.IGNORECASE,
)
PERSONAL = re.compile(
    r"\byou(?:'re| (?:are|were) (?:not|too|being)| did| do not| don't| fail\w*| forgot| lack)\b"
    r"|\byour (?:mistake|fault|failure|attitude|thinking|ability|weakness)\w*"
    r"|\b(?:lazy|careless|stupid|sloppy|incompetent|poor work|bad work)\b",
    re.IGNORECASE,
)
PRAISE = re.compile(
    r"\b(?:great job|well done|good work|excellent work|nice work)\b", re.IGNORECASE
)
OPEN_QUESTION = re.compile(
    r"^(?:(?:by|from|in|on|to|at|compared with|if|after|with|under)\b.*?)?"
    r"\b(?:what|which|how|who|whose|whom|where|when|why)\b",
    re.IGNORECASE,
)
# Of the author, by whatever name, where a text is spoken of.
_AUTHOR = re.compile(r"\b(?:the|this|its) (?:author|writer|person|employee|manager)\b", re.I)
# A score or a mark belongs to code.
_GRADE = re.compile(r"\b(?:score|rating|grade|\d+ ?(?:/|out of) ?\d+)\b", re.IGNORECASE)
# Markup, links and what else is more than a sentence.
_MORE_THAN_WORDS = re.compile(
    r"[<>{}\[\]`|*_#\\\x00-\x1f\x7f-\x9f\u2028\u2029]|://|\bwww\.|\b(?:javascript|data|mailto):"
    r"|\b[\w-]+\.(?:com|net|org|io|dev|ai|app|info|biz|ru|cn|de|co|me|xyz)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "a all an and are as be but by can could does for from has have how if in is it its more no "
    "not nothing of on only or so than that the their them there these they this to until what "
    "when where which while who whom will with without would you".split()
)
# Small words of seven other languages, without those that are English too.
_ELSEWHERE = frozenset(
    "aber auf das dem den der ein eine für ist keine mit nicht nur oder und von zu "
    "ce cela dans du elle est et il la le les ne par pas pour que qui sont sur un une "
    "como con de del el en es esta las los más para pero por se sin y "
    "che di lo non per si sono da dos não o os uma "
    "dat deze dit een het maar met naar niet van voor wat att det ett för inte och som är".split()
)
_LAST_LATIN = "\u024f"


def is_sayable(text: str) -> bool:
    """Tell whether a sentence about a text is one that an author may be shown.

    It is short, English, about the text, leaves the choice to its reader and is nothing but words.
    """
    return (
        0 < len(text) <= MOST_CHARACTERS
        and text == text.strip()
        and not any(
            unsaid.search(text)
            for unsaid in (CONTROLLING, PERSONAL, PRAISE, _AUTHOR, _GRADE, _MORE_THAN_WORDS)
        )
        and is_english(text)
    )


def is_open_question(text: str) -> bool:
    """Tell whether a text is one sayable question that can't be answered by yes or no."""
    one = text.count("?") == 1 and text.endswith("?")
    return one and OPEN_QUESTION.match(text) is not None and is_sayable(text)


def is_english(text: str) -> bool:
    """Tell whether a sentence of four words or more is most likely English; shorter ones aren't."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) < 4 or not all(map(str.isascii, words)):
        return False
    return sum(word in _ENGLISH for word in words) >= max(2, len(words) / 5)


def is_foreign(text: str) -> bool:
    """Tell whether a text is most likely of another language, and not terse or odd English."""
    words: list[str] = [word.casefold() for word in _WORD.findall(text)]
    elsewhere = sum(word in _ELSEWHERE or max(word) > _LAST_LATIN for word in words)
    return elsewhere > max(len(words) / 10, sum(word in _ENGLISH for word in words))
