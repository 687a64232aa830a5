"""What each class does at an exit: keeps what it has or converts, lets its options lapse or exercises them."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from valsim.captable.pay_out import CONVERTS, INDIFFERENT, KEEPS, SAME, Settlement

_WORDS: Mapping[int, bool | str] = {KEEPS: False, CONVERTS: True, INDIFFERENT: "indifferent"}


def decisions(settled: Settlement) -> dict[str, npt.NDArray[np.object_]]:
    """Say of each class whether it converts or is exercised: True, False or "indifferent", in the shape of the proceeds."""
    codes = {name: settled.converts.get(name, _exercised(settled, name)) for name in settled.by_class}
    words = np.array([_WORDS[code] for code in sorted(_WORDS)], dtype=object)
    return {name: np.asarray(words[code], dtype=object) for name, code in codes.items()}


def _exercised(settled: Settlement, name: str) -> npt.NDArray[np.int8]:
    """Say where a class that becomes no other is exercised; common shares are never."""
    security, paid = settled.ledger.terms[name], settled.by_class[name]
    if security.is_common:
        return np.full(paid.shape, KEEPS, dtype=np.int8)
    # At the price from which on it is worth something, exercising and letting it lapse pay the same.
    calls = security.curve(settled.ledger.outstanding(name)).calls
    ties = (np.isclose(settled.price, call.price, rtol=SAME, atol=0) for call in calls)
    tied = np.logical_or.reduce([*ties, np.zeros(paid.shape, dtype=bool)])
    lapsed = np.where(tied, INDIFFERENT, KEEPS)
    return np.where(paid > SAME * settled.price, CONVERTS, lapsed).astype(np.int8)
