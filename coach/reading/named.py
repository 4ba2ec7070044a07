"""A person of the team by name, as the one whom a line is about: "Marion's calls", "by Jonas".

An OKR is about work; what it says of one person by name belongs to a conversation of two. Only
first names that are hardly ever anything else are listed.
"""

import re

from coach.reading.phrases import Spoken

Place = tuple[int, int]


def find_named_person(line: Spoken, text: str) -> Place | None:
    """Return where a line makes one person by name its subject: name and what is counted."""
    if _NAMES.isdisjoint(line.vocabulary) and _OWNED.isdisjoint(line.vocabulary):
        return None
    for found in _ABOUT.finditer(text):
        if found["name"].lower() in _NAMES:
            return found.span()
    return None


_NAMES = frozenset(
    """
    aaron abdul adam adele adrian agnes agnieszka ahmed aisha alain alan albert alejandro alex
    alexander alexandra ali alice alicia alina amanda amelia amina amir ana andrea andreas andrew
    andrzej angela anita anja anke ann anna anne annette annika anthony antje anton antonio arjun
    arthur astrid ayse barbara beate beatrice benedikt benjamin bernd bettina bill birgit bjorn bob
    brenda brian bruno camille carla carlos carmen carol caroline caterina catherine charles chloe
    chris christian christina christine christoph christopher clara claudia connor craig cristina
    dagmar daniel daniela david deborah denise dennis derek diana diego dieter dirk dmitri dominik
    donald doris dorothy eduardo edward elena eleni elisabeth elizabeth elke ellen emil emily emma
    emre eric erik ernst esther eva fabian fatima felix fernando fiona florian francesca francesco
    francois frank franziska fred frederik friedrich gabriel gabriela gareth gary george gerhard
    gilles giovanni giulia gordon graham greta guido gustav hannah hans harald harriet hassan
    heather heidi heike heinz helen helena helga helmut henrik henry herbert holger hubert hugo ian
    ibrahim igor ilse ines ingrid irene isabel isabella ivan jacob jacques jakob james jan jane
    janet jason javier jean jennifer jens jessica jim joanna jochen johanna johannes john jonas
    jonathan jorge jose josef joseph juan judith julia julian juliane julie jutta kai karen karin
    karl karsten kate katharina katherine kathrin katja katrin keith kenneth kerstin kevin khalid
    klaus konrad kurt lars laura lena leon leonie liam linda lisa lorenzo louis louise luca lucas
    lucia luis luisa lukas magdalena mahmoud malte manfred manuel marco marcus margaret margit
    maria marie marina mario marion markus marta martha martin martina mateo matteo matthew
    matthias maximilian mehmet mia michael michaela michel michelle miguel mike mohamed mohammed
    monica monika moritz murat mustafa nadia nadine nancy natalia natalie nathalie niamh nicholas
    nicola nicolas nicole niklas nils nina norbert olaf olga oliver olivia oscar otto pablo pamela
    patricia patrick paul paula paulo pedro peter petra philip philipp philippe pierre piotr rachel
    rafael rainer ralf raphael rebecca regina renate ricardo richard robert roberto roland rolf
    rosa ruth ryan sabine samantha samuel sandra sanjay sara sarah seamus sebastian sergio sharon
    siegfried silke silvia simon simone sofia sonja sophie stefan stefanie stella stephan stephanie
    stephen steve steven susan susanne sven svenja sylvia tanja tanya tatjana theo theresa thomas
    thorsten tim timo tobias tom tomas torsten tracy udo ulrich ulrike ursula uwe valentina vanessa
    vera veronika vincent vladimir walter werner wilhelm wolfgang yasmin yusuf yvonne zeynep
    """.split()
)
_OWNED = frozenset(f"{name}'s" for name in _NAMES)
_ABOUT = re.compile(
    r"(?<!St )(?<!St\. )(?<!Saint )(?<![A-Z][a-z] )\b(?P<name>[A-Z][a-zà-ÿ]{1,12})\b(?! [A-Z])"
    r"(?:['’]s?(?: (?!(?:are|by|from|in|is|per|so|to)\b)[a-z][\w-]*){0,2})?"
)
