"""The forms in which a document gives a number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from valsim.core.block import custom_error, nearest_help, shown
from valsim.core.distribution import Distribution
from valsim.core.distribution.constant import Constant
from valsim.core.distribution.readings import Readings
from valsim.core.parameter.number import Parameter
from valsim.core.placing import inside, placed
from valsim.core.quantity import Quantity, parse_quantity
from valsim.core.unit import ONE, QuantityError, Unit

PROVENANCE = ("source", "note")
"""The keys that say where a number comes from; without a source it is an assumption."""
PLAIN = "a plain number such as 0.4 or 40%"

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
    note = str(raw.get("note", ""))
    return replace(form(body, expected, check), sources=_sources(raw), note=note, written=raw)


def _formless(body: Mapping[str, Any], expected: str) -> Exception:
    if any(key.startswith("p") and key[1:].isdigit() for key in body):
        message = "quantiles need a family: two quantiles fit many distributions"
        return custom_error("family", message, "name it, e.g. family: lognormal")
    known = ", ".join(_FORMS)
    return custom_error("number", f"expected {expected}, or a mapping with one of {known}, got {shown(body)}")


def _known(raw: Any, expected: str) -> Parameter:
    quantity = _quantity(raw, expected)
    share = "%" in quantity.text
    return Parameter(Constant(value=quantity.value), quantity.unit, str(raw), percentage=share, written=raw)


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
    numbers = Counted(expected)
    distribution = family.model_validate(family.in_numbers(body, numbers))
    return Parameter(distribution, numbers.unit, family.written(body), percentage=numbers.percentage)


@dataclass
class Counted:
    """Reads the numbers inside a distribution, and keeps the unit and the text of each that has one."""

    expected: str
    units: dict[str, Unit] = field(default_factory=dict)
    percentage: bool = False

    def counted(self, raw: Any, name: str) -> float:
        """Read a number in the unit of the distribution."""
        quantity = _quantity(raw, self.expected)
        self._note(name, quantity.unit, percentage="%" in quantity.text)
        return quantity.value

    def plain(self, raw: Any) -> float:
        """Read a number without a unit."""
        quantity = _quantity(raw, PLAIN)
        if quantity.unit != ONE:
            raise custom_error("unit", f"expected {PLAIN}, got {shown(raw)}")
        return quantity.value

    def distribution(self, raw: Any, name: str) -> Distribution:
        """Read a whole distribution, or one known number, in the unit of the distribution."""
        for key in (key for key in PROVENANCE if key in raw):
            raise placed(
                (key,), custom_error("unknown_key", "a part has no source of its own", "state it with the whole")
            )
        part = _part(raw, self.expected)
        self._note(name, part.unit, percentage=part.percentage)
        return part.distribution

    @property
    def unit(self) -> Unit:
        """The unit that all numbers share."""
        return _common(self.units)

    def _note(self, name: str, unit: Unit, *, percentage: bool) -> None:
        self.units[name] = unit
        self.percentage |= percentage


def _part(raw: Mapping[str, Any], expected: str) -> Parameter:
    form = next((_FORMS[key] for key in ("family", "value") if key in raw), None)
    if form is None:
        raise custom_error("number", f"expected a value or a distribution that names its family, got {shown(raw)}")
    return form(raw, expected, _anything)


def _anything(parameter: Parameter) -> None:
    del parameter


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
FORM_KEYS = frozenset(_FORMS)
"""The keys by which a mapping is known to give a number."""


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
    first_of: dict[Unit, str] = {}
    for name, unit in units.items():
        first_of.setdefault(unit, name)
    if len(first_of) > 1:
        listed = ", ".join(f"{name} in {unit}" for unit, name in first_of.items())
        raise custom_error("unit", f"one distribution has one unit, got {listed}")
    return next(iter(units.values()), ONE)


def _sources(raw: Mapping[str, Any]) -> tuple[str, ...]:
    source = raw.get("source", ())
    return tuple(map(str, source)) if isinstance(source, list) else (str(source),) if source else ()


def _only(body: Mapping[str, Any], known: str) -> None:
    for key in (key for key in body if key != known):
        raise placed((key,), custom_error("unknown_key", "unknown key", nearest_help(key, (known, *PROVENANCE))))


def is_number(raw: Mapping[str, Any]) -> bool:
    """Say whether a mapping gives a number in one of the forms, and is no block of a kind that has such a key.

    >>> is_number({"value": "4%", "source": "treasury"}), is_number({"kind": "constant", "value": 3})
    (True, False)
    """
    return (
        any(form in raw and not isinstance(raw[form], Mapping) for form in _FORMS) and not {"kind", "like"} & raw.keys()
    )
