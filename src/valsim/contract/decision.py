"""What each class does at an exit: keeps what it has or converts, lets its options lapse or exercises them."""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from valsim.captable.curve import Curve, ratio, total
from valsim.captable.liquidity.breakpoints import Lines
from valsim.captable.liquidity.pay_out import Liquidity, Settlement, Table, pay_out
from valsim.captable.waterfall import CONVERTS, INDIFFERENT, KEEPS, SAME
from valsim.core.rows import Bools

_WORDS: Mapping[int, bool | str] = {KEEPS: False, CONVERTS: True, INDIFFERENT: "indifferent"}


def decisions(settled: Settlement) -> dict[str, npt.NDArray[np.object_]]:
    """Say of each class whether it converts or is exercised: True, False or "indifferent", in the shape of the proceeds."""
    others = {name: _exercised(settled, name) for name in settled.by_class if name not in settled.converts}
    codes = {**others, **settled.converts}
    words = np.array([_WORDS[code] for code in sorted(_WORDS)], dtype=object)
    return {name: np.asarray(words[codes[name]], dtype=object) for name in settled.by_class}


def converts_above(table: Table, liquidity: Liquidity, drawn: Lines[str]) -> dict[str, float]:
    """Give the proceeds above which each class first converts or is exercised; a class that never does is left out.

    Nobody changes its mind between two places where the next dollar is shared out anew, so one look between them is enough.
    """
    ends = np.append(drawn.starts[1:], 2 * drawn.starts[-1] + 1)
    decided = decisions(pay_out(table, liquidity, 0.5 * (drawn.starts + ends)))
    converts = {name: [word is True for word in words] for name, words in decided.items()}
    return {name: float(drawn.starts[does.index(True)]) for name, does in converts.items() if any(does)}


def _exercised(settled: Settlement, name: str) -> npt.NDArray[np.int8]:
    """Say where a class that becomes no other is exercised; common shares are never, nor those with a fixed return."""
    security, paid = settled.ledger.terms[name], settled.by_class[name]
    if security.is_common or not security.is_equity:
        return np.full(paid.shape, KEEPS, dtype=np.int8)
    tied = np.logical_or.reduce([*_ties(settled, name), np.zeros(paid.shape, dtype=bool)])
    lapsed = np.where(tied, INDIFFERENT, KEEPS)
    return np.where(paid > SAME * settled.price, CONVERTS, lapsed).astype(np.int8)


def _ties(settled: Settlement, name: str) -> Iterator[Bools]:
    """Say where the level is one from which on a class is worth something: there exercising and lapsing pay the same."""
    curve = _curve(settled, name)
    for call in curve.calls:
        yield np.isclose(settled.price, call.price, rtol=SAME, atol=0)
    followed = settled.ledger.terms[name].follows(name)
    filled = ratio(settled.solved.paid.claimed[followed], total(due.amount for due in _curve(settled, followed).claims))
    for claim in curve.claims:
        yield np.isclose(filled, claim.after, rtol=SAME, atol=0) & (claim.amount > 0)


def _curve(settled: Settlement, name: str) -> Curve:
    return settled.ledger.terms[name].curve(settled.ledger.outstanding(name))
