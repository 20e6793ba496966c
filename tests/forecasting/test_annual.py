"""Pooled annual projections: weights by hand, no look ahead, caps, and words."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.forecasting.annual import (
    BY_STATE,
    REGISTERED,
    SIMILAR,
    STATES,
    Pooling,
    collect_pool,
    describe,
    explain_annual,
    find_start,
    find_state,
    project_annual,
    project_from_counts,
    project_persistence,
    tabulate_cases,
    weigh_cases,
)
from analysis.forecasting.frames import make_annual_projection
from analysis.forecasting.history import build_history
from analysis.forecasting.scores import LEVELS

DATA = Path(__file__).parents[2] / "data"
PLAIN = Pooling("plain", smallest=1)


def weigh(known, pool, places, pooling):
    return weigh_cases(describe(known).take((-1, places)), places, pool, pooling)


def counts_of(series, first=2000, population=None):
    rows = [
        {"origin": origin, "year": first + k, "refugees": people, "asylum_seekers": 0,
         "population": (population or {}).get(origin, pd.NA)}
        for origin, values in series.items()
        for k, people in enumerate(values)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def random_counts(seed=0, origins=12, years=16):
    rng = np.random.default_rng(seed)
    logs = 10 + np.cumsum(rng.normal(0.02, 0.3, (years, origins)), axis=0)
    codes = [f"AA{chr(65 + k)}" for k in range(origins)]
    series = {code: np.exp(logs[:, k]).round() for k, code in enumerate(codes)}
    return counts_of(series, population=dict.fromkeys(codes, 2_000_000))


def test_states_and_their_cuts():
    growth = np.log([0.5, 0.89, 0.91, 0.98, 1.0, 1.02, 1.04, 1.14, 1.16, 9.0])
    assert find_state(growth).tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert len(STATES) == 5


def test_the_pool_holds_only_outcomes_known_by_the_cut_off():
    history = build_history(counts_of({"AAA": [10, 20, 30, 40, 50], "BBB": [5, 5, 5, 5, 9]}))
    pool = collect_pool(history.until(2003), 2, smallest=1)
    # Base years 2001 only: 2001 to 2003. The year 2000 has no growth before it.
    assert pool.year.tolist() == [2001, 2001]
    assert np.exp(pool.outcome) == pytest.approx([1.0, 2.0])
    assert np.exp(pool.traits.growth) == pytest.approx([1.0, 2.0])


def test_a_case_of_five_years_before_counts_half():
    series = {"AAA": [1000 * 1.2**k for k in range(9)]}
    known = build_history(counts_of(series)).until(2008)
    pool = collect_pool(known, 1, smallest=1)
    weight = dict(zip(pool.year, weigh(known, pool, [0], PLAIN)[0], strict=True))
    assert weight[2007] / weight[2002] == pytest.approx(2)
    assert sum(weight.values()) == pytest.approx(1)


def test_only_the_same_state_counts_when_pooled_by_state():
    growing, falling = [1000 * 1.5**k for k in range(6)], [9000 * 0.8**k for k in range(6)]
    known = build_history(counts_of({"AAA": growing, "BBB": falling})).until(2005)
    pool = collect_pool(known, 1, smallest=1)
    weights = weigh(known, pool, [0, 1], PLAIN)
    assert weights[0][pool.origin == 1].sum() == 0
    assert weights[1][pool.origin == 0].sum() == 0
    made = project_annual(
        build_history(counts_of({"AAA": growing, "BBB": falling})), 2005, 1,
        origins=["AAA", "BBB"], pooling=PLAIN,
    )  # fmt: skip
    assert (made[list(LEVELS)].to_numpy() / made[["last"]].to_numpy()) == pytest.approx(
        np.array([[1.5] * len(LEVELS), [0.8] * len(LEVELS)])
    )
    assert made["cases"].tolist() == [4, 4]


def test_similar_size_and_own_past_count_more():
    series = {"AAA": [1e4] * 6, "BBB": [4e4] * 6, "CCC": [16e4] * 6}
    known = build_history(counts_of(series)).until(2005)
    pool = collect_pool(known, 1, smallest=1)
    weight = weigh(known, pool, [0], REGISTERED)[0]
    share = [weight[pool.origin == k].sum() for k in range(3)]
    assert share[0] / share[1] == pytest.approx(20)  # its own: 10 times; 4 times the size: half
    assert share[1] / share[2] == pytest.approx(2)


def test_without_a_case_in_the_same_state_the_nearest_carry_the_weight():
    history = build_history(counts_of({"AAA": [100, 100, 100, 100, 400], "BBB": [9, 9, 9, 9, 9]}))
    made = project_annual(history, 2004, 1, origins=["AAA"], pooling=Pooling("x", 1))
    assert made["cases"].tolist() == [0]
    assert made[0.5].notna().all()
    sentence = explain_annual(history, "AAA", 2004, 1, pooling=Pooling("x", 1))[1]
    assert sentence.startswith("No crisis-year of the past that grew by more than 15%")


@pytest.mark.parametrize("pooling", [BY_STATE, SIMILAR], ids=lambda p: p.name)
@pytest.mark.parametrize("horizon", [1, 3])
def test_nothing_after_the_cut_off_changes_a_projection(pooling, horizon):
    counts = random_counts()
    cut_off = 2010
    later = counts["year"] > cut_off
    rng = np.random.default_rng(1)
    changed = counts.copy()
    changed.loc[later, "refugees"] = rng.permutation(counts.loc[later, "refugees"]) * 7 + 1
    changed.loc[later, "population"] = 5
    absent = counts[~later]

    def project(table):
        history = build_history(table)
        frames = [
            project_annual(history, cut_off, horizon, pooling=pooling),
            project_persistence(history, cut_off, horizon),
            project_persistence(history, cut_off, horizon, conformal=True),
        ]
        return pd.concat(frames)

    pd.testing.assert_frame_equal(project(counts), project(changed))
    pd.testing.assert_frame_equal(project(counts), project(absent))


def test_a_change_before_the_cut_off_does_change_it():
    counts = random_counts()
    changed = counts.copy()
    changed.loc[changed["year"] == 2009, "refugees"] *= 3
    here = project_annual(build_history(counts), 2010, 1)
    there = project_annual(build_history(changed), 2010, 1)
    assert not np.allclose(here[list(LEVELS)], there[list(LEVELS)])


def test_a_pool_may_end_before_the_cut_off():
    counts = random_counts()
    # 2010 stays for the origins projected, through its growth; it is no outcome of others.
    history = build_history(counts)
    made = project_annual(history, 2010, 1, pool_until=2008, pooling=BY_STATE)
    pool = collect_pool(history.until(2008), 1, BY_STATE.smallest)
    assert made["cases"].max() <= pool.outcome.size
    assert pool.year.max() == 2007


@pytest.mark.parametrize(("trait", "apart"), [("share", 2), ("asylum", 4)])
def test_a_similar_share_counts_more(trait, apart):
    # AAA and BBB alike but for the trait; CCC further off: each step halves the weight.
    counts = counts_of({"AAA": [1e4] * 6, "BBB": [1e4] * 6, "CCC": [1e4] * 6})
    at = counts["origin"].map({"AAA": 0, "BBB": 1, "CCC": 2})
    if trait == "share":
        counts["population"] = (1e6 / 4.5**at).round()
    else:
        counts["asylum_seekers"] = (1e4 * 0.4 * at).round()
        counts["refugees"] = 1e4 - counts["asylum_seekers"]
    known = build_history(counts).until(2005)
    pooling = Pooling("x", 1, share_factor=4.5 if trait == "share" else np.inf,
                      asylum_halving=0.2 if trait == "asylum" else np.inf)  # fmt: skip
    pool = collect_pool(known, 1, smallest=1)
    weight = weigh(known, pool, [0], pooling)[0]
    share = [weight[pool.origin == k].sum() for k in range(3)]
    assert share[0] / share[1] == pytest.approx(apart, rel=1e-4)
    assert share[1] / share[2] == pytest.approx(apart, rel=1e-4)


NOBODY = pd.DataFrame({"origin": [], "counted_to": [], "value": []})


def test_from_a_year_end_it_is_the_annual_projection():
    history = build_history(random_counts())
    made = project_from_counts(history, NOBODY, ["2016-12-31", "2018-12-31"], origins=["AAA"])
    for row, years in ((0, 1), (1, 3)):
        annual = project_annual(history, 2015, years, origins=["AAA"])
        assert made.loc[row, list(LEVELS)].astype(float).tolist() == pytest.approx(
            annual.loc[0, list(LEVELS)].astype(float).tolist(), rel=0.01
        )
    assert made["counted_to"].eq(pd.Timestamp("2015-12-31")).all()


def test_the_newest_count_is_the_start_whoever_made_it():
    history = build_history(random_counts())
    counts = pd.DataFrame(
        {"origin": ["AAA", "AAA", "AAA"], "counted_to": ["2016-06-30", "2016-03-31", "2014-06-30"],
         "value": [50_000, 40_000, 7]}
    )  # fmt: skip
    made = project_from_counts(history, counts, ["2016-07-07", "2016-12-31", "2018-12-31"])
    assert made["last"].tolist() == [50_000] * 3
    assert made["counted_to"].eq(pd.Timestamp("2016-06-30")).all()
    width = np.log(made[0.9] / made[0.1])
    assert (width.diff().dropna() > 0).all()
    assert made.loc[0, 0.5] == pytest.approx(50_000, rel=0.02)
    older = project_from_counts(history, counts.iloc[2:], ["2016-12-31"])
    assert older["last"].iloc[0] == history.people[-1, 0]
    with pytest.raises(ValueError, match="AAA: expected target days after 2016-06-30"):
        project_from_counts(history, counts, ["2016-06-30"])
    with pytest.raises(ValueError, match=r"XYZ.*no count of people from there"):
        project_from_counts(history, NOBODY, ["2016-12-31"], origins=["XYZ"])


def test_the_growth_of_a_newest_count_is_that_of_a_year():
    history = build_history(counts_of({"AAA": [1000, 1000, 2000]}))
    half = pd.DataFrame({"origin": ["AAA"], "counted_to": ["2003-07-02"], "value": [4000]})
    day, value, now = find_start(history, half, "AAA")
    assert (day, value) == (pd.Timestamp("2003-07-02"), 4000)
    # A year before, half way from 1,000 to 2,000 on the log scale, there were 1,414.
    assert np.exp(now.growth[0]) == pytest.approx(4000 / 1414.2, rel=0.01)
    assert np.exp(now.previous[0]) == pytest.approx(1.414, rel=0.01)


def test_a_range_that_reaches_everybody_says_so():
    series = {"AAA": [1000, 3000, 9000, 27_000], "BBB": [1e4 * 5**k for k in range(4)]}
    history = build_history(counts_of(series, population={"AAA": 30_000}))
    made = project_from_counts(history, NOBODY, ["2004-12-31"], origins=["AAA"], pooling=PLAIN)
    assert made["most_possible"].tolist() == [57_000]
    assert made[list(LEVELS)].to_numpy().max() == 57_000
    held = made["held"].iloc[0]
    assert made[held].iloc[0] == 57_000
    assert made["reason"].iloc[0].startswith(f"From the level {held:g} on the range ends at 57,000")
    free = project_from_counts(history, NOBODY, ["2004-12-31"], origins=["BBB"], pooling=PLAIN)
    assert free["held"].isna().all()
    assert free["reason"].tolist() == [""]


def test_fans_of_forty_origins_and_years_make_sense():
    history = build_history(pd.read_csv(DATA / "refugees_by_origin.csv"))
    widths = []
    for cut_off in (2004, 2009, 2014, 2019):
        known = history.until(cut_off)
        largest = np.argsort(known.people[-1])[::-1][:10]
        newest = pd.DataFrame(
            {"origin": [known.origins[at] for at in largest], "counted_to": f"{cut_off + 1}-06-30",
             "value": 1.1 * known.people[-1][largest]}
        )  # fmt: skip
        days = [f"{cut_off + ahead}-12-31" for ahead in (1, 2, 5)]
        made = project_from_counts(known, newest, days)
        widths.append((made[0.9] / made[0.1]).to_numpy().reshape(10, 3))
        near = made[0.9] >= 0.9 * made["most_possible"]
        assert not (near & (made["reason"] == "")).any()
        assert (made[0.5] / made["last"]).between(0.4, 1.8).all()
    median, widest = np.median(np.vstack(widths), axis=0), np.max(np.vstack(widths), axis=0)
    assert (median <= [1.5, 2.2, 7]).all()
    assert (widest <= [2.5, 6, 25]).all()


def test_no_value_exceeds_the_population_and_those_abroad():
    series = {"AAA": [1000, 3000, 9000], "BBB": [1e4 * 5**k for k in range(3)]}
    counts = counts_of(series, population={"AAA": 5_000})
    made = project_annual(build_history(counts), 2002, 1, origins=["AAA"], pooling=PLAIN)
    assert made["most_possible"].tolist() == [14_000]
    assert made[list(LEVELS)].to_numpy().max() == 14_000
    assert project_annual(build_history(counts), 2002, 1, origins=["BBB"], pooling=PLAIN)[
        "most_possible"
    ].tolist() == [np.inf]


def test_the_last_population_known_is_used():
    counts = counts_of({"AAA": [100, 100, 100]})
    counts["population"] = pd.array([800, 900, pd.NA], dtype="Int64")
    assert build_history(counts).until(2002).most_possible().tolist() == [1000]


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), horizon=st.integers(1, 5))
def test_quantiles_never_cross_and_never_leave_what_is_possible(seed, horizon):
    history = build_history(random_counts(seed))
    for pooling in (BY_STATE, SIMILAR):
        made = project_annual(history, 2012, horizon, pooling=pooling, smallest=1)
        values = made[list(LEVELS)].to_numpy()
        assert (np.diff(values, axis=1) >= -1e-6).all()
        assert (values >= 0).all()
        assert (values <= made[["most_possible"]].to_numpy()).all()


def test_what_cannot_be_projected_is_said():
    history = build_history(counts_of({"AAA": [50, 60, 70], "BBB": [5, 5, 0]}))
    with pytest.raises(ValueError, match=r"BBB: nobody was abroad .* onset"):
        project_annual(history, 2002, 1, origins=["BBB"], pooling=PLAIN)
    with pytest.raises(ValueError, match="no count of people from there"):
        project_annual(history, 2002, 1, origins=["XYZ"])
    with pytest.raises(ValueError, match="expected a year from 2002 to 2002"):
        project_annual(history, 2003, 1, origins=["AAA"])
    with pytest.raises(ValueError, match="2 years: no outcome was known"):
        project_annual(history, 2002, 2, origins=["AAA"], pooling=PLAIN)
    with pytest.raises(ValueError, match="expected one of: refugees and"):
        build_history(counts_of({"AAA": [1, 2, 3]}), "people")
    with pytest.raises(ValueError, match="there are none"):
        build_history(counts_of({"UNK": [1, 2, 3]}))


def test_a_year_without_a_row_counts_as_nobody():
    counts = counts_of({"AAA": [100, 200, 300, 400], "BBB": [1, 2, 3, 4]})
    history = build_history(counts.drop(index=1))
    assert history.people[:, 0].tolist() == [100, 0, 300, 400]


def test_asylum_seekers_are_counted_or_not():
    counts = counts_of({"AAA": [10, 20, 30]}).assign(asylum_seekers=5)
    assert build_history(counts).people[:, 0].tolist() == [15, 25, 35]
    assert build_history(counts, "refugees").people[:, 0].tolist() == [10, 20, 30]


def test_conformal_intervals_by_hand():
    # Nine absolute errors of log 1.1 ... log 1.9 known: the 80% interval takes the
    # ceil(10 x 0.8) = 8th smallest, 1.8 times either way.
    series = {f"AA{k}": [1e5, 1e5, 1e5 * (1 + (k + 1) / 10)] for k in range(9)}
    made = project_persistence(build_history(counts_of(series)), 2002, 1, conformal=True)
    ratio = made.loc[0, list(LEVELS)].astype(float) / made.loc[0, "last"]
    assert ratio[0.9] == pytest.approx(1.8)
    assert ratio[0.1] == pytest.approx(1 / 1.8)
    assert ratio[0.5] == 1
    assert ratio[0.975] == pytest.approx(1.9)  # ceil(9.5) is above nine: the largest error


def test_persistence_is_the_last_count_at_every_level():
    made = project_persistence(build_history(counts_of({"AAA": [1e4, 2e4, 3e4]})), 2002, 5)
    assert set(made.loc[0, list(LEVELS)]) == {3e4}


def test_it_explains_itself():
    series = {f"AA{k}": [1e4 * 1.3**t for t in range(8)] for k in range(3)}
    series["ZZZ"] = [20_000] * 8
    history = build_history(counts_of(series, population={"AA0": 1_000_000}))
    said = explain_annual(history, "AA0", 2007, 1)
    assert said[0].startswith("At the end of 2007 62,749 refugees and asylum-seekers from AA0")
    assert "+30% over the year" in said[0]
    assert said[1].startswith(
        "Of 18 past crisis-years that grew by more than 15% (3,000 people or more, outcome "
        "known by 2007), 100% had more people abroad a year later; the middle 80% ended at "
        "1.3 to 1.3 times"
    )
    assert said[-1] == "No value may exceed 1,062,749: the population and those abroad."
    cases = tabulate_cases(history, "AA0", 2007, 1)
    assert cases.loc[0, ["origin", "year", "same_state"]].tolist() == ["AA0", 2006, True]
    assert cases["weight"].sum() == pytest.approx(1)
    assert cases["year"].max() == 2006


def test_a_projection_is_a_frame():
    history = build_history(random_counts())
    frame = make_annual_projection(
        history, ["AAB", "AAA"], 2010, (1, 5), as_of="2011-06-20", data_vintage="some-release"
    )
    assert frame.columns.tolist() == [
        "as_of", "counted_to", "target_day", "origin", "quantile", "value", "definition",
        "method", "data_vintage",
    ]  # fmt: skip
    assert len(frame) == 2 * 2 * len(LEVELS)
    assert frame["origin"].iloc[0] == "AAB"
    assert set(frame["target_day"]) == {pd.Timestamp("2011-12-31"), pd.Timestamp("2015-12-31")}
    assert set(frame["counted_to"]) == {pd.Timestamp("2010-12-31")}
    assert frame["definition"].unique().tolist() == ["refugees and asylum-seekers, at year end"]
    assert frame["value"].dtype == "Int64"
    with pytest.raises(ValueError, match="the end of 2010 was not known on 2010-12-30"):
        make_annual_projection(
            history, ["AAA"], 2010, (1,), as_of="2010-12-30", data_vintage="some-release"
        )
