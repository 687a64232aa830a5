"""Who owns how much by date: by hand on a company in which nothing moves, and what holds on one in which everything does."""

import math

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from valsim.analysis.ownership import OTHERS_TODAY, groups, ownership
from valsim.core.timeline import years_between

ROUND = """rounds=[{name: b, series: {like: series_a, seniority: 2}, closings: [{name: only, at: 2026-07-01, new_money: 10M USD,
  price: {of: equity_value, discount: 0%}}]}]"""
POOL = "captable.classes.pool={kind: option_pool, shares: 10M, refresh: {by: 4%}}"


def played(*overrides, paths=3, scenario=steady, **settings):
    return valsim.simulate(scenario(*overrides), paths=paths, threads=1, **settings)


@pytest.fixture(scope="module")
def everything():
    return played(scenario=lively, paths=3000)


def named(told, name):
    return next(each for each in told["groups"] if each["name"] == name)


def test_a_round_leaves_each_holder_its_part_of_the_shares_after_it():
    """10M of 520M after the money: Ada's 60 of 100 million shares are 60 % before it and 60 % x 51 / 52 after it."""
    told = ownership(played(ROUND))
    ada, bought = named(told, "Ada"), named(told, "other b investors")
    day = told["dates"].index("2026-07-01")
    assert ada["opening"] == ada["mean"][0] == ada["mean"][day - 1] == 0.6
    assert ada["mean"][day] == ada["mean"][-1] == pytest.approx(0.6 * 51 / 52)
    assert bought["mean"][day] == pytest.approx(1 / 52)
    assert ada["after"] == [
        {"round": "b", "tranche": "only", "paths": 3, "quantiles": pytest.approx(dict.fromkeys(ada["quantiles"], 0.6 * 51 / 52))}
    ]  # fmt: skip
    assert (ada["at_exit"]["mean"], ada["kind"], bought["kind"]) == (pytest.approx(0.6 * 51 / 52), "today", "later")


def test_the_causes_of_dilution_are_told_apart_and_add_up():
    """A pool of 110 million shares that grows by 4 % three times, and a round of 10M at 510M: 1 - 51 / 52 / 1.04^3 in all."""
    told = ownership(played(ROUND, POOL))["dilution"]
    whole, sold, pools = math.log(52 / 51 * 1.04**3), math.log(52 / 51), 3 * math.log(1.04)
    lost = 1 - math.exp(-whole)
    assert told["total"]["mean"] == pytest.approx(lost)
    assert told["left"]["mean"] == pytest.approx(1 - lost)
    assert [each["round"] for each in told["new_shares"]] == ["b"]
    assert told["new_shares"][0]["mean"] == pytest.approx(lost * sold / whole)
    assert told["between_closings"]["mean"] == pytest.approx(lost * pools / whole)
    assert told["set_off_by_closings"]["mean"] == pytest.approx(0, abs=1e-12)


def test_a_pool_that_a_closing_tops_up_is_set_off_by_it():
    told = ownership(played(ROUND.replace("closings", "option_pool: 20%, pre_money_includes: [], closings"), POOL))[
        "dilution"
    ]
    assert "pool increases" in told["set_off_by_closings"]["what"]
    assert told["set_off_by_closings"]["mean"] > 0.05


def test_a_holder_that_never_buys_is_diluted_by_all_causes_with_what_a_listing_sells():
    """Of 500M a listing sells an eighth in new shares; those who held before own seven eighths, and the causes say so."""
    listing = "ipo: {hazard: 50% per year, discount: 0%, lock_up: 1 day, preferred: all_converted, primary: {fraction: 12.5%}}"
    result = played(ROUND, POOL, f"exits={{{listing}}}", paths=200)
    told, listed = ownership(result)["dilution"], result.outcomes["exit",] == 0
    assert 0.2 < np.mean(listed) < 1
    assert told["new_shares_of_listings"]["mean"] > 0.02
    owned = result.outcomes["holder", "Ada", "ownership at exit"]
    opening = result.history.ownership.parts["Ada"][0]
    assert told["left"]["mean"] == pytest.approx(np.mean(owned / opening))
    assert told["left"]["quantiles"]["0.05"] == pytest.approx(np.quantile(owned / opening, 0.05))
    parts = [
        *told["new_shares"],
        *(told[name] for name in ("set_off_by_closings", "between_closings", "new_shares_of_listings")),
    ]
    assert sum(each["mean"] for each in parts) == pytest.approx(told["total"]["mean"])


def test_a_split_dilutes_nobody():
    told = ownership(played("captable.splits=[{at: 2027-01-01, ratio: 10 for 1}]"))
    assert told["dilution"]["total"]["mean"] == pytest.approx(0, abs=1e-12)
    assert named(told, "Ada")["mean"] == pytest.approx([0.6] * len(told["dates"]))


def test_without_rounds_nothing_changes():
    told = ownership(played())
    assert told["dilution"]["new_shares"] == []
    assert named(told, "Fund")["quantiles"]["0.95"] == [0.25] * len(told["dates"])


def test_ownership_sums_to_one_on_every_path_at_every_date(everything):
    parts = everything.history.ownership.parts
    assert np.allclose(sum(parts.values()), 1.0, rtol=1e-12)
    told = ownership(everything)
    sums = np.sum([each["mean"] for each in told["groups"]], axis=0)
    assert sums == pytest.approx(np.ones(len(told["dates"])))


def test_what_is_owned_at_the_end_of_a_path_is_what_is_owned_at_its_exit(everything):
    """Where no listing sells new shares; what grows with time stands still once a path has ended in neither."""
    parts = everything.history.ownership.parts
    for name in ("Fund", "me", "unissued pool"):
        at_exit = everything.outcomes["holder", name, "ownership at exit"]
        assert parts[name][-1] == pytest.approx(at_exit, rel=1e-9)


def test_the_causes_add_up_where_everything_moves(everything):
    told = ownership(everything)["dilution"]
    causes = [
        *told["new_shares"],
        *(told[name] for name in ("set_off_by_closings", "between_closings", "new_shares_of_listings")),
    ]
    assert sum(each["mean"] for each in causes) == pytest.approx(told["total"]["mean"])
    assert 0 < told["new_shares"][0]["mean"] < told["total"]["mean"] < 1
    assert all(each["standard_error"] > 0 for each in causes[:1])


def test_a_holder_that_nobody_hears_of_is_in_no_group(everything):
    told = groups(everything)
    assert told[0].name == "me"
    assert len({holder for group in told for holder in group.holders}) == sum(len(group.holders) for group in told)


def test_many_holders_are_told_of_together():
    holders = ", ".join(f"H{number}: {{common: {18 - number}%}}" for number in range(6))
    told = groups(played(f"captable.positions={{{holders}, Fund: {{series_a: 100%}}}}"))
    assert [group.name for group in told] == ["Fund", "H0", "H1", "H2", OTHERS_TODAY]
    assert told[-1].holders == ("H3", "H4", "H5", "other holders")


def test_the_chunk_and_the_threads_change_no_bit():
    whole, cut = (played(scenario=lively, paths=9_000, **each) for each in ({}, {"chunk": 4_096}))
    for name, table in whole.history.ownership.parts.items():
        assert np.array_equal(table, cut.history.ownership.parts[name])
    assert whole.history.ownership.shares.shape == (1 + len(whole.scenario.steps), 8_192)
    assert np.array_equal(whole.history.ownership.shares, cut.history.ownership.shares)


def test_where_no_series_are_kept_nothing_is_known():
    assert ownership(played(kept=0)) == {}


def test_the_first_row_is_before_anything_happens(everything):
    fund = everything.history.ownership.parts["Fund"][0]
    assert fund == pytest.approx(float(everything.opening_ledger.ownership()["Fund"]))
    assert years_between(everything.scenario.as_of, everything.scenario.steps[0].date) >= 0
