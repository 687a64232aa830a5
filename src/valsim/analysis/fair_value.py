"""Fair value beside the headline: what the last price says of the company, and what its classes are worth on the paths."""

from typing import Any, NamedTuple

import numpy as np

from valsim.analysis.health import present_value
from valsim.analysis.measured import Measured
from valsim.analysis.spread import Plain, number
from valsim.captable.financing.last_round import last_priced
from valsim.captable.financing.tranche import Tranche
from valsim.captable.ledger import Ledger
from valsim.result import Result
from valsim.value.fair_value.by_class import Priced, headline_if_any


class Headline(NamedTuple):
    """What the price that was paid last says: of one common share, and of all fully diluted ones, the unissued pool included."""

    priced: Priced
    per_common: float
    post_money_valuation: float


def headline(result: Result) -> Headline | None:
    """Give the headline of the opening cap table; nothing where no class has a price, or nobody holds one that converts."""
    ledger, series = result.opening_ledger, last_priced(result.scenario.captable.classes)
    if series is None or not float(ledger.outstanding(series)):
        return None
    priced = Priced(series, float(ledger.series[series].original_issue_price))  # type: ignore[attr-defined]
    per_common = headline_if_any(ledger, priced)
    return None if per_common is None else Headline(priced, per_common, per_common * float(ledger.fully_diluted()))


def fair_value(result: Result) -> Plain:
    """Give what all classes and each of them are worth today, and by how much the headline is above that.

    ``overvaluation`` is headline over fair value, less 1; of a class, the common shares that one converts into at the last price,
    over what one is worth. ``standard_error`` is that of a value, ``per_share_standard_error`` that of a share. ``closings`` say what a share bought there costs and is worth, both as of today. It has the keys of
    ``valsim fair-value``, and every number is risk-neutral.
    """
    last, ledger, worth = headline(result), result.opening_ledger, Measured.mean(present_value(result), result.clusters)
    return {
        "measure": "risk_neutral",
        "price": {} if last is None else {last.priced.name: number(last.priced.price)},
        "post_money_valuation": None if last is None else number(last.post_money_valuation),
        "fair_value": number(worth.value),
        "standard_error": number(worth.standard_error),
        **_over(overvaluation(result)),
        "common": next((name for name, terms in ledger.series.items() if terms.is_common), None),
        "classes": {name: _class(result, ledger, name) for name in ledger.series},
        "closings": [_closing(result, tranche) for tranche in result.scenario.tranches],
    }


def per_share(result: Result, series: str) -> Measured:
    """Measure what a share of a class is worth today, over the paths on which somebody holds any."""
    worth = result.valued["class", series, "present value per share"]
    return Measured.mean_where(worth, np.isfinite(worth), result.clusters)


def overvaluation(result: Result) -> Measured:
    """Measure the headline over what all opening classes are worth, less 1; NaN without a price."""
    last, worth = headline(result), Measured.mean(present_value(result), result.clusters)
    over: Measured = (np.nan if last is None else last.post_money_valuation) / worth - 1
    return over


def overvaluation_of_class(result: Result, series: str) -> Measured:
    """Measure the last price of the common shares that a share converts into over what it is worth, less 1.

    NaN of a class that converts into none, and of one that there is not yet.
    """
    last, ledger = headline(result), result.opening_ledger
    there = last is not None and series in ledger.series
    common = float(ledger.terms[series].as_converted(np.ones(()))) if there else 0.0
    price = last.per_common * common if last is not None and common else np.nan
    over: Measured = price / per_share(result, series) - 1
    return over


def overvaluation_of_closing(result: Result, tranche: Tranche) -> Measured:
    """Measure the price of a share bought at a closing over what it is worth, less 1, where it is funded; NaN where it never is."""
    price, worth = _bought(result, tranche)
    over: Measured = price / worth - 1
    return over


def _class(result: Result, ledger: Ledger, name: str) -> dict[str, Any]:
    value = Measured.mean(result.valued["class", name, "present value"], result.clusters)
    share = per_share(result, name)
    return {
        "shares": number(ledger.outstanding(name)),
        "per_share": number(share.value),
        "per_share_standard_error": number(share.standard_error),
        "value": number(value.value),
        "standard_error": number(value.standard_error),
        **_over(overvaluation_of_class(result, name)),
    }


def _closing(result: Result, tranche: Tranche) -> Plain:
    """Give the price of a share at a closing and what it is worth, both as of today, over the paths on which it is funded."""
    price, worth = _bought(result, tranche)
    return {
        "round": tranche.round,
        "tranche": tranche.name,
        "price_today": number(price.value),
        "per_share": number(worth.value),
        "per_share_standard_error": number(worth.standard_error),
        **_over(overvaluation_of_closing(result, tranche)),
    }


def _bought(result: Result, tranche: Tranche) -> tuple[Measured, Measured]:
    price, worth = (result.valued["tranche", *tranche.key, what] for what in ("price today", "share today"))
    there, of = np.isfinite(worth), result.clusters
    return Measured.mean_where(price, there, of), Measured.mean_where(worth, there, of)


def _over(over: Measured) -> Plain:
    return {"overvaluation": number(over.value), "overvaluation_standard_error": number(over.standard_error)}
