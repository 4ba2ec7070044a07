"""An assessment grows by stages: rules at once, then what a language model adds."""

from coach.okr import Draft
from coach.service import Coach

DRAFT = Draft("Families reach us on the first call", ("Calls answered: 54 % → 80 %",))


async def test_without_a_model_the_rules_are_the_whole():
    assert [stage async for stage in Coach().stages(DRAFT)] == [("rules", Coach().assess(DRAFT))]
