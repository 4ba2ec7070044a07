"""Prompts keep to their revision, and what people wrote stays inside its markers."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from coach.prompting import Prompt, digest_of, fence, history, load_prompt, revisions

CHECKOUT = Path(__file__).resolve().parent.parent
SECRET = b"the same in every test"


# ── revisions ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", history())
def test_changed_prompt_has_a_new_revision(name: str):
    last = history()[name][-1]
    assert digest_of(name) == last.digest, (
        f"prompts/{name}.md was changed: add [[{name}]] to prompts/revisions.toml with"
        f' number = {last.number + 1}, digest = "{digest_of(name)}", and why'
    )


@pytest.mark.parametrize("name", history())
def test_revisions_count_up_and_say_why(name: str):
    told = history()[name]
    assert [one.number for one in told] == list(range(1, len(told) + 1))
    assert all(len(one.why.split()) >= 4 for one in told)
    assert len({one.digest for one in told}) == len(told)
    assert revisions()[name] == str(told[-1].number)


@pytest.mark.parametrize("name", history())
def test_every_revision_is_of_a_prompt_that_loads(name: str):
    assert load_prompt(name).name == name


@pytest.mark.parametrize("name", ["judge", "question"])
def test_tokens_told_are_those_of_the_revision_in_force(name: str):
    """Nothing here counts tokens; whoever changes a prompt counts them anew."""
    told = (CHECKOUT / "docs" / "measured.md").read_text("utf-8")
    assert f"| {name} | {revisions()[name]} | " in told


# ── templates ─────────────────────────────────────────────────────────────────────────────────


def prompt(text: str) -> Prompt:
    return Prompt("tried", text)


def test_text_of_a_draft_is_never_a_template():
    tried = prompt("# System\nRead.\n# User\n{{ text }}\n")
    text = "{{ 7 * 7 }} {% include 'judge.md' %} {# gone #}"
    assert tried.render(always={}, draft={"text": text}).user == text


def test_text_of_a_draft_is_not_escaped():
    tried = prompt("# System\nRead.\n# User\n{{ text }}\n")
    text = "R&D moves <b>fast</b> 'n' \"loud\""
    assert tried.render(always={}, draft={"text": text}).user == text


def test_missing_value_is_an_error():
    tried = prompt("# System\nRead.\n# User\n{{ tetx }}\n")
    with pytest.raises(UndefinedError):
        tried.render(always={}, draft={"text": "a"})


def test_system_part_knows_nothing_of_the_draft():
    tried = prompt("# System\n{{ text }}\n# User\n{{ text }}\n")
    with pytest.raises(UndefinedError):
        tried.render(always={}, draft={"text": "a"})


def test_template_reaches_nothing_of_python():
    tried = prompt("# System\n{{ ''.__class__.__mro__ }}\n# User\n")
    with pytest.raises(SecurityError):
        tried.render(always={}, draft={})


@pytest.mark.parametrize("text", ["Read.", "# User\na\n# System\nb\n", "# System\nRead. # User\n"])
def test_prompt_without_both_parts_is_refused(text: str):
    with pytest.raises(ValueError, match="# System"):
        prompt(text)


# ── the fence ─────────────────────────────────────────────────────────────────────────────────


@given(st.text(max_size=200))
def test_draft_cannot_hold_its_fence(text: str):
    assert fence(text, SECRET) not in text


def test_draft_that_guessed_its_fence_gets_another(monkeypatch: pytest.MonkeyPatch):
    """Nobody can make a text that holds its own digest, so the digest is bent to be guessable."""
    import coach.prompting as prompting

    class Guessable:
        def __init__(self, said: bytes) -> None:
            self._said = said.partition(b"\0")[0]

        def hexdigest(self) -> str:
            return self._said.hex().ljust(16, "0")

    monkeypatch.setattr(prompting.hmac, "new", lambda _, said, __: Guessable(said))
    first, second = fence("a draft", SECRET), fence("draft-3000000000000000", SECRET)
    assert first == "draft-3000000000000000"
    assert second == "draft-3100000000000000"
    assert fence("DRAFT-3000000000000000", SECRET) == second


def test_fence_is_the_same_for_the_same_draft_and_no_other():
    assert fence("a draft", SECRET) == fence("a draft", SECRET)
    assert fence("a draft", SECRET) != fence("a draft.", SECRET)


def test_fence_cannot_be_foretold_without_the_secret():
    assert fence("a draft", SECRET) != fence("a draft", b"another")
