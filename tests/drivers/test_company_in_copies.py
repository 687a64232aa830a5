"""A company whose paths stand in several copies: what moves alike in all of them is stepped once, with the same bits."""

import numpy as np

from tests.drivers.process.playing import process
from tests.drivers.test_company import ARR, PLAN, effects
from valsim.core.selection import repeated
from valsim.drivers.company import Company, in_order
from valsim.drivers.process import Process


def in_two_copies() -> tuple[Company, Company]:
    """A company of two paths in two copies, and the same with its processes stepped once for both copies of a path."""
    drawn = np.array([0.5, 1.5])
    once: dict[str, Process] = {
        "arr": process(ARR).but(growth=drawn, volatility=np.asarray(0.2)), "cost": process(PLAN)
    }  # fmt: skip
    plain = Company(repeated(once, 2), in_order(once))
    return plain, plain.stepping_once(once, 2)


def stepped_both(plain: Company, once: Company) -> tuple[Company, Company]:
    shock = np.array([0.3, -1.0])
    return (
        plain.advance(0.25, {"arr": repeated(shock, 2)}, {}),
        once.advance(0.25, {"arr": shock if "arr" in once.once else repeated(shock, 2)}, {}),
    )


def same_to_the_bit(plain: Company, once: Company) -> bool:
    one, other = ({**firm.levels({}), "growth": firm.field("arr.growth")} for firm in (plain, once))
    return all(np.array_equal(np.broadcast_to(one[name], 4), np.broadcast_to(other[name], 4)) for name in one)


def test_what_is_stepped_once_for_all_copies_of_a_path_has_the_same_bits() -> None:
    plain, once = stepped_both(*stepped_both(*in_two_copies()))
    assert same_to_the_bit(plain, once)
    assert set(once.once) == {"arr", "cost"}
    assert once.field("arr.growth").shape == (4,)


def test_an_event_on_one_copy_parts_a_process_whose_parameter_it_changes_and_no_other() -> None:
    where, harm = np.array([False, False, True, False]), effects(arr__growth="* 0.5", cost="* 2", cost__start="* 1.5")
    plain, once = (firm.hit("scandal", harm, where) for firm in stepped_both(*in_two_copies()))
    assert set(once.once) == {"cost"}
    plain, once = stepped_both(*stepped_both(plain, once))
    assert same_to_the_bit(plain, once)
    level = once.levels({})["arr"]
    assert level[0] != level[2]
    assert level[1] == level[3]


def test_another_factor_on_each_copy_parts_a_process() -> None:
    factors = np.array([1.0, 1.0, 2.0, 2.0])
    plain, once = stepped_both(*(firm.scaled("arr", factors) for firm in in_two_copies()))
    assert set(once.once) == {"cost"}
    assert same_to_the_bit(plain, once)


def test_a_use_that_moves_a_parameter_parts_a_process() -> None:
    plain, once = (firm.moved("training", {"arr.growth": np.array([0.0, 0.0, 0.1, 0.0])}) for firm in in_two_copies())
    assert set(once.once) == {"cost"}
    assert same_to_the_bit(*stepped_both(plain, once))
