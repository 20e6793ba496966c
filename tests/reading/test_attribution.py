import pytest

from analysis.reading import make_document, read_candidates


def claimants(text):
    return [one.claimant for one in read_candidates(make_document(text)) if one.kind == "figure"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry said 12 people died.", "ministry"),
        (
            "Floods killed 63 people, the National Disaster Authority said.",
            "National Disaster Authority",
        ),
        ("“We have recovered nine bodies,” said Petra Halvan, a spokeswoman.", "Petra Halvan"),
        ("Petra Halvan, a spokeswoman for the agency, said 12 people died.", "Petra Halvan"),
        ("The mayor of Qaram, Omar al-Vidal, said 12 people died.", "Omar al-Vidal"),
        (
            "According to the provincial health directorate, 38 people died.",
            "provincial health directorate",
        ),
        ("The World Pantry (WP) warned that 20,000 could starve.", "World Pantry"),
        ("The Office (OCM) of Tarvos recorded 14 deaths.", "Office"),
        ("12 deaths were recorded by the Kesh Network.", "Kesh Network"),
        ("Gov. of Brenn region: 3 dead.", "Gov. of Brenn region"),
        ("Bomb kills 17 - police", "police"),
        ("The army denied it, saying it lost three men.", "army"),
        ("Police said the mayor had reported 12 deaths.", "mayor"),
        ("It was 12, the agency said, citing doctors.", "doctors"),
        ("The toll rose to 3,381, the agency said, state television reported.", "agency"),
        ("In the 20 buildings Tarvian officials said were hit, all died.", "Tarvian officials"),
        ("Twelve people died.", ""),
        ("There were 46 new confirmed cases.", ""),
        ("They came to Kesh, a country with a population of 44 million, the agency said.", ""),
    ],
)
def test_the_source_of_a_figure(text, expected):
    assert claimants(text)[0] == expected


def test_a_pronoun_and_an_agency_are_found_further_up():
    text = (
        "The Marovian Refugee Agency gave a toll. It counted 97 dead.\n\nLater the agency said "
        "14 were children. Petra Halvan leads it. “We lost two trucks,” she said."
    )
    found = claimants(text)
    assert found[:2] == ["Marovian Refugee Agency", "Marovian Refugee Agency"]


def test_he_is_the_last_person_who_spoke():
    text = "Dr. Omar Vidal said 80 needed surgery. He said there was blood for 12 of them."
    assert claimants(text) == ["Dr. Omar Vidal", "Dr. Omar Vidal"]


def test_a_quotation_has_one_speaker():
    text = "“We have 12 beds,” said Petra Halvan. “Some 40 people came, and nine died.”"
    assert claimants(text) == ["Petra Halvan"] * 3
