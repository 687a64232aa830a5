"""The base of every exit: when it may come, what it pays, and how shares are treated in it."""

from abc import abstractmethod
from typing import Any, NamedTuple

import numpy as np

from valsim.core.block import Kind
from valsim.core.liquidity import LiquidityKind, Treatment
from valsim.core.rows import NOWHERE, Bools, Row, Rows
from valsim.exits.term.earn_out import EarnOut

NOTHING, ALL = np.zeros(()), np.ones(())


class Stage(NamedTuple):
    """A payment of the buyer: the part of what shareholders get together, and how long after the exit, in years."""

    part: Row
    after: Row


class Sale(NamedTuple):
    """What a holder gets for shares that it sells, over what all of its shares are worth at the exit.

    It comes in equal amounts at some times after the payment, in years.
    """

    worth: Row
    after: tuple[Row, ...]


AT_ONCE = (Stage(ALL, NOTHING),)
"""A buyer that pays everything at the exit."""
CASH = (Sale(ALL, (NOTHING,)),)
"""A holder that is paid money."""


class Exit(Kind, member_of="exit"):
    """How a path ends: by chance (:meth:`intensity`) or because it must (:meth:`forced`)."""

    @abstractmethod
    def proceeds(self, rows: Rows) -> Row:
        """Give what shareholders get together, after debt, shape ``(n_paths,)``."""

    def intensity(self, rows: Rows) -> Row:
        """Give the hazard per year now, shape ``(n_paths,)``; exits compete by it."""
        del rows
        return np.asarray(0.0)

    def forced(self, rows: Rows) -> Bools:
        """Say where the company must end now, once every raise has failed, shape ``(n_paths,)``."""
        del rows
        return NOWHERE

    @property
    def liquidity(self) -> LiquidityKind:
        """What the exit is to a contract."""
        return "acquisition"

    @property
    def treatment(self) -> Treatment:
        """How preferred shares are treated."""
        return "as_agreed"

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The payments of the buyer, by date; their parts add up to 1."""
        return AT_ONCE

    def sales(self, holder: str) -> tuple[Sale, ...]:
        """Give what a holder sells, by date; of one exit it is equally many sales at the same times for everybody."""
        del holder
        return CASH

    @property
    def stage_forms(self) -> tuple[str, ...]:
        """What the payments of the buyer are called, by date; one that is still to be earned among them."""
        return ("paid at the exit",)

    @property
    def sale_forms(self) -> tuple[str, ...]:
        """What the sales of holders are called, by date; money that is nothing but itself has no name."""
        return ("",)

    @property
    def contingent(self) -> EarnOut | None:
        """What the buyer may still owe after the exit."""
        return None

    @property
    def raises(self) -> bool:
        """Whether the company itself may raise money at the exit."""
        return False

    def raised(self, rows: Rows) -> Row:
        """Give what the company itself raises at the exit, before fees, shape ``(n_paths,)``."""
        del rows
        return NOTHING


def with_kinds(exits: Any) -> Any:
    """Give exits in plain data with the kind of every one that is named by it.

    >>> with_kinds({"ipo": {"discount": "10%"}})
    {'ipo': {'kind': 'ipo', 'discount': '10%'}}
    """
    return {name: _with_kind(name, body) for name, body in exits.items()} if isinstance(exits, dict) else exits


def _with_kind(name: str, body: Any) -> Any:
    return {"kind": name, **body} if isinstance(body, dict) and name in Exit.kinds else body


def after_debt(value: Row, rows: Rows) -> Row:
    """Give what is left for shareholders of a value that debt is paid from first, never below zero."""
    left: Row = np.maximum(value - rows["debt"], 0.0)
    return left


def sold(discount: Row, rows: Rows) -> Row:
    """Give what shareholders get of a sale at a discount below the enterprise value, with the cash and after debt."""
    return after_debt(rows["enterprise_value"] * (1 - discount) + rows["cash"], rows)
