"""What became of compute credits, and what those who paid with them made at face and at what that cost them."""

import numpy as np

from valsim.analysis.spread import Plain, mean, quantiles, ratio_of_means
from valsim.result import Result
from valsim.step.compute import START


def compute_credits(result: Result) -> list[Plain]:
    """Give each batch of credits: those of the start, then those of each closing, means over all paths, at face."""
    keys = dict.fromkeys(key[1:3] for key in result.outcomes if key[0] == "credits")
    tranches = {tranche.stream: list(tranche.key) for tranche in result.scenario.tranches}
    in_order = [START, *tranches]
    return [
        {
            "provider": provider,
            "closing": tranches.get(source),
            **{
                what: mean(result.outcomes["credits", source, provider, what], result.clusters)
                for what in ("issued", "used", "expired", "left")
            },
        }
        for source, provider in sorted(keys, key=lambda key: in_order.index(key[0]))
    ]


def paid_in_kind(result: Result) -> list[Plain]:
    """Give each holder that paid with credits: its money at face and at what the credits cost it, where it invests."""
    holders = dict.fromkeys(key[1] for key in result.outcomes if key[0] == "holder" and key[2] == "invested at cost")
    return [_holder(result, name) for name in holders]


def _holder(result: Result, name: str) -> Plain:
    face, cost, proceeds, rates, rates_at_cost = (
        result.outcomes["holder", name, what]
        for what in ("invested", "invested at cost", "proceeds", "irr", "irr at cost")
    )
    put_in, of = face > 0, result.clusters
    return {
        "name": name,
        "invested": mean(face, of),
        "invested_at_cost": mean(cost, of),
        "moic": ratio_of_means(proceeds[put_in], face[put_in], of[put_in]),
        "moic_at_cost": ratio_of_means(proceeds[put_in], cost[put_in], of[put_in]),
        "irr": {"quantiles": quantiles(rates[put_in & np.isfinite(rates)])},
        "irr_at_cost": {"quantiles": quantiles(rates_at_cost[put_in & np.isfinite(rates_at_cost)])},
    }
