"""The forms in which a document gives a number."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from valsim.core.block import custom_error, nearest_help, shown
from valsim.core.distribution import Distribution
from valsim.core.distribution.constant import Constant
from valsim.core.distribution.readings import Readings
from valsim.core.parameter.number import Parameter
from valsim.core.parameter.placing import inside, placed
from valsim.core.quantity import Quantity, parse_quantity
from valsim.core.unit import ONE, QuantityError, Unit

PROVENANCE = ("source", "note")
"""The keys that say where a number comes from; without a source it is an assumption."""

Check: TypeAlias = Callable[[Parameter], None]
"""Raises where a number does not fit its field."""

Form: TypeAlias = Callable[[Mapping[str, Any], str, Check], Parameter]
"""Reads the body of a mapping, its provenance taken out; ``expected`` says what the field holds."""


def read(raw: Any, expected: str, check: Check) -> Parameter:
    """Read a number in any form: a quantity, ``{value, source, note}``, a distribution or a conflict of sources."""
    if not isinstance(raw, Mapping):
        return _known(raw, expected)
    body = {key: value for key, value in raw.items() if key not in PROVENANCE}
    form = next((form for key, form in _FORMS.items() if key in body), None)
    if form is None:
        raise _formless(body, expected)
    return replace(form(body, expected, check), sources=_sources(raw), note=str(raw.get("note", "")))


def _formless(body: Mapping[str, Any], expected: str) -> Exception:
    if any(key.startswith("p") and key[1:].isdigit() for key in body):
        message = "quantiles need a family: two quantiles fit many distributions"
        return custom_error("family", message, "name it, e.g. family: lognormal")
    known = ", ".join(_FORMS)
    return custom_error("number", f"expected {expected}, or a mapping with one of {known}, got {shown(body)}")


def _known(raw: Any, expected: str) -> Parameter:
    quantity = _quantity(raw, expected)
    return Parameter(Constant(value=quantity.value), quantity.unit, str(raw))


def _quantity(raw: Any, expected: str) -> Quantity:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise custom_error("number", f"expected {expected}, got {shown(raw)}")
    try:
        return parse_quantity(raw)
    except QuantityError as error:
        raise custom_error("number", f"expected {expected}, got {shown(raw)}", error.help) from None


def _valued(body: Mapping[str, Any], expected: str, check: Check) -> Parameter:
    del check
    _only(body, "value")
    with inside("value"):
        return _known(body["value"], expected)


def _drawn(body: Mapping[str, Any], expected: str, check: Check) -> Parameter:
    del check
    with inside("family"):
        family = Distribution.named(body)
    quantities: dict[str, Quantity] = {}
    for key in (key for key in body if key in family.model_fields and key != family.tag):
        with inside(key):
            quantities[key] = _quantity(body[key], expected)
    distribution = family.model_validate({**body, **{key: quantity.value for key, quantity in quantities.items()}})
    unit = _common({key: quantity.unit for key, quantity in quantities.items() if key not in family.pure})
    return Parameter(distribution, unit, _written(body))


def _conflicting(body: Mapping[str, Any], expected: str, check: Check) -> Parameter:
    _only(body, "conflict")
    with inside("conflict"):
        items = body["conflict"]
        if not isinstance(items, list) or len(items) < 2:
            raise custom_error("conflict", "a conflict lists at least two readings, each with its source and weight")
        readings = tuple(_reading(items, index, expected, check) for index in range(len(items)))
        weights = tuple(_weight(items, index) for index in range(len(items)))
        if abs(sum(weights) - 1) > 1e-9:
            raise custom_error("conflict", f"the weights of a conflict add up to 100 %, got {100 * sum(weights):g} %")
        unit = _common({f"reading {i + 1}": r.unit for i, r in enumerate(readings)})
    distribution = Readings(parts=tuple(r.distribution for r in readings), weights=weights)
    given = " | ".join(f"{r.given} ({w:.0%})" for r, w in zip(readings, weights, strict=True))
    return Parameter(distribution, unit, given, readings=readings, weights=weights)


_FORMS: Mapping[str, Form] = {"family": _drawn, "conflict": _conflicting, "value": _valued}


def _reading(items: list[Any], index: int, expected: str, check: Check) -> Parameter:
    with inside(index):
        item = items[index]
        if not isinstance(item, Mapping) or not {"weight", "source"} <= item.keys():
            raise custom_error("conflict", "each reading of a conflict names its source and its weight")
        reading = read({key: value for key, value in item.items() if key != "weight"}, expected, check)
        check(reading)
        return reading


def _weight(items: list[Any], index: int) -> float:
    expected = "a weight such as 40%"
    raw = items[index]["weight"]
    with inside(index), inside("weight"):
        weight = _quantity(raw, expected)
        if weight.unit != ONE or not 0 < weight.value < 1:
            raise custom_error("conflict", f"expected {expected}, between 0 and 1, got {shown(raw)}")
        return weight.value


def _common(units: Mapping[str, Unit]) -> Unit:
    if len(set(units.values())) > 1:
        listed = ", ".join(f"{key} in {unit}" for key, unit in units.items())
        raise custom_error("unit", f"one distribution has one unit, got {listed}")
    return next(iter(units.values()), ONE)


def _written(body: Mapping[str, Any]) -> str:
    return " ".join([str(body["family"]), *(f"{key} {value}" for key, value in body.items() if key != "family")])


def _sources(raw: Mapping[str, Any]) -> tuple[str, ...]:
    source = raw.get("source", ())
    return tuple(map(str, source)) if isinstance(source, list) else (str(source),) if source else ()


def _only(body: Mapping[str, Any], known: str) -> None:
    for key in (key for key in body if key != known):
        raise placed((key,), custom_error("unknown_key", "unknown key", nearest_help(key, (known, *PROVENANCE))))
