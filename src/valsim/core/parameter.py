"""Parameters: a number as the document gives it, with its unit, its distribution and where it comes from.

In the document a numeric field holds a :class:`Parameter`; :func:`realise` replaces each by its draws, so the mechanics see
only arrays. Field annotations therefore say :data:`~valsim.core.rows.Row`, which is what every formula works on.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Annotated, Any, Protocol, TypeAlias, TypeVar

import numpy as np
from pydantic import GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, ErrorDetails, InitErrorDetails, PydanticCustomError, core_schema

from valsim.core.block import Block, custom_error, nearest_help, shown
from valsim.core.distribution import Distribution
from valsim.core.distribution.constant import Constant
from valsim.core.distribution.readings import Readings
from valsim.core.errors import Path
from valsim.core.quantity import Quantity, parse_quantity
from valsim.core.rows import Row
from valsim.core.unit import ONE, QuantityError, Unit

T = TypeVar("T")
B = TypeVar("B", bound=Block)

PROVENANCE = ("source", "note")
"""The keys that say where a number comes from; without a source it is an assumption."""


@dataclass(frozen=True)
class Parameter:
    """A number of the document: its distribution, its unit and its provenance."""

    distribution: Distribution
    unit: Unit
    given: str
    sources: tuple[str, ...] = ()
    note: str = ""
    readings: tuple["Parameter", ...] = ()
    weights: tuple[float, ...] = ()

    @property
    def known(self) -> bool:
        """Whether every path has the same number."""
        return isinstance(self.distribution, Constant)

    def at(self, u: Row) -> Row:
        """Give the quantile function at ``u``, in base units, shape ``(n_paths,)``."""
        return self.distribution.at(u)

    @property
    def middle(self) -> float:
        """The median, for a person who asks for one number."""
        return float(self.at(np.asarray(0.5)))


class Draws(Protocol):
    """Gives the uniform numbers that parameters are drawn with."""

    def parameter(self, name: str) -> Row:
        """Give one uniform number a path for the parameter of this dotted name, shape ``(n_paths,)``."""
        ...


@dataclass(frozen=True)
class Measure:
    """What a number counts, with an example of how it is written."""

    name: str
    example: str
    fits: Callable[[Unit], bool]


def _is_money(unit: Unit) -> bool:
    return len(unit.currencies) == 1 and unit == Unit.of(unit.currencies[0])


YEAR = Unit.of("year")

ANY = Measure("a quantity", "9.9M, 30M USD/year or 900 ms", lambda unit: True)
FRACTION = Measure("a fraction", "12%", lambda unit: unit == ONE)
NUMBER = Measure("a plain number", "1.5", lambda unit: unit == ONE)
MONEY = Measure("money", "700M USD", _is_money)
DURATION = Measure("a duration", "18 months", lambda unit: unit == YEAR)
HAZARD = Measure("a chance per year", "20% per year", lambda unit: unit == ONE / YEAR)


@dataclass(frozen=True)
class Domain:
    """What a numeric field may hold: its measure and its limits."""

    measure: Measure
    at_least: float = -np.inf
    at_most: float = np.inf
    above: float = -np.inf

    def parse(self, raw: Any) -> Parameter:
        """Read one number: a quantity, ``{value, source, note}``, a distribution or a conflict of sources."""
        if isinstance(raw, Parameter):
            return raw
        parameter = _read(raw, self)
        self._check(parameter)
        return parameter

    def _check(self, parameter: Parameter) -> None:
        if not self.measure.fits(parameter.unit):
            raise custom_error(
                "unit", f"expected {self.measure.name} such as {self.measure.example}, got {shown(parameter.given)}"
            )
        low, high = parameter.distribution.support()
        if low < self.at_least or low < self.above or high <= self.above:
            floor = f"above {self.above:g}" if np.isfinite(self.above) else f"at least {self.at_least:g}"
            raise custom_error("domain", f"must be {floor}, got {shown(parameter.given)}", _bound("at_least", parameter))
        if high > self.at_most:
            raise custom_error(
                "domain", f"must be at most {self.at_most:g}, got {shown(parameter.given)}", _bound("at_most", parameter)
            )

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.parse)


def _bound(key: str, parameter: Parameter) -> str:
    return "" if parameter.known else f"give the distribution an {key}"


Level: TypeAlias = Annotated[Row, Domain(ANY)]
"""A level of the driver itself, in the driver's unit."""
PositiveLevel: TypeAlias = Annotated[Row, Domain(ANY, above=0.0)]
"""A level of the driver itself, above zero."""
Fraction: TypeAlias = Annotated[Row, Domain(FRACTION, at_least=0.0, at_most=1.0)]
"""A fraction between 0 and 1."""
Growth: TypeAlias = Annotated[Row, Domain(FRACTION, above=-1.0)]
"""An effective growth per year, above -100 %."""
NonNegative: TypeAlias = Annotated[Row, Domain(NUMBER, at_least=0.0)]
"""A plain number, zero or more."""
Positive: TypeAlias = Annotated[Row, Domain(NUMBER, above=0.0)]
"""A plain number above zero."""
Plain: TypeAlias = Annotated[Row, Domain(NUMBER)]
"""A plain number."""
Money: TypeAlias = Annotated[Row, Domain(MONEY, at_least=0.0)]
"""Money, zero or more."""
PositiveMoney: TypeAlias = Annotated[Row, Domain(MONEY, above=0.0)]
"""Money above zero."""
Duration: TypeAlias = Annotated[Row, Domain(DURATION, at_least=0.0)]
"""A time span, in years."""
PositiveDuration: TypeAlias = Annotated[Row, Domain(DURATION, above=0.0)]
"""A time span above zero, in years."""
Hazard: TypeAlias = Annotated[Row, Domain(HAZARD, at_least=0.0)]
"""A chance per unit of time: the probability within ``dt`` is ``1 - exp(-hazard dt)``."""


def _read(raw: Any, domain: Domain) -> Parameter:
    if not isinstance(raw, Mapping):
        return _constant(raw, domain)
    body = {key: value for key, value in raw.items() if key not in PROVENANCE}
    for key, read in _FORMS.items():
        if key in body:
            return replace(read(body, domain), sources=_sources(raw), note=str(raw.get("note", "")))
    known = ", ".join(_FORMS)
    if any(key.startswith("p") and key[1:].isdigit() for key in body):
        raise custom_error(
            "family", "quantiles need a family: two quantiles fit many distributions", "name it, e.g. family: lognormal"
        )
    raise custom_error("number", f"expected {domain.measure.name} such as {domain.measure.example}, or a mapping with {known}")


def _constant(raw: Any, domain: Domain) -> Parameter:
    quantity = _quantity(raw, domain)
    return Parameter(Constant(value=quantity.value), quantity.unit, str(raw))


def _quantity(raw: Any, domain: Domain) -> Quantity:
    expected = f"expected {domain.measure.name} such as {domain.measure.example}"
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise custom_error("number", f"{expected}, got {shown(raw)}")
    try:
        return parse_quantity(raw)
    except QuantityError as error:
        raise custom_error("number", f"{expected}, got {shown(raw)}", error.help) from None


def _valued(body: Mapping[str, Any], domain: Domain) -> Parameter:
    _only(body, ("value",))
    return _inside("value", lambda: _constant(body["value"], domain))


def _drawn(body: Mapping[str, Any], domain: Domain) -> Parameter:
    cls = _inside("family", lambda: Distribution.named(body))
    plain: dict[str, Any] = {}
    units: dict[str, Unit] = {}
    for key, value in body.items():
        if key == "family" or key not in cls.model_fields:
            plain[key] = value
        else:
            quantity = _inside(key, lambda value=value: _quantity(value, domain))
            plain[key] = quantity.value
            units |= {} if key in cls.pure else {key: quantity.unit}
    return Parameter(cls.model_validate(plain), _common(units), _written(body))


def _common(units: Mapping[str, Unit]) -> Unit:
    if len(set(units.values())) > 1:
        listed = ", ".join(f"{key} in {unit}" for key, unit in units.items())
        raise custom_error("unit", f"one distribution has one unit, got {listed}")
    return next(iter(units.values()), ONE)


def _conflicting(body: Mapping[str, Any], domain: Domain) -> Parameter:
    _only(body, ("conflict",))
    items = body["conflict"]
    if not isinstance(items, list) or len(items) < 2:
        raise custom_error("conflict", "a conflict lists at least two readings, each with its source and weight")
    readings = tuple(_inside("conflict", lambda i=i: _reading(items, i, domain)) for i in range(len(items)))
    weights = tuple(_weight(items, i) for i in range(len(items)))
    if abs(sum(weights) - 1) > 1e-9:
        raise custom_error("conflict", f"the weights of a conflict add up to 100 %, got {100 * sum(weights):g} %")
    distribution = Readings(parts=tuple(r.distribution for r in readings), weights=weights)
    given = " | ".join(f"{r.given} ({w:.0%})" for r, w in zip(readings, weights, strict=True))
    unit = _common({f"reading {i + 1}": r.unit for i, r in enumerate(readings)})
    return Parameter(distribution, unit, given, readings=readings, weights=weights)


def _reading(items: list[Any], index: int, domain: Domain) -> Parameter:
    item = items[index]
    if not isinstance(item, Mapping) or "weight" not in item or "source" not in item:
        raise _placed((index,), custom_error("conflict", "each reading of a conflict names its source and its weight"))
    return _inside(index, lambda: _read({k: v for k, v in item.items() if k != "weight"}, domain))


def _weight(items: list[Any], index: int) -> float:
    return _inside("conflict", lambda: _inside(index, lambda: Domain(FRACTION, 0.0, 1.0).parse(items[index]["weight"]))).middle


_FORMS: Mapping[str, Callable[[Mapping[str, Any], Domain], Parameter]] = {
    "value": _valued,
    "family": _drawn,
    "conflict": _conflicting,
}


def _written(body: Mapping[str, Any]) -> str:
    return " ".join([str(body["family"]), *(f"{k} {v}" for k, v in body.items() if k != "family")])


def _sources(raw: Mapping[str, Any]) -> tuple[str, ...]:
    source = raw.get("source", ())
    return tuple(map(str, source)) if isinstance(source, list) else (str(source),) if source else ()


def _only(body: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in body:
        if key not in known:
            raise _placed((key,), custom_error("unknown_key", "unknown key", nearest_help(key, (*known, *PROVENANCE))))


def _placed(loc: Path, error: PydanticCustomError) -> ValidationError:
    return ValidationError.from_exception_data("number", [InitErrorDetails(type=error, loc=loc, input=None)])


def _inside(key: str | int, read: Callable[[], T]) -> T:
    """Run a reader and place its error under ``key``."""
    try:
        return read()
    except PydanticCustomError as error:
        raise _placed((key,), error) from None
    except ValidationError as error:
        raise ValidationError.from_exception_data("number", [_deeper(key, detail) for detail in error.errors()]) from None


def _deeper(key: str | int, detail: ErrorDetails) -> InitErrorDetails:
    kept: Any = detail["type"]
    if "sentence" in detail.get("ctx", {}):
        kept = PydanticCustomError(kept, "{sentence}", detail["ctx"])
    return InitErrorDetails(type=kept, loc=(key, *detail["loc"]), input=detail["input"], ctx=detail.get("ctx", {}))


Visit: TypeAlias = Callable[[Parameter, Path], Any]


@singledispatch
def rebuilt(value: Any, visit: Visit, path: Path) -> Any:
    """Rebuild a tree of blocks with every parameter replaced by what ``visit`` makes of it."""
    del visit, path
    return value


@rebuilt.register
def _(value: Parameter, visit: Visit, path: Path) -> Any:
    return visit(value, path)


@rebuilt.register
def _(value: Block, visit: Visit, path: Path) -> Any:
    changes = {name: rebuilt(getattr(value, name), visit, (*path, name)) for name in type(value).model_fields}
    return value.but(**{name: new for name, new in changes.items() if new is not getattr(value, name)})


@rebuilt.register(Mapping)
def _(value: Mapping[str, Any], visit: Visit, path: Path) -> Any:
    changes = {name: rebuilt(item, visit, (*path, name)) for name, item in value.items()}
    return changes if any(changes[name] is not value[name] for name in value) else value


@rebuilt.register
def _(value: tuple, visit: Visit, path: Path) -> Any:  # type: ignore[type-arg]
    return tuple(rebuilt(item, visit, (*path, _called(item, i))) for i, item in enumerate(value))


def _called(item: Any, index: int) -> str | int:
    # A list item is known by its name, so that inserting another one shifts no draw.
    return str(getattr(item, "name", index))


def parameters(block: Block) -> Iterator[tuple[Path, Parameter]]:
    """List every parameter of a block with its path, in the order of the document."""
    found: list[tuple[Path, Parameter]] = []
    rebuilt(block, lambda parameter, path: found.append((path, parameter)) or parameter, ())
    return iter(found)


def at_medians(block: B) -> B:
    """Give the same block with every parameter replaced by its median: one path, to look at."""
    result: B = rebuilt(block, lambda parameter, path: np.asarray(parameter.middle), ())
    return result


def realise(block: B, draws: Draws) -> B:
    """Give the same block with every parameter replaced by its draws: known ones a scalar, others ``(n_paths,)``."""

    def drawn(parameter: Parameter, path: Path) -> Row:
        if parameter.known:
            return parameter.at(np.asarray(0.5))
        return parameter.at(draws.parameter(".".join(map(str, path))))

    result: B = rebuilt(block, drawn, ())
    return result
