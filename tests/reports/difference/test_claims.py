"""Which claims changed: the same seen from both sides, and each told once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reports.difference.claims import Claims, compare_claims, gather_claims
from analysis.reports.difference.found import ClaimChange
from tests.reports.difference.folders import claim, frame

ROWS = st.builds(
    claim,
    source_id=st.sampled_from(["ocha", "ap"]),
    locator=st.sampled_from(["row 1", "row 2"]),
    as_of=st.sampled_from(["", "2022-03-01", "2022-03-02"]),
    wording=st.sampled_from(["5", "at least 5", ""]),
    published_on=st.sampled_from(["2022-03-03", "2022-03-04"]),
    status=st.sampled_from(["stated", "withdrawn"]),
)
TABLES = st.lists(ROWS, max_size=5)
MIRRORED = {"new": "gone", "gone": "new"}


def _gather(rows: list[dict[str, str]]) -> Claims:
    return gather_claims({"tables/casualties": frame(*rows)})


def _tell(change: ClaimChange, *, turned: bool = False) -> str:
    kind, sides = change.kind, (change.before, change.after)
    if turned:
        kind, sides = MIRRORED.get(kind, kind), (change.after, change.before)
    return str((kind, *sides, change.where, change.same_place))


@settings(max_examples=5)
@given(TABLES)
def test_claims_do_not_differ_from_themselves(rows: list[dict[str, str]]) -> None:
    assert compare_claims(_gather(rows), _gather(rows)) == ()


@settings(max_examples=8)
@given(TABLES, TABLES)
def test_b_against_a_mirrors_a_against_b(
    one: list[dict[str, str]], other: list[dict[str, str]]
) -> None:
    a, b = _gather(one), _gather(other)
    there = sorted(_tell(change) for change in compare_claims(a, b))
    assert there == sorted(_tell(change, turned=True) for change in compare_claims(b, a))


@settings(max_examples=8)
@given(TABLES, TABLES)
def test_each_claim_that_only_one_report_has_is_told(
    one: list[dict[str, str]], other: list[dict[str, str]]
) -> None:
    a, b = _gather(one), _gather(other)
    changes = compare_claims(a, b)
    alone = set(b.rows["claim"]) - set(a.rows["claim"])
    places = {
        (c.after["source_id"], c.after["locator"], c.after["as_of"]) for c in changes if c.after
    }
    rows = b.rows[b.rows["claim"].isin(alone)]
    assert set(zip(rows["source_id"], rows["locator"], rows["as_of"], strict=True)) <= places


def test_a_table_of_another_kind_holds_no_claim() -> None:
    table = frame(claim())
    for column in ("source_id", "wording", "outcome"):
        assert not len(gather_claims({"tables/t": table.drop(columns=column)}).rows)
    worked_out = table.assign(worked_out="True")
    assert not len(gather_claims({"tables/t": worked_out}).rows)
