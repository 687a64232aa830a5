"""What holds for every process, whatever its kind: each is tried by its example."""

from datetime import date

import numpy as np
import pytest
import yaml

from valsim.core.field_docs import field_docs
from valsim.core.parameter import at_medians
from valsim.drivers.process import Process

PATHS = 5
SHOCKS = np.random.default_rng(3).standard_normal((12, PATHS))
KINDS = sorted(Process.kinds)


class Rows(dict):
    """Rows that hold a number for whatever is read: it is another one on each path."""

    def __missing__(self, name):
        return np.linspace(0.5, 1.5, PATHS)[self.get("paths", slice(None))]


def example(kind: str) -> Process:
    return at_medians(Process.choose(yaml.safe_load(Process.kinds[kind].example))).begun(date(2026, 1, 1))


def moved(kind: str, lengths: list[float], paths: slice = slice(None)) -> np.ndarray:
    """The level of the example after some steps, on some of the paths."""
    now, rows = example(kind), Rows(paths=paths)
    for dt in lengths:
        shocks = SHOCKS[: now.shocks, paths]
        now = now.advance(dt, shocks if now.shocks > 1 else shocks[0] if now.shocks else np.zeros(()), rows)
    return np.broadcast_to(now.level(rows), PATHS if paths == slice(None) else 1)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_explained_and_every_number_of_it_is_named_and_told(kind):
    assert Process.kinds[kind].__doc__
    assert {name for name in Process.kinds[kind].model_fields if name != "unit"} <= field_docs(
        Process.kinds[kind]
    ).keys()


@pytest.mark.parametrize("kind", KINDS)
def test_its_level_stays_a_number(kind):
    assert np.isfinite(moved(kind, [0.25] * 8)).all()


@pytest.mark.parametrize("kind", KINDS)
def test_a_path_does_not_feel_those_beside_it(kind):
    alone = [moved(kind, [0.25, 0.6], slice(i, i + 1)) for i in range(PATHS)]
    assert moved(kind, [0.25, 0.6]).tolist() == np.concatenate(alone).tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_without_length_leaves_the_level_where_it_is(kind):
    np.testing.assert_allclose(moved(kind, [0.25, 0.0]), moved(kind, [0.25]), rtol=1e-14)


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_leaves_the_process_before_it_as_it_was(kind):
    now, rows = example(kind), Rows()
    before = np.array(now.level(rows))
    shocks = SHOCKS[: now.shocks]
    now.advance(0.25, shocks if now.shocks > 1 else shocks[0] if now.shocks else np.zeros(()), rows)
    assert np.array(now.level(rows)).tolist() == before.tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_tells_formulas_beside_its_fields_has_a_unit_and_a_sentence(kind):
    told = Process.choose(yaml.safe_load(Process.kinds[kind].example)).readings
    assert all(getattr(Process.kinds[kind], name).__doc__ for name in told)
    assert all(np.isfinite(getattr(example(kind), name)).all() for name in told)


@pytest.mark.parametrize("kind", KINDS)
def test_it_ages_as_it_does_in_a_step_but_for_its_level_and_what_makes_it_up(kind):
    now, rows = example(kind).advance(0.25, shock_of(kind), Rows()), Rows()
    stepped, aged = (each(0.6, shock_of(kind), rows).contents() for each in (now.advance, now.aged))
    parameters = stepped.keys() - {now.level_field, *now.carries}
    assert {name: told(stepped[name]) for name in parameters} == {name: told(aged[name]) for name in parameters}


def shock_of(kind: str) -> np.ndarray:
    shocks = SHOCKS[: Process.kinds[kind].shocks]
    return shocks if len(shocks) > 1 else shocks[0] if len(shocks) else np.zeros(())


def told(part: object) -> object:
    return part.tolist() if isinstance(part, np.ndarray) else part
