"""What a document states and nothing reads: sources that no number cites, drivers that move nothing, terms of no listing."""

from collections.abc import Iterable, Iterator

from valsim.core.block import Block
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.parameter import Parameter, parameters
from valsim.core.walk import walk
from valsim.scenario.model import Scenario

READ_BY = {"automatic_conversion": {"by_charter"}, "ipo_ratchet_multiple": {"by_charter", "all_converted"}}
"""The treatments of preferred shares at a listing under which a term of a class counts."""


def unused_problems(scenario: Scenario) -> Iterator[Problem]:
    """Warn of sources that no number cites, of terms that no listing asks for, and of drivers that no formula reads.

    A formula itself may be there to be seen.
    """
    yield from unused_sources(scenario, scenario.sources)
    yield from _unread_terms(scenario)
    formulas = (value for _, value in walk(scenario) if isinstance(value, Expression))
    read = {name.split(".")[0] for formula in formulas for name in formula.names}
    read |= {rate.moves for rate in scenario.exchange_rates.values()}
    for name in (name for name, process in scenario.drivers.items() if name not in read and not process.needs):
        yield _unused(
            ("drivers", name), f"no formula reads the driver {name!r}", "it moves, and nothing follows from it"
        )


def _unread_terms(scenario: Scenario) -> Iterator[Problem]:
    treatments = {ending.treatment for ending in scenario.exits.values() if ending.liquidity == "ipo"}
    for name, security in scenario.captable.classes.items():
        for term, readers in READ_BY.items():
            right = getattr(security, term, None)
            elsewhere = getattr(right, "in_acquisitions", False)
            if right is not None and treatments and not treatments & readers and not elsewhere:
                message = f"no listing reads it: their preferred shares are treated {' or '.join(sorted(treatments))}"
                path = ("captable", "classes", name, term)
                yield _unused(path, message, "state preferred: by_charter at the listing, or leave the term out")


def unused_sources(document: Block, sources: Iterable[str]) -> Iterator[Problem]:
    """Warn of sources that no number of a document cites."""
    cited = {key for _, parameter in parameters(document) for key in _cited(parameter)}
    for key in (key for key in sources if key not in cited):
        yield _unused(("sources", key), f"no number cites the source {key!r}", "cite it as source: where it belongs")


def _unused(path: tuple[str, ...], message: str, advice: str) -> Problem:
    return Problem(path, message, advice, "key", "unused", severity="warning")


def _cited(parameter: Parameter) -> Iterator[str]:
    yield from parameter.sources
    for reading in parameter.readings:
        yield from _cited(reading)
