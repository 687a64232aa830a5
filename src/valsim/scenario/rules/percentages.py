"""Numbers without a percent sign that are so large that one was almost surely forgotten, such as ``volatility: 25``."""

from collections.abc import Iterator

from valsim.core.block import Block
from valsim.core.errors import Path, Problem
from valsim.core.parameter import Domain, Parameter, domains
from valsim.core.walk import walk


def percentage_problems(document: Block) -> Iterator[Problem]:
    """Warn of each number that its field doubts, once for all the numbers of a distribution."""
    for path, block in walk(document):
        if isinstance(block, Block):
            yield from _of_fields(path, block)


def _of_fields(path: Path, block: Block) -> Iterator[Problem]:
    for name, field in type(block).model_fields.items():
        value = getattr(block, name)
        for domain in domains(field) if isinstance(value, Parameter) else ():
            yield from _doubted((*path, name), value, domain)


def _doubted(path: Path, parameter: Parameter, domain: Domain) -> Iterator[Problem]:
    for index, reading in enumerate(parameter.readings):
        yield from _doubted((*path, "conflict", index), reading, domain)
    if not parameter.readings and domain.doubts(parameter):
        number, per = parameter.middle, parameter.unit.written()
        subject = "" if parameter.known else "a median of "
        message = f"{subject}{number:g}{per} is {100 * number:,g} %{per}: a percent sign may be missing"
        meant = f"write {number:g}%{per}, or {100 * number:_g}%{per} if so much is meant"
        advice = meant if parameter.known else "write % behind each of its numbers"
        yield Problem(path, message, advice, code="percent", severity="warning")
