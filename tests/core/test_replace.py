"""Replacing fields of frozen dataclasses."""

import dataclasses
from functools import cached_property

import pytest

from valsim.core.replace import FIELD_NAMES, replace


@dataclasses.dataclass(frozen=True)
class Price:
    """A price, and its double, which is worked out once."""

    per_share: float
    currency: str = "USD"

    @cached_property
    def twice(self) -> float:
        return 2 * self.per_share


def test_a_field_is_replaced_and_the_old_one_stays_as_it_was():
    old = Price(2.0)
    assert (replace(old, per_share=3.0), old) == (Price(3.0), Price(2.0))
    assert replace(old, currency="EUR") == dataclasses.replace(old, currency="EUR")


def test_what_was_worked_out_of_the_old_fields_is_worked_out_anew():
    old = Price(2.0)
    assert (old.twice, replace(old, per_share=5.0).twice) == (4.0, 10.0)


def test_the_new_one_is_frozen_too():
    with pytest.raises(dataclasses.FrozenInstanceError):
        replace(Price(2.0), per_share=3.0).per_share = 4.0


def test_a_field_that_there_is_not_is_refused_even_where_its_name_is_that_of_something_worked_out():
    for name in ("shares", "twice"):
        with pytest.raises(TypeError, match=f"Price has no {name}"):
            replace(Price(2.0), **{name: 1.0})


def test_the_names_of_the_fields_are_in_their_order():
    assert FIELD_NAMES[Price] == ("per_share", "currency")
