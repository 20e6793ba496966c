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
        (
            "In Palo 17 people died, said the state disaster management authority.",
            "state disaster management authority",
        ),
        ("Around 3% of them died, according to WHO statistics.", "WHO"),
        ("Doctors are putting the toll at 160.", "Doctors"),
        ("The agency sent tents and says that it needs 400 more.", "agency"),
        ("The other side denies it and says that 40 died.", "other side"),
        ("The ministry, which had spoken of 20 deaths, fell silent.", "ministry"),
        ("The Kesh Monitor, a research group, has documented 6,734 by name.", "Kesh Monitor"),
        ("The army, for its part, speaks of fewer than 60 killed.", "army"),
        ("OCHA: 40,000 houses were damaged.", "OCHA"),
        ("WHO’s tracking finds 212 sites.", "WHO"),
        ("Lord Tennick: I know. There were 40 of them.", "Lord Tennick"),
        (
            "It is 22, informed the head of the administration Ana Mora.",
            "head of the administration Ana Mora",
        ),
        (
            "“It is over,” said the head of the rescuers Ana Mora. The official added: 12 died.",
            "head of the rescuers Ana Mora",
        ),
        ("Refugees who saw it sink told her agency it carried 670 people.", "Refugees"),
        (
            "After it, on 7 October, the Tarvian Agency have reported 17 deaths, 12 of them here.",
            "Tarvian Agency",
        ),
        ("With the World Bank predicting a loss of 1 per cent, few came.", "World Bank"),
        ("Ana Mora, the deputy director, briefed members and said that 12 died.", "Ana Mora"),
        (
            "Twenty million people were hungry, the relief chief warned the council today.",
            "relief chief",
        ),
        ("The agency, composed of volunteers, earlier said 40 died.", "agency"),
        ("A list released by a spokesperson, Ana Mora, gave it; she said 12 died.", "Ana Mora"),
        ("Twelve deaths were documented nationwide by the Kesh Network.", "Kesh Network"),
        ("Floods Claim 363 Lives In Northern Towns, Says Relief Agency", "Relief Agency"),
        ("The office cited a report from the Kesh Network stating that 109 died.", "Kesh Network"),
        ("The average Kesh rate reported globally in 2021 was 1.9%.", ""),
        (
            "It brings to 4,655 those who died, according to counts by the Kesh Bureau.",
            "Kesh Bureau",
        ),
        ("They came to see to the town’s needs after 391 mm of rain.", ""),
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


def test_a_pronoun_is_a_person_and_the_agency_the_last_body():
    text = "Ana Mora said two died. The Kesh Agency said three died. She said four died."
    assert claimants(text) == ["Ana Mora", "Kesh Agency", "Ana Mora"]
    text = (
        "By Jon Bell | Tarvos News Agency\n\n"
        "Four people died there, the Relief Council (RC) said. The agency said five died."
    )
    assert claimants(text) == ["Relief Council", "Relief Council"]


def test_a_quotation_that_opens_a_block_is_of_the_speaker_above():
    text = (
        "Ana Mora spoke in Kesh.\n\nMs Mora said:\n\n"
        "“Over 500 died.\n\n“And 20 live.”\n\nIt had 4 mills."
    )
    assert claimants(text) == ["Ana Mora", "Ana Mora", ""]
