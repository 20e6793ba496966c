import datetime as dt

import pytest

from analysis.reading import make_document
from analysis.reading.audit import audit
from tests.reading.scoring import TEXTS, load_gold

DAY = dt.date(2022, 3, 3)

#: A statement that is true, and the same with one number changed.
PAIRS = [
    (
        "Of the 640 homes surveyed, 160, or a quarter, had lost a roof.",
        "Of the 640 homes surveyed, 160, or a third, had lost a roof.",
    ),
    (
        "The toll climbed to 63 from 48, a rise of 15.",
        "The toll climbed to 63 from 48, a rise of 25.",
    ),
    (
        (
            "The hungry are counted anew: 3.4 million make up 41% of the 8.3 million "
            "people analysed."
        ),
        (
            "The hungry are counted anew: 3.4 million make up 61% of the 8.3 million "
            "people analysed."
        ),
    ),
    (
        "The camp holds 12,000 people in 2,400 tents, an average of five per tent.",
        "The camp holds 12,000 people in 2,400 tents, an average of eight per tent.",
    ),
    (
        "Donors gave $22.4 million of the $61 million needed (37 per cent).",
        "Donors gave $22.4 million of the $61 million needed (47 per cent).",
    ),
    (
        "The number of dead tripled to 90 from 30.",
        "The number of dead tripled to 60 from 30.",
    ),
    (
        "The number of tents nearly doubled from 1,000 to 1,900.",
        "The number of tents nearly doubled from 1,000 to 2,900.",
    ),
    (
        "The convoy is 40 miles (64 kilometers) long.",
        "The convoy is 40 miles (84 kilometers) long.",
    ),
    (
        "The town lies 27 kilometres (17 miles) from the front.",
        "The town lies 27 kilometres (22 miles) from the front.",
    ),
    (
        "Gusts of 185 km/h (115 mph) were measured.",
        "Gusts of 185 km/h (135 mph) were measured.",
    ),
    (
        "The wall is 30 feet (9 metres) high.",
        "The wall is 30 feet (12 metres) high.",
    ),
    (
        "The monitor recorded 14,218 casualties: 4,731 killed and 9,487 injured.",
        "The monitor recorded 14,218 casualties: 4,731 killed and 9,847 injured.",
    ),
    (
        "A total of 148 cases (131 confirmed and 17 probable) have been reported.",
        "A total of 148 cases (131 confirmed and 27 probable) have been reported.",
    ),
    (
        "The dead were 59 people (41 in Palo, 12 in Tanu and 6 in Sera).",
        "The dead were 59 people (41 in Palo, 21 in Tanu and 6 in Sera).",
    ),
    (
        "They counted 97 dead, including 14 children.",
        "They counted 97 dead, including 114 children.",
    ),
    (
        ("The Assembly voted 109 to 14, with 41 abstentions. Of the 175 members, 11 did not vote."),
        ("The Assembly voted 109 to 14, with 41 abstentions. Of the 175 members, 21 did not vote."),
    ),
    (
        (
            "The U.N. General Assembly voted on Wednesday. The vote was 141 to 5, with "
            "35 abstentions."
        ),
        (
            "The U.N. General Assembly voted on Wednesday. The vote was 141 to 25, with"
            " 35 abstentions."
        ),
    ),
    (
        "Some 879 cases have been reported, of which 57% (499) were female.",
        "Some 879 cases have been reported, of which 67% (499) were female.",
    ),
    (
        "The plan is 11% funded: $48.7 million of $443 million.",
        "The plan is 17% funded: $48.7 million of $443 million.",
    ),
    (
        (
            "The agency said 1 million people have fled. This amounts to more than 2% "
            "of the population. The country has a population of 44 million."
        ),
        (
            "The agency said 1 million people have fled. This amounts to more than 3% "
            "of the population. The country has a population of 44 million."
        ),
    ),
    (
        "Of 412 patients, 80 (19%) needed surgery.",
        "Of 412 patients, 80 (29%) needed surgery.",
    ),
    (
        "The rate was more than doubled, to 20% from 9.5%.",
        "The rate was more than doubled, to 18% from 9.5%.",
    ),
    (
        "Arrivals rose by 25% from 4,000 to 5,000.",
        "Arrivals rose by 45% from 4,000 to 5,000.",
    ),
    (
        "The price tripled from 410 to 1,230 shillings.",
        "The price tripled from 410 to 1,025 shillings.",
    ),
    (
        "In the 21 days (6–26 February 2019) nothing was heard.",
        "In the 31 days (6–26 February 2019) nothing was heard.",
    ),
    (
        "Forces began the invasion on Feb. 24. The invasion eight days ago shocked all.",
        "Forces began the invasion on Feb. 24. The invasion 18 days ago shocked all.",
    ),
    (
        (
            "Belmora hosts the largest group with 174,900, followed by Tarn (96,310) "
            "and Isk (31,270)."
        ),
        (
            "Belmora hosts the largest group with 174,900, followed by Tarn (196,310) "
            "and Isk (31,270)."
        ),
    ),
    (
        "Of the 175 members, 164 voted and the other 11 stayed away.",
        "Of the 175 members, 164 voted and the other 21 stayed away.",
    ),
    (
        "| Town | Dead |\n| --- | --- |\n| Palo | 41 |\n| Tanu | 12 |\n| Total | 53 |",
        "| Town | Dead |\n| --- | --- |\n| Palo | 41 |\n| Tanu | 12 |\n| Total | 63 |",
    ),
    (
        "One in five of the 500 tents, or 100, is torn.",
        "One in five of the 500 tents, or 150, is torn.",
    ),
    (
        "Crews found 12 dead in Palo and 30 in Tanu, bringing the total to 42.",
        "Crews found 12 dead in Palo and 30 in Tanu, bringing the total to 52.",
    ),
]


def verdicts(text):
    return [one.verdict for one in audit(make_document(text), DAY)]


@pytest.mark.parametrize(("true", "planted"), PAIRS)
def test_a_planted_error_is_caught_and_a_true_statement_is_left(true, planted):
    assert "holds" in verdicts(true)
    assert "fails" not in verdicts(true)
    assert "fails" in verdicts(planted)


@pytest.mark.parametrize(
    "text",
    [
        "In June, the number rose to 184 from 174 in May, some 180 in April.",
        "The blast left 12 dead and 3 injured, including 5 children.",
        "Losses were 3,890 killed and 8,610 injured (88 per cent), of 14,218 casualties.",
        "Some 3,250 households (approximately 19,500 people) fled.",
        "The town has 9,287 dead (9,177 last week).",
    ],
)
def test_figures_that_only_stand_together_are_no_alarm(text):
    assert "fails" not in verdicts(text)


def test_no_alarm_on_the_marked_texts():
    for name in {row["doc"] for part in ("tuning", "held-back") for row in load_gold(part)}:
        document = make_document((TEXTS / f"{name}.txt").read_text(encoding="utf-8"), name)
        assert [one.sum for one in audit(document) if one.verdict == "fails"] == []


def test_the_sum_is_written_out_with_its_characters():
    text = "The monitor recorded 14 casualties: 4 killed and 9 injured."
    (one,) = audit(make_document(text))
    assert (one.kind, one.verdict) == ("total", "fails")
    assert one.sum == "4 + 9 = 13, the text says 14"
    assert [text[span.start : span.end] for span in one.spans] == ["14", "4", "9"]


def test_open_ends_are_possible_and_not_wrong():
    assert verdicts("Some 50 miles, or more than 70 km, of road.") == ["holds"]
    assert verdicts("A line of more than 1,000 km (about 620 miles).") == ["possible"]


def test_a_population_that_is_given_makes_a_share_checkable():
    text = "Some 1 million people have fled. This is more than 2% of the population."
    (open_question,) = audit(make_document(text))
    assert open_question.verdict == "cannot tell"
    (one,) = audit(make_document(text), population=44_000_000)
    assert one.verdict == "holds"
