"""What is worked out of a result once."""

from copy import copy

import valsim
from tests.companies import steady
from valsim.analysis.once import once
from valsim.result import Result


def test_work_on_a_result_is_done_once_for_each_result():
    asked: list[int] = []

    @once
    def paths(result: Result) -> int:
        asked.append(result.manifest.paths)
        return result.manifest.paths

    few, more = (valsim.simulate(steady(), paths=count, threads=1) for count in (3, 5))
    assert [paths(few), paths(more), paths(few)] == [3, 5, 3]
    assert asked == [3, 5]


def test_two_works_of_one_result_are_told_apart():
    @once
    def paths(result: Result) -> int:
        return result.manifest.paths

    @once
    def seed(result: Result) -> int:
        return result.manifest.seed

    result = valsim.simulate(steady(), paths=3, seed=7, threads=1)
    assert (paths(result), seed(result), paths(copy(result))) == (3, 7, 3)
