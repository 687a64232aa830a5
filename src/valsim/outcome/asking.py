"""What a buyer of existing shares could pay: its money by path, apart from the price, at one rate.

What shares pay does not hang on what was paid for them, except for the carry of the vehicle. So one run tells what the purchase is
worth at any price.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from valsim.captable.curve import total
from valsim.captable.purchase.base import Bid
from valsim.captable.transfer import Flow
from valsim.core.rows import Row
from valsim.outcome.money import Receipt
from valsim.outcome.settled import Settled
from valsim.result import Columns
from valsim.value.measure import discount_factor

Looked: TypeAlias = Callable[[Bid], Row | None]
"""Gives the rate at which a purchase is looked at; nothing where it is not."""
Moments: TypeAlias = Callable[[Receipt], tuple[Row, ...]]
"""Gives the times from which a payment of the exit is discounted, in equal parts."""


def at_target(settled: Settled) -> Columns:
    """Give what a purchase is made of at the return that its buyer wants, each payment discounted from the days it comes."""
    return _asking(settled, lambda bid: bid.target_return, lambda receipt: receipt.times)


def at_risk_free_rate(settled: Settled) -> Columns:
    """Give what a purchase is made of at the risk-free rate, as present values are."""
    return _asking(settled, lambda _: settled.scenario.measure.risk_free, lambda receipt: (receipt.valued,))


def _asking(settled: Settled, rate_of: Looked, moments: Moments) -> Columns:
    """Give, for each purchase of existing shares, what its worth at a price is made of; columns of shape ``(n_paths,)``.

    ``shares`` bought, the ``price`` of the document, ``fees`` and ``carry`` on them, and the ``factor`` of what is paid for them; ``received`` by each payment of the exit before carry, and its
    ``factor``; ``other paid`` and ``other received`` before the end at face, and the ``balance`` of both today.
    """
    columns: Columns = {}
    for name, purchase in settled.scenario.positions.items():
        rate = None if purchase.bid is None else rate_of(purchase.bid)
        if purchase.bid is not None and rate is not None:
            rows = _parts(settled, name, purchase.bid, rate, moments)
            columns |= {("asking", name, *what): row for what, row in rows.items()}
    return columns


def _parts(settled: Settled, name: str, bid: Bid, rate: Row, moments: Moments) -> Columns:
    state, money = settled.state, settled.money[name]
    bought = state.flows.get((f"positions.{name}", name), Flow(name, np.zeros(()), np.zeros(())))
    others = (flow for flow in money.earlier if flow is not bought)
    found: Columns = {
        ("shares",): -bought.amount / (1 + bid.fees) / bid.price_per_share,
        ("price",): bid.price_per_share,
        ("fees",): bid.fees,
        ("carry",): bid.carry,
        ("factor",): discount_factor(rate, bought.time),
        ("other paid",): money.invested + bought.amount,
        ("other received",): money.sales,
        ("balance",): total(flow.amount * discount_factor(rate, np.maximum(flow.time, 0.0)) for flow in others),
    }
    for number, receipt in enumerate(money.receipts, 1):
        times = moments(receipt)
        found["received", f"{number}"] = receipt.amount + receipt.carry
        found["factor", f"{number}"] = total(discount_factor(rate, time) for time in times) / len(times)
    return found
