"""The waterfall of one cap table: who is paid what out of the proceeds of an exit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from valsim.captable.curve import ratio, total
from valsim.captable.ledger import UNISSUED
from valsim.captable.liquidity.breakpoints import lines
from valsim.captable.liquidity.pay_out import Liquidity, Settlement, pay_out
from valsim.contract.contract import CapTableSource, Contract
from valsim.contract.decision import converts_above, decisions
from valsim.contract.later import Later, later_payments
from valsim.contract.next_dollar import Stretch, next_dollar
from valsim.core.block import shown
from valsim.core.liquidity import LiquidityKind
from valsim.core.rows import Row
from valsim.core.shown import Shown

Decisions: TypeAlias = npt.NDArray[np.object_]
"""``True``, ``False`` or ``"indifferent"``."""


@dataclass(frozen=True)
class ClassPayout:
    """What a class is paid; arrays of the shape of the proceeds.

    ``converts`` says whether preferred shares become common, whether a SAFE or a note takes its shares, and whether options and
    warrants are exercised: ``True``, ``False``, or ``"indifferent"`` where both pay the same. Common shares never do.
    """

    kind: str
    shares: float
    payout: Row
    per_share: Row
    converts: Decisions

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "kind": self.kind,
            "shares": self.shares,
            "payout": self.payout.tolist(),
            "per_share": self.per_share.tolist(),
            "converts": self.converts.tolist(),
        }


@dataclass(frozen=True)
class PositionPayout:
    """What a holder is paid, in all and by class; arrays of the shape of the proceeds."""

    payout: Row
    by_class: Mapping[str, Row]

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "payout": self.payout.tolist(),
            "classes": {name: {"payout": row.tolist()} for name, row in self.by_class.items()},
        }


@dataclass(frozen=True)
class Waterfall(Shown):
    """Who is paid what out of some proceeds of an exit; arrays have the shape of the proceeds.

    ``debt`` is what all ``lenders`` are paid; with ``transaction_costs``, ``carve_out`` and the classes it adds up to the proceeds.
    ``breakpoints`` are the proceeds at which some class's part of the next dollar changes, ``discontinuities`` those at which
    another regime holds and payouts jump, and ``next_dollar`` says who gets the next dollar between them. ``converts_above`` holds
    the proceeds above which each class first converts or is exercised; a class that never does is not in it. ``later`` says what
    payments after the closing add.
    """

    name: str
    exit: LiquidityKind
    on: date | None
    currency: str
    proceeds: Row
    transaction_costs: Row
    debt: Row
    lenders: Mapping[str, Row]
    carve_out: Row
    classes: Mapping[str, ClassPayout]
    positions: Mapping[str, PositionPayout]
    breakpoints: tuple[float, ...]
    discontinuities: tuple[float, ...]
    next_dollar: tuple[Stretch, ...]
    converts_above: Mapping[str, float]
    warnings: tuple[str, ...] = ()
    later: tuple[Later, ...] = ()

    @property
    def payees(self) -> dict[str, Row]:
        """What everybody is paid: costs, lenders, the carve-out and the classes; together, the proceeds."""
        first = {"transaction_costs": self.transaction_costs, **self.lenders, "carve_out": self.carve_out}
        return first | {name: each.payout for name, each in self.classes.items()}

    def as_dict(self) -> dict[str, Any]:
        """Give all of it as plain data, as the command writes it in JSON."""
        return {
            "name": self.name,
            "exit": self.exit,
            "on": None if self.on is None else self.on.isoformat(),
            "currency": self.currency,
            "proceeds": self.proceeds.tolist(),
            "breakpoints": list(self.breakpoints),
            "discontinuities": list(self.discontinuities),
            "transaction_costs": self.transaction_costs.tolist(),
            "debt": self.debt.tolist(),
            "lenders": {name: {"payout": row.tolist()} for name, row in self.lenders.items()},
            "carve_out": self.carve_out.tolist(),
            "classes": {name: each.as_dict() for name, each in self.classes.items()},
            "positions": {name: each.as_dict() for name, each in self.positions.items()},
            "next_dollar": [stretch.as_dict() for stretch in self.next_dollar],
            "converts_above": dict(self.converts_above),
            "warnings": list(self.warnings),
            **({"later": [each.as_dict() for each in self.later]} if self.later else {}),
        }


def waterfall(
    captable: CapTableSource,
    proceeds: npt.ArrayLike,
    exit: LiquidityKind = "acquisition",
    on: date | str | None = None,
    later: npt.ArrayLike = (),
) -> Waterfall:
    """Pay out the proceeds of an exit to the classes and the holders of a cap table.

    ``captable`` is the path of a cap table or of a scenario, a text or a mapping that says the same, or one that was read.
    ``proceeds`` is what the exit pays, debt included, of any shape; at a listing the value of all shares at the offer price.
    ``on`` is the day, needed only where something grows with time and the cap table has no ``as_of``. ``later`` are amounts that
    are paid after the closing, one after the other, such as an escrow that is released: each adds what it adds to the waterfall.

    Raises :class:`~valsim.core.errors.ScenarioError` for a wrong cap table, ValueError for proceeds that are no money and for an
    unknown exit.

    >>> table = '''
    ... classes:
    ...   common: {kind: common, shares: 8M}
    ...   series_a: {kind: preferred, shares: 2M, original_issue_price: 2.5, liquidation_preference_multiple: 1,
    ...     participation: none, seniority: 1}
    ... '''
    >>> paid = waterfall(table, [15e6, 35e6])
    >>> paid.classes["series_a"].payout.tolist(), paid.classes["series_a"].converts.tolist(), paid.breakpoints
    ([5000000.0, 7000000.0], [False, True], (5000000.0, 25000000.0))
    """
    if exit not in get_args(LiquidityKind):
        raise ValueError(f"expected an exit of {', '.join(get_args(LiquidityKind))}, got {exit!r}")
    return waterfall_of(Contract.read(captable), _amounts(proceeds), exit, on, np.ravel(_amounts(later)).tolist())


def _amounts(proceeds: npt.ArrayLike) -> Row:
    try:
        return np.asarray(proceeds, dtype=float)
    except (TypeError, ValueError):
        message = f"expected the proceeds as a number or an array of numbers, such as 10e6, got {shown(proceeds)}"
        raise ValueError(message) from None


def waterfall_of(
    contract: Contract, proceeds: Row, kind: LiquidityKind, on: date | str | None, later: Sequence[float] = ()
) -> Waterfall:
    """Pay out proceeds of any shape under a contract that was read (see :func:`waterfall`)."""
    liquidity = Liquidity(kind, "by_charter", contract.day(on))
    settled = pay_out(contract.table, liquidity, proceeds)
    drawn = lines(contract.table, liquidity)
    return Waterfall(
        name=contract.document.name,
        exit=kind,
        on=contract.dated(on),
        currency=contract.document.currency,
        proceeds=proceeds,
        transaction_costs=settled.first.transaction_costs,
        debt=settled.first.lent,
        lenders=settled.first.debt,
        carve_out=settled.first.carve_out,
        classes=_classes(settled),
        positions=_positions(settled),
        breakpoints=tuple(drawn.starts[drawn.bends].tolist()),
        discontinuities=tuple(drawn.starts[drawn.jumps].tolist()),
        next_dollar=next_dollar(drawn),
        converts_above=converts_above(contract.table, liquidity, drawn),
        warnings=tuple(problem.sentence for problem in (*contract.warnings, *contract.unplayed(on))),
        later=tuple(later_payments(contract.table, liquidity, proceeds, settled, later)),
    )


def _classes(settled: Settlement) -> dict[str, ClassPayout]:
    converts = decisions(settled)
    found = {}
    for name, payout in settled.by_class.items():
        shares, terms = settled.ledger.outstanding(name), settled.ledger.series[name]
        found[name] = ClassPayout(
            getattr(terms, terms.tag), float(shares), payout, ratio(payout, shares), converts[name]
        )
    return found


def _positions(settled: Settlement) -> dict[str, PositionPayout]:
    holders = [name for name in settled.ledger.holders if name != UNISSUED]
    lots = settled.by_lot
    mine = {name: {series: row for (holder, series), row in lots.items() if holder == name} for name in holders}
    return {name: PositionPayout(np.asarray(total(rows.values())), rows) for name, rows in mine.items()}
