"""A process of one's own is a class in Python, and valsim knows it by its kind."""

import subprocess
import sys
from typing import Literal, Self

import numpy as np
import pytest

import valsim
import valsim.process
from tests.companies import STEADY
from valsim.core.errors import TakenKindError
from valsim.process import Fraction, PositiveLevel, Process, Row, Rows, Volatility, lognormal_factor


@pytest.fixture
def halving():
    class Halving(Process):
        """A level that loses a part of itself at each step."""

        kind: Literal["halving"]
        """Names this process."""
        start: PositiveLevel
        """The level at the start."""
        lost: Fraction
        """What is lost at each step."""
        volatility: Volatility
        """Standard deviation of the logarithm per square root of a year."""

        def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
            del rows
            return self.but(start=self.start * (1 - self.lost) * lognormal_factor(self.volatility, dt, shock))

    yield Halving
    del Process.kinds["halving"]


def test_every_name_that_is_offered_is_there():
    assert valsim.process.__all__ == sorted(valsim.process.__all__, key=order)
    assert all(hasattr(valsim.process, name) for name in valsim.process.__all__)
    assert valsim.Process is Process


def order(name: str) -> tuple[bool, bool, str]:
    """Constants, classes, functions, as the linter sorts them."""
    return not name.isupper(), name.islower(), name


@pytest.mark.parametrize(("threads", "system"), [(1, "linux"), (2, "linux"), (2, "darwin")])
def test_a_document_may_choose_it_whoever_plays_it_and_its_numbers_are_checked(
    halving, threads, system, tmp_path, monkeypatch
):
    monkeypatch.setattr("sys.platform", system)  # workers are forked on the first and threads on the second
    deal = tmp_path / "deal.yaml"
    mine = "revenue: {kind: halving, start: 100M USD/year, lost: 50%, volatility: 0}"
    deal.write_text(STEADY.replace("revenue: {kind: constant, value: 100M USD/year, unit: USD/year}", mine))
    result = valsim.simulate(valsim.load(deal), paths=8192, threads=threads)
    steps = len(result.scenario.steps)
    np.testing.assert_allclose(result.history.series["revenue"][-1], 100e6 * 0.5**steps)
    deal.write_text(deal.read_text().replace("50%", "-50%"))
    with (
        pytest.raises(ValueError, match="must be at least 0") if False else pytest.raises(Exception, match="at least 0")
    ):
        valsim.load(deal)


def test_a_kind_of_the_package_cannot_be_taken():
    with pytest.raises(
        TakenKindError, match=r"kind 'stock' of Mine is taken by Stock of valsim\.drivers\.process\.stock"
    ):

        class Mine(Process):
            kind: Literal["stock"]

    assert Process.kinds["stock"].__module__ == "valsim.drivers.process.stock"


def test_the_same_class_may_be_made_again_as_in_a_notebook():
    cell = """
from typing import Literal
import valsim
code = 'class Mine(valsim.Process):\\n    kind: Literal["mine"]\\n    def advance(self, dt, shock, rows): return self'
exec(code); exec(code)
print(valsim.Process.kinds["mine"] is Mine)
"""
    shown = subprocess.run([sys.executable, "-c", cell], capture_output=True, text=True, check=True)
    assert shown.stdout == "True\n"
