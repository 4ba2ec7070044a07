"""A file of the operator's is read strictly, and an error points at the words."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import BadConfiguration
from coach.strict_toml import Complaint, nearest, parse_toml, read_toml


class Oven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    degrees: int = 180
    shelf: str | None = None


class Kitchen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    oven: Oven = Oven()
    dishes: tuple[str, ...] = ()
    minutes: dict[str, float] = {}


def complaint(text: str) -> str:
    with pytest.raises(BadConfiguration) as caught:
        parse_toml(text, Kitchen, name="kitchen.toml")
    return str(caught.value)


def test_sound_file_is_read_whole() -> None:
    text = 'name = "North"\ndishes = ["soup"]\n[oven]\ndegrees = 220\n[minutes]\n"rye bread" = 45\n'
    assert parse_toml(text, Kitchen, name="k") == Kitchen(
        "North", Oven(220), ("soup",), {"rye bread": 45.0}
    )


def test_error_shows_place_line_and_way_out() -> None:
    assert complaint('name = "North"\n[oven]\n  degress = 220\n') == (
        "kitchen.toml:3:3: there is no setting “degress”\n"
        "  3 |   degress = 220\n"
        "    |   ^^^^^^^\n"
        "  did you mean “degrees”? Known here: degrees, shelf"
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("name = 3", "1:8: text in quotes is expected here, not a whole number"),
        ('name = "a"\nname = "b"', "2:"),
        ('name = "a"\noven = 3', "2:8: a table is expected here"),
        ('name = "a"\noven = { degrees = "hot" }', "2:20: a whole number is expected here"),
        ('name = "a"\ndishes = [\n  "soup", # hot\n  4,\n]', "4:3: text in quotes"),
        ('name = "a"\nminutes."rye bread" = "long"', "2:23: a number is expected here"),
        ('name = """a\n"""\noven.shelf = 1', "3:14: text in quotes"),
        ("[oven]\ndegrees = 1", "1:1: “name” is missing"),
        ('name = "a"\n[oven]\nshelf = 2027-01-02 10:00:00', "3:9: text in quotes"),
        ("name = North", "1:8: this is not TOML"),
        ('name = "North', "1:14: this is not TOML"),
    ],
)
def test_error_points_at_line_and_column(text: str, place: str) -> None:
    assert complaint(text).startswith(f"kitchen.toml:{place}")


def test_all_problems_are_told_in_their_order() -> None:
    told = complaint('names = "a"\nname = 4\n[oven]\ndegrees = "x"\n')
    places = [line for line in told.splitlines() if line.startswith("kitchen.toml")]
    assert [place.split(":")[1] for place in places] == ["1", "2", "4"]


def test_own_check_points_too() -> None:
    def check(kitchen: Kitchen) -> list[Complaint]:
        return [Complaint(("oven", "degrees"), "hotter than an oven gets", "use 300 or less")]

    with pytest.raises(BadConfiguration, match=r"k:3:11: hotter than an oven gets\n"):
        parse_toml('name = "a"\n[oven]\ndegrees = 900\n', Kitchen, check, name="k")


def test_missing_file_is_said(tmp_path) -> None:
    with pytest.raises(BadConfiguration, match=r"none\.toml: can't be read"):
        read_toml(tmp_path / "none.toml", Kitchen)


def test_other_encodings_are_said(tmp_path) -> None:
    path = tmp_path / "kitchen.toml"
    path.write_bytes(b'name = "K\xfcche"\n')
    with pytest.raises(BadConfiguration, match="is not UTF-8"):
        read_toml(path, Kitchen)


def test_far_words_get_no_guess() -> None:
    assert "did you mean" not in nearest("zebra", ["name", "oven"])


@given(
    st.recursive(
        st.sampled_from(['"a # b"', "'x = [1'", "1.5", "true", '"""q\n"""']),
        lambda inner: st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        max_leaves=5,
    ),
    st.sampled_from(["", " # [note] = {", "\t"]),
)
def test_any_value_before_it_leaves_the_place_right(value: str, trailing: str) -> None:
    text = f"other = {value}{trailing}\nname = 7"
    number = text.count("\n") + 1
    assert f"kitchen.toml:{number}:8: text in quotes" in complaint(text)
