"""The modes of a run: what its paths lose by, which closings fail and why, why a position is not bought, and how paths end."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from valsim.analysis.exits import ended_by
from valsim.analysis.spread import Plain
from valsim.analysis.stories.gets import Gets
from valsim.analysis.tranches import Codes, settled_codes
from valsim.captable.financing.outcome import DONE, ENDED, NOT_FOLLOWED, OPEN, reason
from valsim.captable.financing.tranche import Tranche
from valsim.core.rows import Bools
from valsim.outcome.loss import CAUSES
from valsim.result import Result, each_under
from valsim.scenario.model import Scenario

NO_FAILURES = (*DONE, OPEN, NOT_FOLLOWED, ENDED)
"""The codes of a tranche that was funded, or that another event has ended before it came."""


def has_deadline(tranche: Tranche, scenario: Scenario) -> bool:
    """Say whether a tranche lapses before the run ends: one that waits until then, as a bridge does, was never needed."""
    return not tranche.at_any_time and tranche.last < scenario.steps[-1].date


class Mode(NamedTuple):
    """Something that happens on some paths: what it is, and where, shape ``(paths,)``."""

    what: Plain
    where: Bools


def modes(result: Result, gets: Gets) -> list[Mode]:
    """Give the modes of a run, those of a kind together, the commonest of each kind first."""
    kinds = (_losses(result, gets), _not_funded(result), _not_bought(result, gets), _exits(result))
    return [mode for kind in kinds for mode in sorted(kind, key=lambda each: -np.count_nonzero(each.where))]


def _losses(result: Result, gets: Gets) -> Iterator[Mode]:
    if gets.holder is not None:
        causes = result.outcomes["holder", gets.holder, "cause of loss"]
        for code, name in enumerate(CAUSES):
            if code:
                yield Mode({"kind": "loss", "cause": name}, causes == code)


def _not_funded(result: Result) -> Iterator[Mode]:
    """Give each tranche that has a deadline and fails, by its commonest reason."""
    for tranche in result.scenario.tranches:
        if has_deadline(tranche, result.scenario):
            yield from _failing(tranche, settled_codes(result, tranche))


def _failing(tranche: Tranche, codes: Codes) -> Iterator[Mode]:
    kinds, counts = np.unique(codes[~np.isin(codes, NO_FAILURES)], return_counts=True)
    if kinds.size:
        code = int(kinds[np.argmax(counts)])
        what = {"kind": "not_funded", "round": tranche.round, "tranche": tranche.name, "why": reason(tranche, code)}
        yield Mode(what, codes == code)


def _not_bought(result: Result, gets: Gets) -> Iterator[Mode]:
    if gets.holder is not None:
        for (why,), where in each_under(result.outcomes, "refused", gets.holder):
            yield Mode({"kind": "not_bought", "why": why}, where)


def _exits(result: Result) -> Iterator[Mode]:
    for name, where in ended_by(result).items():
        yield Mode({"kind": "exit", "exit": name}, where)
