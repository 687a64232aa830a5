"""One of several distributions, each with its weight."""

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

import numpy as np
from pydantic import Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from valsim.core.block import Block, custom_error, shown
from valsim.core.distribution.base import Distribution, Numbers
from valsim.core.inverse import Inverse, first_above
from valsim.core.placing import inside
from valsim.core.rows import Row


class Component(Block):
    """A distribution and how often it is the one."""

    weight: float
    """The probability of the component."""
    number: Distribution
    """The component itself."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        described = handler.resolve_ref_schema(handler(schema))
        del described["properties"]["number"]  # a document writes the number's own keys beside the weight
        return described | {"required": ["weight"], "additionalProperties": True}


class Mixture(Distribution):
    """One of several distributions, each with its weight: ``F(x) = sum w_i F_i(x)``, and ``at(u)`` is its inverse.

    The mean is ``sum w_i mean_i`` and the variance ``sum w_i (variance_i + mean_i^2) - mean^2``. A component may be a plain
    value, and its own bounds hold before it is mixed. The inverse is found exactly for one number; a row reads a table, off
    by no more than a few billionths of the number and of the spread around it, and is exact at every jump.

    >>> from valsim.core.distribution.constant import Constant
    >>> from valsim.core.distribution.uniform import Uniform
    >>> parts = ((0.3, Constant(value=0.0)), (0.7, Uniform(low=0.0, high=7.0)))
    >>> sale = Mixture(components=tuple(Component(weight=w, number=part) for w, part in parts))
    >>> sale.at(np.array([0.2, 0.6])).round(9).tolist()
    [0.0, 3.0]
    """

    example = "{family: mixture, components: [{weight: 30%, value: 0 USD}, {weight: 70%, family: uniform, low: 1M USD, high: 5M USD}]}"

    family: Literal["mixture"] = "mixture"
    """Names this family."""
    components: tuple[Component, ...] = Field(strict=False)
    """The components, each a value or a distribution with its ``weight``; the weights add up to 100 %."""

    def quantile(self, u: Row) -> Row:
        """Give the quantile function."""
        return self._inverse(u) if np.ndim(u) else first_above(self.cumulative, u, *self.limits())

    def cumulative(self, x: Row | float) -> Row:
        """Give the probability of a value at or below ``x``, shape of ``x``."""
        return sum((part.weight * part.number.probability(x) for part in self.components), np.zeros(()))

    def limits(self) -> tuple[float, float]:
        """Give the smallest and the largest value of any component."""
        ends = [part.number.support() for part in self.components]
        return min(low for low, _ in ends), max(high for _, high in ends)

    @cached_property
    def _inverse(self) -> Inverse:
        return Inverse.of(self.cumulative, self.limits())

    @classmethod
    def field_in_numbers(cls, key: str, raw: Any, numbers: Numbers) -> Any:
        """Read the components; everything else as it is."""
        return _components(raw, numbers) if key == "components" else super().field_in_numbers(key, raw, numbers)

    @classmethod
    def field_written(cls, key: str, raw: Any) -> str:
        """Write ``component (weight)`` for each component."""
        if key != "components":
            return super().field_written(key, raw)
        return " | ".join(f"{_written(each)} ({each['weight']})" for each in raw)

    def expect_one_member(self) -> None:
        """Raise the error that says why the fields name no distribution."""
        weights = [part.weight for part in self.components]
        if len(weights) < 2 or min(weights) <= 0:
            raise custom_error("family", "a mixture has at least two components, each with a weight above 0")
        if abs(math.fsum(weights) - 1) > 1e-9:
            raise custom_error(
                "family", f"the weights of a mixture add up to 100 %, got {100 * math.fsum(weights):.6g} %"
            )


def _components(raw: Any, numbers: Numbers) -> list[dict[str, Any]]:
    if not isinstance(raw, list):
        raise custom_error("family", f"expected a list of components, each with its weight, got {shown(raw)}")
    return [_component(raw, index, numbers) for index in range(len(raw))]


def _component(items: list[Any], index: int, numbers: Numbers) -> dict[str, Any]:
    item = items[index]
    with inside(index):
        if not isinstance(item, Mapping) or "weight" not in item:
            raise custom_error(
                "family", "each component of a mixture states its weight", "e.g. {weight: 30%, value: 0 USD}"
            )
        with inside("weight"):
            weight = numbers.plain(item["weight"])
        number = {key: value for key, value in item.items() if key != "weight"}
        return {"weight": weight, "number": numbers.distribution(number, f"component {index + 1}")}


def _written(component: Mapping[str, Any]) -> str:
    body = {key: value for key, value in component.items() if key != "weight"}
    return Distribution.kinds[body["family"]].written(body) if "family" in body else str(body["value"])
