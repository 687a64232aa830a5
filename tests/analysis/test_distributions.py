"""How outcomes are spread: bins that are counted by hand, what holds of every row, and the limits."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.made import made
from tests.companies import steady
from valsim.analysis.distributions import BINS, Outcome, distributions, linear_edges, told
from valsim.core.clusters import ALONE, Clusters
from valsim.scenario.names import holder_names

SCALES = ("linear", "logarithmic")
AMOUNTS = st.one_of(st.just(0.0), st.floats(1e-6, 1e12))


def of(row, clusters=ALONE, what="moic"):
    return told(Outcome("me", what, "multiple", np.asarray(row, float), clusters))


def test_bins_of_a_few_paths_are_counted_by_hand():
    """The 95th percentile of 1, 2, 2, 3, 10 is 8.6, so bins are 0.5 wide up to 9, and the 10 is in the open one."""
    found = of([0, 0, 1, 2, 2, 3, 10])
    linear = found["linear"]
    assert linear["edges"] == [step * 0.5 for step in range(19)]
    assert {low: count for low, count in zip(linear["edges"], linear["counts"][1:], strict=True) if count} == {
        1.0: 1, 2.0: 2, 3.0: 1, 9.0: 1,
    }  # fmt: skip
    assert found["nothing"]["count"] == 2
    assert found["nothing"]["mean"] == pytest.approx(2 / 7)
    assert linear["standard_errors"][5] == pytest.approx(math.sqrt(2 / 7 * 5 / 7 / 7))


def test_the_logarithmic_bins_are_five_to_a_decade():
    edges = of([0.3, 1.0, 4.0, 30.0])["logarithmic"]["edges"]
    assert edges[1] / edges[0] == pytest.approx(10**0.2)
    assert 1.0 in edges
    assert edges[0] <= 0.31
    assert edges[-1] > 29


def test_the_chance_of_at_least_a_multiple_counts_who_gets_exactly_that():
    chances = {each["value"]: each["mean"] for each in of([0, 0.5, 1, 3, 3, 12, 2, 0])["at_least"]}
    assert chances == {0.5: 6 / 8, 1.0: 5 / 8, 2.0: 4 / 8, 3.0: 3 / 8, 5.0: 1 / 8, 10.0: 1 / 8}


@given(st.lists(AMOUNTS, min_size=1, max_size=60))
def test_the_counts_of_every_scale_sum_to_the_paths_and_chances_fall(row):
    found = of(row)
    for scale in SCALES:
        bins = found[scale]
        assert sum(bins["counts"]) + found["nothing"]["count"] == len(row)
        assert bins["edges"] == sorted(set(bins["edges"]))
        assert len(bins["counts"]) == len(bins["standard_errors"]) == (len(bins["edges"]) + 1 if bins["edges"] else 0)
        assert not bins["counts"] or bins["counts"][0] == 0 or scale == "logarithmic"
    chances = [each["mean"] for each in found["at_least"]]
    assert chances == sorted(chances, reverse=True)


@given(st.lists(AMOUNTS, min_size=4, max_size=40))
def test_of_the_paths_above_nothing_hardly_any_are_in_the_open_end(row):
    found = of(row)
    above = len(row) - found["nothing"]["count"]
    assert (found["linear"]["counts"] or [0])[-1] <= math.ceil(0.05 * above)


@given(st.floats(1e-9, 1e15))
def test_a_linear_scale_has_as_many_bins_as_can_be_read(value):
    assert BINS / 2.6 <= len(linear_edges(np.array([value]))) - 1 <= BINS + 1


def test_where_all_paths_get_the_same_they_are_in_one_bin():
    found = of([2.0] * 50)
    for scale in SCALES:
        assert sorted(found[scale]["counts"])[-2:] == [0, 50]
        place = found[scale]["counts"].index(50)
        assert found[scale]["edges"][place - 1] <= 2.0 < found[scale]["edges"][place]
        assert set(found[scale]["standard_errors"]) == {0.0}
    assert set(found["quantile_standard_errors"].values()) == {0.0}


def test_where_all_paths_get_nothing_there_is_no_bin():
    found = of([0.0] * 5)
    assert found["nothing"] == {"count": 5, "mean": 1.0, "standard_error": 0.0}
    assert all(found[scale] == {"edges": [], "counts": [], "standard_errors": []} for scale in SCALES)


def test_one_path_tells_no_error():
    found = of([2.0])
    assert set(found["quantile_standard_errors"].values()) == {None}
    assert set(found["linear"]["standard_errors"]) == {None}


@pytest.mark.parametrize("level", ["0.05", "0.5", "0.95"])
def test_the_error_of_a_quantile_is_what_other_seeds_differ_by(level):
    rows = (np.random.default_rng(seed).lognormal(0.0, 1.0, 4000) for seed in range(200))
    found = [of(row) for row in rows]
    differ = np.std([each["quantiles"][level] for each in found])
    assert np.mean([each["quantile_standard_errors"][level] for each in found]) == pytest.approx(differ, rel=0.15)


def test_paths_that_come_twice_have_the_errors_of_half_as_many():
    row = np.random.default_rng(3).lognormal(0.0, 1.0, 2000)
    once, twice = of(row), of(np.repeat(row, 2), Clusters(2))
    for scale in SCALES:
        assert twice[scale]["counts"] == [2 * count for count in once[scale]["counts"]]
        assert twice[scale]["standard_errors"] == pytest.approx(once[scale]["standard_errors"], rel=1e-3)


@given(st.lists(st.integers(0, 3), min_size=8, max_size=40), st.integers(2, 4))
def test_errors_of_all_kinds_at_once_are_those_of_each(kinds, size):
    row, clusters = np.array(kinds), Clusters(size)
    for of_rows in (clusters, clusters[np.arange(row.size)[::-1]], ALONE):
        each = [of_rows.chance_error(row == kind) for kind in range(4)]
        assert of_rows.share_errors(row, 4) == pytest.approx(each)


def test_a_run_tells_of_the_company_and_of_who_invests():
    """Ten paths of a company whose founder paid nothing: there is no investor to tell of."""
    proceeds = np.linspace(0.0, 9e8, 10)
    scenario = steady()
    nobody = {
        ("holder", name, what): np.zeros(10) for name in holder_names(scenario) for what in ("invested", "proceeds")
    }
    (company,) = distributions(made({("proceeds",): proceeds} | nobody, scenario=scenario))
    assert (company["holder"], company["what"], company["unit"], company["paths"]) == (None, "proceeds", "USD", 10)
    assert [each["value"] for each in company["at_least"]] == [2e8, 5e8]
    assert [each["mean"] for each in company["at_least"]] == [0.8, 0.5]
