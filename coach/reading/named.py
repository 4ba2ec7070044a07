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
    aaron abdul adam adele adrian agnes agnieszka ahmed aisha akira alain alan albert alejandro
    alex alexander alexandra alexei ali alice alicia alina amanda amelia amelie amina amir amit ana
    andrea andreas andrew andrzej angela anil anita anja anke ann anna anne annette annika anthony
    antje anton antonio aoife arjun arthur astrid aurelie ayse barbara beate beatrice ben benedikt
    benjamin benoit bernd bettina bill birgit bjorn bob brenda brian bruno camille carla carlos
    carmen carol caroline caterina catherine celine chantal charles chidi chloe chris christian
    christina christine christoph christopher clara claudia connor craig cristina dagmar daniel
    daniela dave david deborah declan deepak denise dennis derek diana didier diego dieter dirk
    dmitri dmitry dominik donald doris dorothy dragan eduardo edward elena eleni elisabeth
    elizabeth elke ella ellen emil emilie emily emma emre eoin eric erik ernst esther eva fabian
    fatima fatou felix fernando fiona florian francesca francesco francois frank franziska fred
    frederik freja friedrich gabriel gabriela gareth gary george gerhard gilles giovanni giulia
    gonzalo goran gordon graham greta guido guillaume gunter gunther gustav hannah hans harald
    harriet harry hassan hauke heather heidi heike heinrich heinz helder helen helena helga helmut
    henrik henry herbert hiroshi holger hubert hugo ian ibrahim igor iker ilse ines ingrid inigo
    irene irina isabel isabella istvan ivan ivana jacob jacques jakob jakub james jan jane janet
    jason javier jean jelena jennifer jens jessica jim jiri joanna joao jochen joe johanna johannes
    john jonas jonathan jorg jorge jose josef joseph juan judith julia julian juliane julie jurgen
    jutta kai karen karin karl karsten katarzyna kate katharina katherine kathrin katie katja
    katrin keith kenji kenneth kerstin kevin khalid klaus kofi konrad krzysztof kurt kwame lars
    lasse laura laurent lena leon leonie liam linda lisa lorenzo louis louise luca lucas lucia lucy
    luis luisa lukas magdalena magnus mahmoud malgorzata malte mamadou manfred manuel marco marcus
    marek margaret margit maria marie marina mario marion markus marta martha martin martina mateo
    matteo matthew matthias matthieu maximilian megan mehmet mia michael michaela michel michelle
    miguel mike mikkel milan milos mohamed mohammed monica monika moritz murat mustafa nadia nadine
    nancy natalia natalie nathalie neha ngozi niamh nicholas nicola nicolas nicole niklas nikolai
    nils nina noemi norbert nuno oksana olaf olena olga oliver olivia ondrej oscar otto ousmane
    pablo pamela patricia patrick paul paula paulo pawel pedro peter petr petra philip philipp
    philippe pierre pilar piotr pooja priya rachel rafael rahul rainer rajesh ralf raphael ravi
    rebecca regina renate ricardo richard rob robert roberto rocio rodrigo roland rolf rosa rudiger
    ruth ryan sabine sally samantha samuel sandra sandrine sanjay sara sarah seamus sebastian
    sebastien sergei sergio sharon siegfried silke silvia simon simone sinead siobhan sofia sonja
    sophie stefan stefanie stella stephan stephanie stephen steve steven sunil suresh susan susanne
    sven svenja svetlana sylvia takashi tanja tanya tatiana tatjana theo theresa thiago thierry
    thomas thorsten tim timo tobias tom tomas tomasz torsten tracy udo ulrich ulrike ursula uwe
    valentina vanessa vera veronika vikram viktor vincent vladimir walter werner wiebke wilhelm
    wolfgang yana yasmin yuki yusuf yves yvonne zeynep zofia zoltan
    """.split()
)
_OWNED = frozenset(f"{name}'s" for name in _NAMES)
_ABOUT = re.compile(
    r"(?<!St )(?<!St\. )(?<!Saint )(?<![A-Z][a-z] )\b(?P<name>[A-Z][a-zà-ÿ]{1,12})\b(?! [A-Z])"
    r"(?:['’]s?(?: (?!(?:are|by|from|in|is|per|so|to)\b)[a-z][\w-]*){0,2})?"
)
