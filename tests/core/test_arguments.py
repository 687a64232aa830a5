"""What is asked for in vain from Python is told in a sentence that names it."""

import re
from pathlib import Path

import pytest

import valsim
from tests.companies import steady
from valsim.core.errors import ValsimError


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"paths": 0}, "paths: expected a whole number of at least 1, got 0"),
        ({"paths": 1e4}, "paths: expected a whole number of at least 1, got 10000.0"),
        ({"threads": 0}, "threads: expected a whole number of at least 1, got 0"),
        ({"chunk": -5}, "chunk: expected a whole number of at least 1, got -5"),
        ({"seed": -1}, "seed: expected a whole number of at least 0, got -1"),
        ({"kept": -1}, "kept: expected a whole number of at least 0, got -1"),
        ({"sampler": "x"}, "sampler: expected one of pseudo, antithetic, sobol, got 'x'"),
        ({"until": "moic(me) +/- 1%"}, "until: expected what valsim.until("),
        (
            {"executor": lambda: 5},
            "executor: expected a function that makes an executor of concurrent.futures, got one that makes 5",
        ),
        ({"executor": 5}, "executor: expected an executor of concurrent.futures, or a function that makes one, got 5"),
    ],
)
def test_a_run_says_which_argument_is_wrong(asked, told) -> None:
    with pytest.raises(ValsimError, match=re.escape(told)):
        valsim.simulate(steady(), **{"paths": 10, **asked})


def test_the_name_of_a_file_is_no_scenario() -> None:
    with pytest.raises(
        ValsimError, match=re.escape("what is played is a scenario, as valsim.load('deal.yaml') gives one from a file")
    ):
        valsim.simulate("deal.yaml")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"anchor": "x"}, "anchor: expected one of solved, held, got 'x'"),
        ({"paths": 0}, "paths: expected a whole number of at least 1, got 0"),
        ({"threads": 0}, "threads: expected a whole number of at least 1, got 0"),
        ({"over": {"company.cash": []}}, "company.cash has no values"),
    ],
)
def test_a_sweep_says_which_argument_is_wrong(asked, told) -> None:
    with pytest.raises(ValsimError, match=re.escape(told)):
        valsim.sweep(steady(), **{"over": {"company.cash": ["1 USD"]}, "paths": 10, **asked})


def test_the_file_of_outcomes_may_be_named_by_a_text(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    valsim.simulate(steady(), paths=3, threads=1, outcomes=str(tmp_path / "paths.parquet"))
    assert [each.name for each in tmp_path.iterdir()] == ["paths.parquet"]
