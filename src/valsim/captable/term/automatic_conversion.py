"""Automatic conversion: when a class becomes common shares whether its holders like it or not."""

from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from valsim.captable.curve import ZERO
from valsim.captable.measure import PricePerShare
from valsim.core.block import READING, Block, custom_error
from valsim.core.parameter import BelowOne, Factor, PositiveMoney
from valsim.core.rows import Bools, Row

ROUNDING = 1e-12
"""How far, relatively, a price may be below a test that it meets."""
TESTS = ("offer_price_at_least", "offer_price_multiple_at_least", "proceeds_at_least")


class AutomaticConversion(Block):
    """A class becomes common at a listing that qualifies: one that meets every test that is stated.

    The tests read the offer price as if every class converted, ratchets included: the price of one common share at which all
    classes, as common, are worth the proceeds together. It is not the price at which holders can sell after a lock-up. Below
    a test the class may refuse, and ``below`` names which of the two published readings of that holds. A class without this
    term converts at any listing. In a sale or a wind-down the term does not apply, unless it says ``in_acquisitions``.
    """

    example = "{offer_price_multiple_at_least: 3, proceeds_at_least: 50M USD, below: blocks_ipo}"

    offer_price_at_least: PricePerShare | None = Field(default=None, examples=["5 USD"])
    """The least price of one common share."""
    offer_price_multiple_at_least: Factor | None = Field(default=None, examples=["3"])
    """The least price of one common share, as a multiple of the class's original issue price."""
    proceeds_at_least: PositiveMoney | None = Field(default=None, examples=["50M USD"])
    """The least value of all shares at the offer price. A charter that tests the money the offering raises is met from that
    money over the part of the shares that is sold."""
    below: Literal["blocks_ipo", "keeps_preference"] = Field(json_schema_extra={READING: True})
    """What a class may do below a test: ``blocks_ipo`` stops the whole listing where a sale as agreed pays the class more, and
    everyone is paid as in that sale (Gornall and Strebulaev's own code); ``keeps_preference`` leaves the class alone as
    it is, with the better of its preference and a conversion without a ratchet, while the others become common."""
    or_vote_of: BelowOne | None = Field(default=None, examples=["50%"])
    """The part of all preferred shares, as converted, of which more than that may convert the class below a test by a vote; those
    vote for it who get no less where all convert. Without it, there is no vote."""
    in_acquisitions: bool = False
    """Whether a sale that meets the tests converts the class too: participating shares lose their participation there. The price
    that is tested is then that of a sale in which every class has converted, so a class converts at one price only,
    though what it is paid may fall as the price passes the test."""

    @model_validator(mode="after")
    def _tests_something(self) -> Self:
        if all(getattr(self, test) is None for test in TESTS):
            message = "automatic conversion states the price or the proceeds from which it happens"
            raise custom_error("automatic_conversion", message, "e.g. offer_price_multiple_at_least: 3")
        return self

    def met(self, price: Row, proceeds: Row, original_issue_price: Row) -> Bools:
        """Say where a listing at a price of one common share, with what all shares are worth, meets every test.

        >>> term = AutomaticConversion.model_construct(offer_price_multiple_at_least=3.0, below="blocks_ipo")
        >>> term.met(np.array([7.0, 8.0]), np.array([70e6, 80e6]), 2.5).tolist()
        [False, True]
        """
        least_price, least_proceeds = self.least(original_issue_price)
        return np.asarray((price >= least_price * (1 - ROUNDING)) & (proceeds >= least_proceeds * (1 - ROUNDING)))

    def least(self, original_issue_price: Row) -> tuple[Row, Row]:
        """Give the price of one common share and the proceeds that just meet the tests; 0 where one is not tested."""
        stated, multiple = self.offer_price_at_least, self.offer_price_multiple_at_least
        price = np.maximum(
            ZERO if stated is None else stated, ZERO if multiple is None else multiple * original_issue_price
        )
        return price, ZERO if self.proceeds_at_least is None else self.proceeds_at_least
