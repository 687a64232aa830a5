"""What a refresh of an option pool does to the ledger."""

import numpy as np

from valsim.captable.curve import ZERO, total
from valsim.captable.financing.pool_top_up import PoolTerms
from valsim.captable.financing.protected import lowered
from valsim.captable.ledger import OTHERS, UNISSUED, Ledger
from valsim.captable.measure import stated
from valsim.captable.security.option import Option
from valsim.captable.term.anti_dilution import Issue, Source
from valsim.captable.term.pool_refresh import Refresh
from valsim.core.rows import Bools, Row


def refreshed(ledger: Ledger, refresh: Refresh, where: Bools, last_round: Row) -> Ledger:
    """Give the ledger with the pool enlarged and options granted out of it, on the paths of ``where``.

    ``last_round`` is the price per share of the last round. Shapes ``(n_paths,)``.
    """
    enlarged = _enlarged(ledger, refresh, where)
    return enlarged if refresh.terms.granted_per_year is None else _granted(enlarged, refresh, where, last_round)


def _enlarged(ledger: Ledger, refresh: Refresh, where: Bools) -> Ledger:
    everything, pool = _fully_diluted(ledger, refresh), refresh.pool
    increase = ZERO if refresh.terms.by is None else refresh.terms.by * everything
    added = PoolTerms(refresh.terms.to, increase, _unissued(ledger)).top_up(everything)
    return ledger.issue(pool, ledger.series[pool], {UNISSUED: np.where(where, added, 0.0)})


def _granted(ledger: Ledger, refresh: Refresh, where: Bools, last_round: Row) -> Ledger:
    terms, left = refresh.terms, ledger.held(UNISSUED, refresh.pool)
    options = np.where(where, np.minimum(stated(terms.granted_per_year) * _fully_diluted(ledger, refresh), left), 0.0)
    price = terms.price(last_round)
    issue = Issue(price, options, Source("option_pool", refresh.series, refresh.day.toordinal()))
    option = Option.model_construct(issued=refresh.day, exercise_price=price, vested=terms.vested)
    after = lowered(ledger, issue).issue(refresh.series, option, {OTHERS: np.zeros(options.shape)})
    after = after.transfer(refresh.pool, UNISSUED, OTHERS, options)
    return after.exchange(OTHERS, refresh.pool, options, refresh.series, options)


def _fully_diluted(ledger: Ledger, refresh: Refresh) -> Row:
    """Count all shares, those of dividends that were paid in kind so far included."""
    return ledger.accrued_to(refresh.day.toordinal()).fully_diluted()


def _unissued(ledger: Ledger) -> Row:
    return total(shares for (holder, _), shares in ledger.lots.items() if holder == UNISSUED)
