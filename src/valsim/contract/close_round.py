"""Closing one round on one cap table: its price, what it issues, and who owns what before and after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from os import PathLike
from typing import Any, TypeAlias, cast

import numpy as np

from valsim.captable.curve import total
from valsim.captable.financing.attempt import Attempt
from valsim.captable.financing.closing import Closing
from valsim.captable.financing.fund import Funded, fund
from valsim.captable.financing.outcome import Outcome
from valsim.captable.financing.price import Priced
from valsim.captable.financing.tranche import Tranche, shadow_series, tranches
from valsim.captable.ledger import UNISSUED, Ledger
from valsim.contract.closed_round import Change, ClosedRound, ClosingResult, ConversionShares
from valsim.contract.contract import CapTableSource, Contract, document_of
from valsim.contract.no_price import no_price
from valsim.contract.table_after import captable_after
from valsim.contract.undecided import undecided, undecided_problems, without
from valsim.core.parameter import at_medians
from valsim.core.rows import NOWHERE, Row
from valsim.core.streams import Streams
from valsim.scenario.load_round import JudgedRound, as_written, judged_round
from valsim.scenario.report_problems import scenario_error
from valsim.scenario.round_document import RoundDocument
from valsim.scenario.text.document import Document

RoundSource: TypeAlias = str | PathLike[str] | Mapping[str, Any] | RoundDocument
"""A round: the path of its file, a text or a mapping that says what such a file does, or one that was read."""
MEDIAN = 0.5


class _Medians:
    """Random numbers for a contract alone: a chance above a half comes true, and one below it does not."""

    def once(self, name: str) -> Row:
        """Give the number in the middle, whatever it decides."""
        del name
        return np.full(1, MEDIAN)


def close_round(captable: CapTableSource, round: RoundSource, on: date | str | None = None) -> ClosedRound:
    """Close a round on a cap table: one price that satisfies all its terms, and what it does to everybody's shares.

    ``captable`` is what :func:`valsim.waterfall` takes, also the ``captable`` of a round that was closed before; ``round`` the
    path of a round's file, or a text or a mapping that says the same. ``on`` is the day of closings that state none, needed
    only where something grows with time and the cap table has no ``as_of``.

    Raises :class:`~valsim.core.errors.ScenarioError` for a wrong cap table or round, and where no price satisfies the terms.

    >>> closed = close_round(
    ...     {"classes": {"common": {"kind": "common", "shares": 8_000_000}}},
    ...     {"name": "series_a", "new_money": 4_000_000, "pre_money_valuation": 16_000_000},
    ... )
    >>> closed.price_per_share, closed.shares_issued, closed.ownership["other series_a investors"].after
    (2.0, {'other series_a investors': 2000000.0}, 0.2)
    """
    contract = Contract.read(captable)
    text = document_of(round)
    return closed(contract, text, judged_round(text, contract.document), on)


def closed(contract: Contract, text: Document, judged: JudgedRound, on: date | str | None) -> ClosedRound:
    """Close a round that was read on a contract that was (see :func:`close_round`)."""
    day = contract.day(on)
    terms: RoundDocument = at_medians(judged.document)
    open_rights = undecided(contract.table.ledger)
    before = without(contract.table.ledger, open_rights)
    steps = list(_steps(contract, text, _decided(terms), before, contract.dated(on), int(day)))
    after = steps[-1].after
    last, closed_on = steps[-1].day, steps[-1].result.on
    warnings = (*contract.warnings, *judged.warnings, *undecided_problems(open_rights), *contract.unplayed(closed_on))
    return ClosedRound(
        round=terms.name,
        currency=contract.document.currency or terms.currency,
        closings=tuple(step.result for step in steps),
        conversions=_conversions(steps),
        conversion_prices=_conversion_prices(before, after),
        pool=Change(_unissued(before), _unissued(after)),
        fully_diluted=Change(
            *(float(each.fully_diluted()) for each in (before.accrued_to(day), after.accrued_to(last)))
        ),
        shares=_compared(_shares(before), _shares(after)),
        ownership=_compared(*(_owned(each.ownership()) for each in (before.accrued_to(day), after.accrued_to(last)))),
        ownership_by_class=_compared(_by_class(before.accrued_to(day)), _by_class(after.accrued_to(last))),
        captable=captable_after(contract.document, after, contract.dated(on)),
        warnings=tuple(problem.sentence for problem in warnings),
    )


def _decided(terms: RoundDocument) -> RoundDocument:
    """Give the round in which every closing happens and nobody defaults."""
    certain = {"when": None, "probability": np.asarray(1.0), "default": None}
    return terms.but(at_most=1, drawn_terms={}, closings=tuple(closing.but(**certain) for closing in terms.closings))


@dataclass(frozen=True)
class _Step:
    """One closing and the ledger around it, all numbers scalars."""

    tranche: Tranche
    before: Ledger
    after: Ledger
    day: int
    priced: Priced
    result: ClosingResult


def _steps(
    contract: Contract, text: Document, terms: RoundDocument, ledger: Ledger, on: date | None, day: int
) -> Iterator[_Step]:
    agreed, raised = np.full(1, np.nan), np.zeros(1)
    for tranche in tranches((terms,), on or date.min, on or date.min):
        at = tranche.closing.at
        today = at.toordinal() if at else day
        attempt = Attempt(tranche, np.ones(1, bool), NOWHERE, agreed, today, raised=raised)
        outcome = Outcome.still_open(1)
        done = fund(attempt, ledger, outcome, {}, cast("Streams", _Medians()))
        if done.priced is None or not done.outcome.funded.all():
            raise scenario_error([as_written(no_price(attempt, ledger, contract.document.currency), text)], text)
        after, result = done.ledger.at(0), _result(tranche, at or on, ledger.accrued_to(today), done)
        yield _Step(tranche, ledger, after, today, done.priced, result)
        raised = raised + done.outcome.new_money
        ledger, agreed = after, done.outcome.price_per_share if np.isnan(agreed).all() else agreed


def _result(tranche: Tranche, on: date | None, before: Ledger, done: Funded) -> ClosingResult:
    price, money = (float(row[0]) for row in (done.outcome.price_per_share, done.outcome.new_money))
    payments = {name: float(np.ravel(paid)[0]) for name, paid in done.payments.items()}
    payments = {name: paid for name, paid in payments.items() if paid > 0}
    effective = price * float(before.fully_diluted())
    return ClosingResult(
        name=tranche.name,
        on=on,
        price_per_share=price,
        pre_money_valuation=_stated(tranche.closing, money, effective),
        effective_pre_money_valuation=effective,
        post_money_valuation=float(done.outcome.post_money_valuation[0]),
        new_money=money,
        new_shares=money / price,
        payments=payments,
        shares_issued={name: paid / price for name, paid in payments.items()},
    )


def _stated(closing: Closing, money: float, effective: float) -> float:
    if closing.pre_money_valuation is not None:
        return float(closing.pre_money_valuation)
    return effective if closing.post_money_valuation is None else float(closing.post_money_valuation) - money


def _conversions(steps: list[_Step]) -> dict[str, ConversionShares]:
    """Give what each convertible turned into, at the closing that converted it."""
    return {
        name: ConversionShares(_converted_series(step, name), shares, float(np.ravel(found.price)[0]))
        for step in steps
        for name, found in step.priced.conversions.items()
        if (shares := float(np.ravel(found.shares)[0])) > 0
    }


def _converted_series(step: _Step, name: str) -> str:
    shadow = shadow_series(step.tranche.series, name)
    return shadow if shadow in step.after.series else step.tranche.series


def _conversion_prices(before: Ledger, after: Ledger) -> dict[str, Change]:
    """Give the conversion price of each class that has one, before and after."""
    terms = {name: (security, after.series[name]) for name, security in before.series.items() if security.converts}
    return {name: Change(*(float(each.conversion_price) for each in both)) for name, both in terms.items()}  # type: ignore[attr-defined]


def _unissued(ledger: Ledger) -> float:
    return float(total(row for (holder, _), row in ledger.lots.items() if holder == UNISSUED))


def _shares(ledger: Ledger) -> dict[str, float]:
    return {name: float(ledger.shares(name)) for name in ledger.series}


def _owned(parts: Mapping[str, Row]) -> dict[str, float]:
    return {name: float(part) for name, part in parts.items()}


def _by_class(ledger: Ledger) -> dict[str, float]:
    lots, everything = ledger.as_converted(), float(ledger.fully_diluted())
    counted = {name: float(total(row for (_, of), row in lots.items() if of == name)) for name in ledger.series}
    return {name: shares / everything for name, shares in counted.items()}


def _compared(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, Change]:
    names = dict.fromkeys((*before, *after))
    return {name: Change(before.get(name, 0.0), after.get(name, 0.0)) for name in names}
