"""Who and what a path may tell about: every series that may exist, and everyone who may hold shares."""

from valsim.captable.financing.tranche import shadow_series
from valsim.captable.ledger import OTHERS, UNISSUED
from valsim.scenario.model import Scenario


def series_names(scenario: Scenario) -> tuple[str, ...]:
    """Name every series that may exist: the opening classes, then what tranches issue and split off, and what pools grant."""
    issued = [series for tranche in scenario.tranches for series in tranche.issued]
    shadows = (shadow_series(series, name) for series in issued for name in scenario.captable.convertibles)
    granted = (refresh.series for refresh in scenario.refreshes)
    return tuple(dict.fromkeys([*scenario.captable.classes, *issued, *shadows, *scenario.split_off, *granted]))


def holder_names(scenario: Scenario) -> tuple[str, ...]:
    """Name everyone who may hold shares: the opening holders, then investors of tranches and buyers."""
    later = (name for t in scenario.tranches for name in (*t.closing.investors, *t.buyers, t.others))
    return tuple(dict.fromkeys([*scenario.positions, *scenario.captable.positions, OTHERS, *later, UNISSUED]))
