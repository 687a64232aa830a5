"""What each holder puts in and gets out."""

import numpy as np

from valsim.analysis.asking import prices
from valsim.analysis.break_even import break_evens
from valsim.analysis.cash import cash_by_year
from valsim.analysis.liquidity import still_illiquid, time_to_liquidity
from valsim.analysis.loss import causes_of_loss
from valsim.analysis.measure.irr_of_expected_cash_flows import irr_of_expected_cash_flows
from valsim.analysis.measured import Measured
from valsim.analysis.spread import Plain, chance, mean, number, quantiles, ratio, ratio_of_means, spread
from valsim.analysis.tail import tails
from valsim.analysis.tranches import funded, settled_codes
from valsim.captable.financing.outcome import ENDED, REASONS
from valsim.captable.ledger import Ledger
from valsim.core.rows import Bools, Row
from valsim.outcome.loss import lost
from valsim.result import Result, under
from valsim.scenario.names import holder_names

NOT_FUNDED = "its closing is not funded"


def holders(result: Result) -> list[Plain]:
    """Give each holder who ever holds anything: ``me`` and other buyers first, then the document's order."""
    ledger = result.opening_ledger
    values = break_evens(result, ledger)
    names = [name for name in holder_names(result.scenario) if _counts(result, name)]
    return [{**_holder(result, ledger, name), "break_even": values.get(name)} for name in names]


def _counts(result: Result, name: str) -> bool:
    # A position that never came about stays: its reader looks for it.
    return name in result.scenario.positions or any(
        np.any(result.outcomes["holder", name, what]) for what in ("invested", "proceeds", "ownership at exit")
    )


def _holder(result: Result, ledger: Ledger, name: str) -> Plain:
    def row(what: str) -> Row:
        return result.outcomes["holder", name, what]

    invested, proceeds = row("invested"), row("proceeds")
    put_in, of = invested > 0, result.clusters
    there = of[put_in]
    loss = chance(lost(invested, proceeds)[put_in], there)
    return {
        "name": name,
        "invested": spread(invested, of),
        "ownership_at_exit": spread(row("ownership at exit"), of),
        "proceeds": spread(proceeds, of),
        "before_exit": mean(proceeds - row("at exit"), of),
        "from_exit": mean(row("realised") - (proceeds - row("at exit")), of),
        "realised": mean(row("realised"), of),
        "unrealised": mean(proceeds - row("realised"), of),
        "carry": mean(row("carry"), of),
        "moic": ratio(proceeds[put_in], invested[put_in], there),
        "dpi": ratio_of_means(row("realised")[put_in], invested[put_in], there),
        "rvpi": ratio_of_means((proceeds - row("realised"))[put_in], invested[put_in], there),
        "irr": rates_of_return(result, name, put_in),
        "probability_of_loss": loss["mean"],
        "probability_of_loss_standard_error": loss["standard_error"],
        "loss_causes": causes_of_loss(result, name, put_in),
        "tail": tails(row("gain today")[put_in], result.outcomes["holder", name, "paid today"][put_in], there),
        "present_value": spread(result.valued["holder", name, "present value"], of),
        "invested_today": mean(result.valued["holder", name, "paid today"], of),
        "marketable": marketable(result, name),
        "prices": prices(result, name),
        "cost_known": _cost_known(ledger, name),
        "position": name in result.scenario.positions,
        "never_invested": float(np.mean(~put_in)),
        "never_invested_because": _because(result, name, ~put_in),
        "cash_by_year": cash_by_year(result, name),
        "liquidity_years": {"quantiles": quantiles(result.outcomes["paid at",][proceeds > 0])},
        "illiquid": still_illiquid(result, put_in),
        "time_to_liquidity": time_to_liquidity(result, put_in),
    }


def rates_of_return(result: Result, name: str, put_in: Bools) -> Plain:
    """Give the internal rates of return where a holder invests, and that of its expected cash flows.

    ``none`` and ``several`` are the parts of those paths without a rate, as money back on the day it was paid has none, and with
    more than one, of which one is counted.
    """
    rates, there = result.outcomes["holder", name, "irr"][put_in], result.clusters[put_in]
    known, several = rates[np.isfinite(rates)], result.outcomes["holder", name, "several rates"][put_in]
    below, pooled = (
        chance(known < 0, there[np.isfinite(rates)]),
        irr_of_expected_cash_flows(result, name) if put_in.any() else Measured(np.nan),
    )
    return {
        "quantiles": quantiles(known),
        "probability_negative": below["mean"],
        "probability_negative_standard_error": below["standard_error"],
        "none": chance(~np.isfinite(rates), there)["mean"],
        "several": chance(several > 0, there)["mean"],
        "of_expected_cash_flows": number(pooled.value),
        "of_expected_cash_flows_standard_error": number(pooled.standard_error) if np.isfinite(pooled.value) else None,
    }


def marketable(result: Result, name: str) -> Plain | None:
    """Give the present value of a position before and after the stated discount for lack of marketability; nothing without one."""
    discount = result.valued.get(("holder", name, "discount"))
    if discount is None:
        return None
    before = result.valued["holder", name, "present value"]
    kind = result.scenario.positions[name].marketability
    return {
        "kind": getattr(kind, "kind", None),
        "discount": number(np.mean(discount)),
        "present_value_before": mean(before, result.clusters),
        "present_value_after": mean(before * (1 - discount), result.clusters),
    }


def _because(result: Result, name: str, never: Bools) -> dict[str, float]:
    """Give why a position of the document was not bought, and on which part of the paths, the commonest reason first."""
    if name not in result.scenario.positions:
        return {}
    found = {reason: row & never for (reason,), row in under(result.outcomes, "refused", name).items()}
    for tranche in (each for each in result.scenario.tranches if name in each.buyers):
        found[NOT_FUNDED] = never & ~funded(result, tranche) & (settled_codes(result, tranche) != ENDED)
    found[REASONS[ENDED]] = never & ~np.any(list(found.values()) or [~never], axis=0)
    shares = {reason: float(np.mean(row)) for reason, row in found.items() if row.any()}
    return dict(sorted(shares.items(), key=lambda item: -item[1]))


def _cost_known(ledger: Ledger, holder: str) -> bool:
    """Say whether every opening share of a holder has a price; of founders' common it is not known what was paid."""
    held = [series for name, series in ledger.lots if name == holder]
    return all(ledger.series[series].cost_of_one is not None for series in held)
