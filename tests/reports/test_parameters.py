"""One parameter: what may be typed for it, and what the message says when it may not."""

import pickle
from pathlib import Path
from typing import Any

import pytest

from analysis.reports.parameters import (
    Checking,
    Parameter,
    ParameterError,
    read_day,
    read_values,
    refuse_secret,
)

TEXT = Parameter("name", "str", "x")
GROUP = Parameter("group", "str", "civilian", choices=("civilian", "military"))
ROWS = Parameter("rows", "int", 10, low=1, high=50)
SHARE = Parameter("share", "float", 0.5, low=0, high=1)
DAY = Parameter("as_of", "str", "2022-03-03", is_day=True)
SOME = Parameter("who", "list[str]", [], choices=("un", "state service"))
SWITCH = Parameter("parties", "bool", True)
ORDERED = Parameter("groups", "list[str]", ["civilian"], choices=("civilian", "military"))
NAMES = Parameter("names", "list[str]", ["a"])
ORIGIN = Parameter("origin", "str", "UKR", table="countries")
SIDE = Parameter("side", "str", "", table="countries")
SINCE = Parameter("since", "str", "", is_day=True)
DATA = Parameter("data", "str", "", folder="casebook")
FOLDER = Parameter("folder", "str", "", folder="read")


@pytest.mark.parametrize(
    ("parameter", "typed", "value"),
    [
        (TEXT, "007", "007"),
        (TEXT, "true", "true"),
        (TEXT, "", ""),
        (GROUP, "military", "military"),
        (ROWS, "50", 50),
        (ROWS, " 1 ", 1),
        (SHARE, "1", 1.0),
        (SHARE, "0", 0.0),
        (DAY, "2024-02-29", "2024-02-29"),
        (SOME, "un, state service", ["un", "state service"]),
        (SOME, "", []),
        (SWITCH, "No", False),
        (SWITCH, "true", True),
        (GROUP, " military ", "military"),
        (ORDERED, "military,civilian", ["military", "civilian"]),
        (ORIGIN, "POL", "POL"),
        (SIDE, "", ""),
        (SINCE, "", ""),
        (DATA, "", ""),
    ],
)
def test_what_is_typed_becomes_the_declared_type(
    parameter: Parameter, typed: str, value: object
) -> None:
    read = parameter.read(typed)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("parameter", "typed", "message"),
    [
        (GROUP, "millitary", 'group: "millitary" is not allowed; expected one of civilian, military'
         '; did you mean "military"?'),
        (GROUP, "", 'group: "" is not allowed; expected one of civilian, military'),
        (ROWS, "51", 'rows: "51" is not allowed; expected a number from 1 to 50'),
        (ROWS, "ten", 'rows: "ten" is not allowed; expected a whole number'),
        (ROWS, "1.5", 'rows: "1.5" is not allowed; expected a whole number'),
        (SHARE, "nan", 'share: "nan" is not allowed; expected a number'),
        (SHARE, "inf", 'share: "inf" is not allowed; expected a number'),
        (SWITCH, "perhaps", 'parties: "perhaps" is not allowed; expected true or false'),
        (SOME, "un, UNHCR", 'who: "UNHCR" is not allowed; expected one of un, state service'),
        (DAY, "2022-02-29", 'as_of: there is no day "2022-02-29" in the calendar'),
        (DAY, "3 March", 'as_of: "3 March" is not a day'),
        (DAY, "20220303", 'as_of: "20220303" is not a day'),
        (DAY, "２０２２-03-03", 'as_of: "２０２２-03-03" is not a day'),
        (DAY, "2022\u201103\u201103", 'as_of: "2022\u201103\u201103" is not a day'),
        (DAY, "", 'as_of: "" is not a day'),
        (DAY, " ", 'as_of: "" is not a day'),
        (DAY, "2022-03-03\n", 'as_of: "2022-03-03" is not allowed; expected one line'),
        (TEXT, "two\nlines", 'name: "two lines" is not allowed; expected one line'),
        (TEXT, "x" * 2000, f'name: "{"x" * 59}…" is not allowed; expected at most 1,000'),
        (ROWS, "1e1", 'rows: "1e1" is not allowed; expected a whole number in digits'),
        (ROWS, "1_0", 'rows: "1_0" is not allowed; expected a whole number in digits'),
        (ROWS, "１２", 'rows: "１２" is not allowed; expected a whole number in digits'),
        (Parameter("most", "int", 1, low=1, high=1e7), "0",
         'most: "0" is not allowed; expected a number from 1 to 10,000,000'),
        (ORDERED, "", 'groups: "" is not allowed; expected at least one of civilian, military'),
        (NAMES, "", 'names: "" is not allowed; expected at least one'),
        (ORDERED, "civilian,militry", 'groups: "militry" is not allowed; expected one of civilian, '
         'military; did you mean "military"?'),
        (ORDERED, "civilian,civilian",
         'groups: "civilian" is not allowed; expected each text once, but this is there twice'),
        (NAMES, "a,,b", 'names: "a,,b" is not allowed; expected no empty text, but number 2 is'),
        (NAMES, "a,", 'names: "a," is not allowed; expected no empty text, but number 2 is'),
        (ORIGIN, "UKA", 'origin: "UKA" is not allowed; expected the ISO 3166 alpha-3 code of a '
         'country (three letters); did you mean "UKR" (Ukraine)?'),
        (ORIGIN, "ukr", 'origin: "ukr" is not allowed; expected the ISO 3166 alpha-3 code'),
        (ORIGIN, "", 'origin: "" is not allowed; expected the ISO 3166 alpha-3 code'),
        (ORIGIN, "UKR,POL", 'origin: "UKR,POL" is not allowed; expected the ISO 3166 alpha-3 code'),
        (SIDE, "RU", 'side: "RU" is not allowed; expected the ISO 3166 alpha-3 code of a '
         'country (three letters); did you mean "RUS" (Russia)?'),
        (FOLDER, "no/such", 'folder: "no/such" is not allowed; expected a folder that is there'),
        (DATA, ".ruff", 'data: ".ruff" is not allowed; expected a folder that is there'),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_one_line(parameter: Parameter, typed: str, message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        parameter.read(typed)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_range_is_said_in_the_digits_of_the_help() -> None:
    with pytest.raises(ParameterError, match=r"from -0\.5 to 0\.25"):
        Parameter("x", "float", 0.0, low=-0.5, high=0.25).read("1")


def test_a_long_or_deceiving_value_does_not_break_the_message() -> None:
    with pytest.raises(ParameterError) as caught:
        GROUP.read("\u202e\n" + "x" * 10_000)
    assert len(str(caught.value)) < 250
    assert "\n" not in str(caught.value)
    assert "\u202e" not in str(caught.value)


def test_a_value_of_a_file_is_held_to_the_same_rules(tmp_path: Path) -> None:
    for parameter, value in [
        (GROUP, " civilian"), (TEXT, "two\nlines"), (ORDERED, []), (ORDERED, ["civilian"] * 2),
        (SHARE, float("nan")), (SHARE, 10**400), (DAY, "2022-02-30"), (ORIGIN, "UKA"),
        (NAMES, ["\u202e"]), (FOLDER, str(tmp_path / "missing")), (DATA, str(tmp_path)),
    ]:  # fmt: skip
        with pytest.raises(ParameterError, match=f"^{parameter.name}: "):
            parameter.check(value)  # type: ignore[arg-type]
    assert FOLDER.check(str(tmp_path)) == tmp_path.resolve().as_posix()
    assert FOLDER.check("not/here", Checking(look=False)) == "not/here"
    assert type(SHARE.check(1)) is float


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        (ROWS, True), (SWITCH, 1), (ROWS, 1.0), (SHARE, float("nan")), (SHARE, float("inf")),
        (SHARE, 10**400), (SHARE, True), (NAMES, "x"), (NAMES, [1]), (NAMES, ("a",)), (TEXT, None),
        (TEXT, 7), (ROWS, "7"),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_refused(parameter: Parameter, value: Any) -> None:
    with pytest.raises(ParameterError, match=f"^{parameter.name}: .* is not allowed; expected "):
        parameter.check(value)


def _areas(table: str) -> dict[str, str]:
    return {"areas": {"UKR": "Ukraine", "gaza-strip": "the Gaza Strip"}}.get(table, {})


def test_a_key_is_one_of_the_casebook_at_hand() -> None:
    area = Parameter("area", "str", "", table="areas")
    side = Parameter("sides", "list[str]", ["rsf"], table="parties")
    assert area.read("gaza-strip", _areas) == "gaza-strip"
    assert area.read("", _areas) == ""
    # Without a casebook, and of a table that it does not have, any key may be given.
    assert area.read("anything") == "anything"
    assert side.read("rsf,saf", _areas) == ["rsf", "saf"]
    with pytest.raises(ParameterError) as caught:
        area.read("gaza", lambda _: {"gaza-city": "Gaza City", "UKR": "Ukraine"})
    assert str(caught.value) == (
        'area: "gaza" is not allowed; expected a key of areas.csv, '
        'or the ISO 3166 alpha-3 code of a country; did you mean "gaza-city" (Gaza City)?'
    )
    with pytest.raises(ParameterError, match=r'did you mean "gaza-strip" \(the Gaza Strip\)\?$'):
        read_values({"area": "Gaza strip"}, {"one": {"area": area}}, _areas)
    with pytest.raises(ParameterError, match="expected a key of areas"):
        Parameter("area", "str", "UKR", table="areas").read("", _areas)


def test_a_parameter_goes_to_another_process_and_is_the_same() -> None:
    parameter = Parameter("group", "str", "civilian", choices=("civilian", "military"))
    fresh = pickle.dumps(parameter)
    assert parameter.read("military") == "military"
    # What pydantic made of it is not sent along with every report.
    assert pickle.dumps(parameter) == fresh
    copied = pickle.loads(fresh)
    assert copied == parameter
    assert copied.read("military") == "military"


@pytest.mark.parametrize("day", ["../../etc", "2022-03-03/x", "", "2022-03-03\n", "2022-3-3"])
def test_a_day_names_a_folder_and_can_be_nothing_else(day: str) -> None:
    with pytest.raises(ParameterError):
        read_day(day, "--as-of")


def test_each_notebook_gets_only_what_it_declares() -> None:
    declared = {"one": {"group": GROUP, "rows": ROWS}, "two": {"group": TEXT}, "three": {}}
    values = read_values({"group": "military", "rows": "7"}, declared)
    assert values == {"one": {"group": "military", "rows": 7}, "two": {"group": "military"},
                      "three": {}}  # fmt: skip


def test_a_value_must_do_for_every_notebook_that_has_it() -> None:
    with pytest.raises(ParameterError):
        read_values({"group": "soldiers"}, {"two": {"group": TEXT}, "one": {"group": GROUP}})


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r'"grop"; did you mean "group"\?'):
        read_values({"grop": "military"}, {"one": {"group": GROUP}})
    with pytest.raises(ParameterError, match='"zzz"; there are group'):
        read_values({"zzz": "military"}, {"one": {"group": GROUP}})


@pytest.mark.parametrize(
    "name",
    ["token", "api_key", "PASSWORD", "db-secret", "userToken2_key", "accessKey", "APIKey", "pwd",
     "dbPassword", "credentials", "clientSecret", "secret", "apikey", "api_keys", "access_tokens",
     "key", "key2", "auth_header", "ＴＯＫＥＮ"],
)  # fmt: skip
def test_secrets_are_refused_by_name(name: str) -> None:
    with pytest.raises(ParameterError, match="looks like a secret"):
        refuse_secret(name)
    with pytest.raises(ParameterError, match="looks like a secret"):
        read_values({name: "x"}, {"one": {name: TEXT}})


@pytest.mark.parametrize(
    "name",
    ["keyword", "monkey", "passage", "tokens_seen", "as_of", "keyboard", "tokens_shown", "author",
     "secretary", "turkey", "monkeyBusiness", "max_tokens", "tokenizer", "donkeys", "side"],
)  # fmt: skip
def test_other_names_are_no_secrets(name: str) -> None:
    refuse_secret(name)
