"""Whether the company and the sector that it names belong together."""

from collections.abc import Iterator

from valsim.core.block import nearest_help
from valsim.core.errors import Problem
from valsim.scenario.model import Scenario


def sector_problems(scenario: Scenario) -> Iterator[Problem]:
    """Report a sector that is not there or that nothing follows, another basis than its own, and a beta that nobody carries."""
    name, multiple = scenario.valuation.sector, scenario.valuation.multiple
    if name not in scenario.sectors:
        yield from _unknown(scenario)
    elif scenario.multiple is multiple:
        message = f"the multiple does not follow the sector {name!r}"
        yield Problem(("valuation", "sector"), message, "write kind: sector_multiple, or leave the sector out")
    else:
        yield from _bases(scenario)
        yield from _beta(scenario)


def _unknown(scenario: Scenario) -> Iterator[Problem]:
    name = scenario.valuation.sector
    if name and scenario.sectors:
        message = f"no sector {name!r}"
        advice = nearest_help(name, scenario.sectors) or f"known: {', '.join(scenario.sectors)}"
        yield Problem(("valuation", "sector"), message, advice, code="unknown_name")


def _bases(scenario: Scenario) -> Iterator[Problem]:
    name = scenario.valuation.sector
    basis = scenario.valuation.enterprise_value
    sector, own = scenario.sectors[name].multiple_of, getattr(basis, basis.tag)
    if own != sector:
        message = f"a multiple of {own}, and the sector {name!r} is stated as a multiple of {sector}"
        advice = f"write multiple_of: {sector} here; comparables of another basis are restated, a company's revenue is measured"
        yield Problem(("valuation", "enterprise_value", "multiple_of"), message, advice, code="basis")


def _beta(scenario: Scenario) -> Iterator[Problem]:
    # By default the multiple carries the beta, and its own shocks are here the company's alone.
    if not scenario.measure.sector_linked:
        name = scenario.valuation.sector
        message = "the multiple follows a sector, and nothing says whose shocks carry the beta"
        advice = f"add e.g. sector_linked: {{{name}: 100%}}, or parts of it to the multiple and to drivers"
        yield Problem(("measure",), message, advice, "key", "unpriced")
