"""A tree of blocks is rebuilt with its numbers drawn; what has none is shared."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pytest

from tests.core.parameter.known import KNOWN
from valsim.core.block import Block
from valsim.core.parameter import Growth, PositiveMoney, at_medians, parameters, realise


class Price(Block):
    """A named item of a list."""

    name: str
    amount: PositiveMoney


class Venture(Block):
    """Holds blocks, mappings and lists of them."""

    growth: Growth
    rounds: tuple[Price, ...] = ()
    fees: Mapping[str, PositiveMoney] = MappingProxyType({})
    words: tuple[str, ...] = ("a",)


UNSURE = {"family": "uniform", "low": "1 USD", "high": "3 USD"}
VENTURE = Venture.model_validate(
    {
        "growth": {"family": "normal", "p10": "0%", "p90": "20%", "at_least": "-50%"},
        "rounds": ({"name": "seed", "amount": "7 USD"}, {"name": "a", "amount": UNSURE}),
        "fees": {"law": UNSURE, "bank": "2 USD"},
    }
)


class Noted:
    """Draws that remember who asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def parameter(self, name: str) -> np.ndarray:
        self.asked.append(name)
        return np.array([0.25, 0.75])


def test_parameters_are_listed_with_their_place_and_items_by_their_name() -> None:
    places = [path for path, _ in parameters(VENTURE)]
    assert places == [
        ("growth",),
        ("rounds", "seed", "amount"),
        ("rounds", "a", "amount"),
        ("fees", "law"),
        ("fees", "bank"),
    ]


def test_only_what_is_not_known_is_drawn_and_the_rest_is_a_scalar() -> None:
    draws = Noted()
    played = realise(VENTURE, draws)
    assert draws.asked == ["growth", "rounds.a.amount", "fees.law"]
    assert played.fees["law"].tolist() == [1.5, 2.5]
    assert (np.shape(played.rounds[0].amount), float(played.rounds[0].amount)) == ((), 7.0)


def test_the_document_itself_stays_as_it_was() -> None:
    realise(VENTURE, Noted())
    assert not VENTURE.rounds[1].amount.known  # type: ignore[attr-defined]


def test_at_medians_every_number_is_its_median() -> None:
    middle = at_medians(VENTURE)
    assert float(middle.rounds[1].amount) == 2.0
    assert float(middle.fees["bank"]) == 2.0
    assert float(middle.growth) == pytest.approx(0.1, abs=1e-9)


def test_a_block_without_numbers_is_played_as_it_is() -> None:
    class Words(Block):
        word: str = "a"

    assert realise(Words(), KNOWN) == Words()
