"""A score has the right sign where it matters, looks at the rows that tell, and is not led astray by a few huge gains."""

import numpy as np
import pytest

from valsim.training.fit import MOST, weighted_fit
from valsim.training.score import terms_of

SIZE = 8192
DRAWN = np.random.default_rng(6)
VALUE, NOISE = np.exp(5 + DRAWN.standard_normal(SIZE)), DRAWN.standard_normal((6, SIZE))
ROWS = {"value": VALUE, **{f"noise {i}": row for i, row in enumerate(NOISE)}}
LEVEL = 200.0


def agreement(score, right):
    return np.mean((score(ROWS, SIZE) > 0) == right)


def test_an_exact_gain_has_its_sign_everywhere_but_beside_its_level():
    score = weighted_fit(ROWS, VALUE - LEVEL)
    wrong = (score(ROWS, SIZE) > 0) != (VALUE > LEVEL)
    assert np.abs(VALUE[wrong] / LEVEL - 1).max(initial=0) < 0.02


def test_a_gain_with_noise_and_a_heavy_tail_has_its_sign_nearly_everywhere():
    gain = VALUE * np.exp(1.5 * NOISE[0] - 1.125) - LEVEL
    without = {name: row for name, row in ROWS.items() if name != "noise 0"}
    assert agreement(weighted_fit(without, gain), VALUE > LEVEL) > 0.95


def test_the_rows_that_tell_are_chosen():
    gain = VALUE * (1 + 0.5 * (NOISE[2] > 0)) - LEVEL + 50 * NOISE[5]
    without = {name: row for name, row in ROWS.items() if name != "noise 5"}
    assert weighted_fit(without, gain).reads == {"value", "noise 2"}


def test_at_most_four_rows_are_looked_at():
    assert len(weighted_fit(ROWS, VALUE + 100 * NOISE.sum(axis=0)).reads) == MOST


@pytest.mark.parametrize(("rows", "degree"), [(1, 4), (2, 3), (3, 3), (4, 2)])
def test_a_polynomial_has_at_most_twenty_terms(rows, degree):
    assert max(map(len, terms_of(rows))) == degree
    assert len(terms_of(rows)) <= 20


@pytest.mark.parametrize(("size", "terms"), [(0, 0), (1, 1), (60, 2)])
def test_few_paths_bear_few_terms(size, terms):
    score = weighted_fit({"value": VALUE[:size]}, VALUE[:size] - LEVEL)
    assert len(score.terms) == terms


def test_where_every_path_gains_the_same_there_is_nothing_to_explain():
    score = weighted_fit(ROWS, np.full(SIZE, -3.0))
    assert score(ROWS, SIZE) == pytest.approx(-3.0, abs=1e-6)
