"""Sectors: the level of multiples that companies share."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Literal, Self

import numpy as np
from pydantic import Field, PrivateAttr, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from valsim.core.block import Block, custom_error
from valsim.core.errors import Problem
from valsim.core.field_docs import IN_PART
from valsim.core.parameter import Parameter, at_medians
from valsim.core.parameter.forms import read
from valsim.core.placing import inside
from valsim.core.rows import Row
from valsim.core.unit import ONE
from valsim.drivers.premium import Premium
from valsim.drivers.process import Process
from valsim.value.comparable import BasisName, Comparable

FEWEST = 2
"""A spread needs so many comparables."""


class Sector(Block):
    """A level of multiples that all companies of a sector share.

    It is that of a company at the references of the premiums; ``valuation.multiple`` with ``kind: sector_multiple`` follows it.
    Its random numbers are named by the sector alone and it moves at the regular steps, not at the dates of one company: two
    scenarios with the same seed, start, step and definition of a sector see the same sector on each path.

    Where ``comparables`` are listed, its opening level is lognormal around their geometric mean, each restated onto the basis of
    the sector and to the references: ``log restated = log(multiple on the basis) - 100 per_point (growth - reference)``.
    """

    example = (
        "{multiple_of: arr, growth_premium: {per_point: 4.2%, reference: 25%, at_most: 60%}, "
        "multiple: {kind: mean_reverting, mean: 7, half_life: 1.3 years, volatility: 33%}, opening: cross_section, "
        "comparables: {Peer One: {at: 2026-01-09, multiple: 82, multiple_of: trailing_12m_revenue, growth: 150%}, "
        "Peer Two: {at: 2025-12-31, multiple: 30, multiple_of: arr, growth: 80%}}}"
    )

    multiple_of: BasisName
    """The basis on which the level is stated: which revenue the multiples of this sector multiply."""
    growth_premium: Premium | None = None
    """How much more the market pays for growth, and the growth of a company that has just the sector's level. Without it growth
    changes no multiple."""
    margin_premium: Premium | None = None
    """How much more the market pays for a margin, and the margin of a company that has just the sector's level."""
    multiple: Process = Field(json_schema_extra={IN_PART: True})
    """How the level moves; with ``comparables`` its ``start`` is left out."""
    opening: Literal["standard_error", "cross_section"] | None = None
    """What the spread of the opening level is, with ``comparables``: ``standard_error``, the deviation of the restated logarithms
    over the root of their number, for a level that is not known exactly; or ``cross_section``, that deviation itself, for a
    level that may be that of any of them."""
    comparables: Mapping[str, Comparable] = {}
    """Listed companies, or priced rounds, that say where the sector stands at the start, by name; two or more."""

    _location: float = PrivateAttr(default=0.0)

    @model_validator(mode="before")
    @classmethod
    def _opens_at_its_comparables(cls, data: Any) -> Any:
        multiple = data.get("multiple") if isinstance(data, Mapping) else None
        if not isinstance(multiple, Mapping) or not data.get("comparables"):
            return data
        field = _level_field(multiple)
        if not field:
            return data
        if field in multiple:
            with inside("multiple"), inside(field):
                message = "the comparables say where the sector stands at the start, and this says it again"
                raise custom_error(
                    "key",
                    message,
                    f"leave one of them out; what a file beneath states is taken away with null: multiple: {{{field}: null}}",
                )
        return {**data, "multiple": {**multiple, field: _opening(cls, data)}}

    @model_validator(mode="after")
    def _remember_where_it_opens(self) -> Self:
        if self.comparables:
            self._location = float(at_medians(self).location)
        return self

    @property
    def premiums(self) -> Mapping[str, Premium]:
        """The premiums that it states, by what they are for."""
        stated = {"growth": self.growth_premium, "margin": self.margin_premium}
        return {name: premium for name, premium in stated.items() if premium is not None}

    def logs(self) -> list[Row]:
        """Give the logarithms of the restated multiples, in the order of the document."""
        return [self._log(comparable) for comparable in self.comparables.values()]

    def _log(self, comparable: Comparable) -> Row:
        log = np.log(comparable.on(self.multiple_of))
        for name, premium in self.premiums.items():
            stated = getattr(comparable, name)
            log = log if stated is None else log - np.log(premium.factor(stated))
        return np.asarray(log)

    @property
    def location(self) -> Row:
        """The mean of the logarithms of the restated multiples: the logarithm of their geometric mean."""
        logs = self.logs()
        return np.asarray(sum(logs, np.asarray(0.0)) / len(logs))

    @property
    def deviation(self) -> float:
        """The deviation of the logarithm of the opening level, as ``opening`` says; of a block at its medians."""
        logs = np.array([float(log) for log in self.logs()])
        across = float(np.std(logs, ddof=1)) if logs.size > 1 else 0.0
        return across if self.opening == "cross_section" else across / float(np.sqrt(logs.size))

    def opened(self, process: Process) -> Process:
        """Give the process of the sector at the start of the paths, where premiums that are drawn restate its comparables anew."""
        if not self.comparables:
            return process
        level = getattr(process, process.level_field)
        return process.but(**{process.level_field: level * np.exp(self.location - self._location)})

    def reopened(self) -> Self:
        """Give the sector with its opening level worked out anew: amounts of its comparables were converted."""
        if not self.comparables:
            return self
        opened = self.multiple.but(**{self.multiple.level_field: _start(self)})
        return self.but(multiple=opened, _location=float(at_medians(self).location))

    def as_written(self) -> Any:
        """Give the fields, without the opening level where it follows from the comparables."""
        written = super().as_written()
        if not self.comparables:
            return written
        process = self.multiple.as_written()
        return written | {
            "multiple": {name: each for name, each in process.items() if name != self.multiple.level_field}
        }

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a level that is moved by others or is no multiple, and comparables that do not say where it stands."""
        yield from self._level_problems(context)
        for name, comparable in self.comparables.items():
            for problem in comparable.problems(context):
                yield problem.under(("comparables", name))
        yield from self._comparable_problems()

    def _level_problems(self, context: Any) -> Iterator[Problem]:
        if (
            self.multiple.level_field not in type(self.multiple).model_fields
            or self.multiple.needs | self.multiple.reads
        ):
            message = "a sector moves by itself, and this kind follows other rows"
            yield Problem(("multiple",), message, "choose another kind, such as mean_reverting_jumps", code="kind")
            return
        for problem in self.multiple.problems(context):
            yield problem.under(("multiple",))
        if self.multiple.level_unit != ONE:
            yield Problem(("multiple",), f"a multiple is a plain number, got {self.multiple.level_unit}", code="unit")

    def _comparable_problems(self) -> Iterator[Problem]:
        if bool(self.comparables) != (self.opening is not None):
            message = "comparables, and what the spread of the opening level is, belong together"
            yield Problem((), message, "state both, opening: standard_error or cross_section, or neither", "key")
        if len(self.comparables) == 1:
            message = f"one comparable has no spread: list {FEWEST} or more"
            yield Problem(("comparables",), message, "or state the start of the multiple itself", "key")
        elif self.comparables and not np.isfinite(np.exp(at_medians(self).location)):
            yield Problem(
                ("comparables",), "restated, they leave the range of numbers", "look for a premium far too large"
            )
        for name, comparable in self.comparables.items():
            for key in (key for key in self.premiums if getattr(comparable, key) is None):
                message = f"the sector states a {key}_premium, and the comparable no {key}"
                yield Problem(("comparables", name), message, f"add {key}:", "key")


def _level_field(multiple: Mapping[str, Any]) -> str:
    """Name the field that holds the level, or nothing for a kind that has none or that is not known."""
    with suppress(PydanticCustomError):
        kind = Process.named(multiple)
        return kind.level_field if kind.level_field in kind.model_fields else ""
    return ""


def _opening(cls: type[Sector], data: Mapping[str, Any]) -> Any:
    """Give the opening level of a sector that is still plain data."""
    try:
        known = {
            key: data[key] for key in ("multiple_of", "growth_premium", "margin_premium", "opening") if key in data
        }
        comparables = {name: Comparable.model_validate(each) for name, each in data["comparables"].items()}
        stood_for = {"kind": "constant", "value": 1}
        return _start(cls.model_validate({**known, "multiple": stood_for}).but(comparables=comparables))
    except (ValidationError, PydanticCustomError, TypeError, AttributeError):
        return 1  # what is wrong with them is reported where they stand


def _start(sector: Sector) -> Any:
    """Give the distribution of the opening level that follows from the comparables."""
    calm, count = at_medians(sector), len(sector.comparables)
    location, deviation = float(np.exp(calm.location)), calm.deviation
    if not np.isfinite(location):
        return 1
    cited = tuple(dict.fromkeys(key for each in sector.comparables.values() for key in each.source))
    drawn = {"family": "lognormal", "median": location, "sigma": deviation} if deviation > 0 else {"value": location}
    given = f"{location:.3g}, the geometric mean of {count} comparables, log deviation {deviation:.2g}"
    return replace(read({**drawn, "source": list(cited)}, "a plain number", _anything), given=given)


def _anything(parameter: Parameter) -> None:
    del parameter
