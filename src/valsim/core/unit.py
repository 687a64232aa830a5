"""Units: what a number counts, so that users are never added to dollars.

A unit is a product of powers of base dimensions: each currency code, ``year``, ``ms``, ``kWh``, ``user``, ``share`` and the
other counts of :data:`COUNTS`. Power is energy over time: 1 MW = 8,766,000 kWh/year, so that ``MW * hours`` are ``MWh``. Long times convert into years (1 year = 12 months = 365.25 days). Short times are a dimension of
their own, because a latency is read in milliseconds and never meets a horizon in years.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Self

from valsim.core.block import nearest_help
from valsim.core.errors import ValsimError
from valsim.core.unit_words import (
    COUNTS,
    CURRENCIES,
    CURRENCY_NAMES,
    ENERGIES,
    LONG_TIMES,
    SHORT_FORMS,
    SHORT_TIMES,
    SYMBOLS,
)

__all__ = [
    "BOOL",
    "COUNTS",
    "CURRENCIES",
    "ONE",
    "SYMBOLS",
    "QuantityError",
    "Unit",
    "currency_help",
    "is_unit_word",
    "nearest_unit",
    "parse_unit",
    "read_unit",
    "unit_of_word",
]

_NEVER_PLURAL = CURRENCIES | {"ms", "truth", "kWh"}


class QuantityError(ValsimError, ValueError):
    """A number, its unit or a date cannot be read; ``help`` says what to write instead."""

    def __init__(self, message: str, help: str = "") -> None:
        self.message, self.help = message, help
        super().__init__(message)


@dataclass(frozen=True)
class Unit:
    """A product of powers of base dimensions.

    >>> str(Unit.of("USD") / Unit.of("user") / Unit.of("year"))
    'USD/user/year'
    """

    dimensions: tuple[tuple[str, Fraction], ...] = ()
    """Dimension and power, sorted by dimension, no power being zero."""

    @classmethod
    def of(cls, dimension: str) -> Self:
        """Return the unit of one base dimension, or of none: a currency that is not known."""
        return cls(((dimension, Fraction(1)),) if dimension else ())

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies among the dimensions that the unit counts (not those it is per)."""
        return tuple(name for name, power in self.dimensions if power > 0 and name in CURRENCIES)

    @property
    def is_exchange_rate(self) -> bool:
        """Whether it is one currency per another."""
        powers = dict(self.dimensions)
        return len(powers) == 2 and powers.keys() <= CURRENCIES and sorted(powers.values()) == [-1, 1]

    def advice_for(self, wanted: "Unit") -> str:
        """Say by which exchange rate an amount in this unit is converted into another, or nothing where none does it.

        >>> Unit.of("CNY").advice_for(Unit.of("USD"))
        'multiply CNY by an exchange rate in USD/CNY'
        """
        rate = wanted / self
        return f"multiply {self} by an exchange rate in {rate}" if rate.is_exchange_rate else ""

    def __mul__(self, other: "Unit") -> "Unit":
        powers = dict(self.dimensions)
        for name, power in other.dimensions:
            powers[name] = powers.get(name, Fraction(0)) + power
        return Unit(tuple(sorted((name, power) for name, power in powers.items() if power)))

    def __truediv__(self, other: "Unit") -> "Unit":
        return self * other**-1

    def __pow__(self, power: "int | Fraction") -> "Unit":
        if not power:
            return ONE
        return Unit(tuple((name, own * power) for name, own in self.dimensions))

    def __str__(self) -> str:
        return ("1" if self.written().startswith("/") else "") + self.written() or "1"

    def written(self) -> str:
        """Write the unit as it stands behind the number one: ``USD/year``, ``/user/year``, an empty text for none."""
        above = "*".join(name + _power(power) for name, power in self.dimensions if power > 0)
        below = "".join("/" + name + _power(-power) for name, power in self.dimensions if power < 0)
        return above + below

    @property
    def plural(self) -> str:
        """The unit as it stands behind other numbers: ``users/year``, ``months``."""
        words = ((name if name in _NEVER_PLURAL else _plural(name), power) for name, power in self.dimensions)
        above = "*".join(name + _power(power) for name, power in words if power > 0)
        return above + "".join("/" + name + _power(-power) for name, power in self.dimensions if power < 0)

    def __repr__(self) -> str:
        return f"<Unit {self}>"


ONE = Unit()
"""No unit: a plain number, a share or a percentage."""

BOOL = Unit.of("truth")
"""The unit of a condition; only ``and``, ``or``, ``not`` and ``if`` take it."""


def parse_unit(text: str) -> tuple[float, Unit]:
    """Read a unit and return what one of it is worth in base dimensions.

    >>> parse_unit("USD/month")
    (12.0, <Unit USD/year>)

    Raises :class:`QuantityError` for an unknown word, two currencies or a text that is no unit.
    """
    scale, unit = read_unit(text)
    return float(scale), unit


# A document writes the same few units over and over; what has none is refused anew each time.
@lru_cache(maxsize=1024)
def read_unit(text: str) -> tuple[Fraction, Unit]:
    """Read a unit with its scale as an exact fraction (see :func:`parse_unit`)."""
    scale, unit = Fraction(1), ONE
    for operator, word, power in _terms(text):
        own_scale, own_unit = unit_of_word(word)
        exponent = -power if operator == "/" else power
        if exponent.denominator != 1 and own_scale != 1:
            raise QuantityError(f"a broken power of '{word}' has no exact size", "use years, ms or a plain unit")
        scale, unit = scale * Fraction(own_scale**exponent), unit * own_unit**exponent
    if len(unit.currencies) > 1:
        raise QuantityError(f"expected one currency, got '{text}'", "an exchange rate is written CNY/USD")
    return scale, unit


def unit_of_word(word: str) -> tuple[Fraction, Unit]:
    """Return scale and unit of one word such as ``months``, ``USD`` or ``%``; raise :class:`QuantityError`."""
    found = _WORDS.get(word) or (_WORDS_IN_LOWER_CASE.get(word.lower()) if len(word) > 1 else None)
    if found is None:
        advice = _MULTIPLE if word in {"x", "X"} else nearest_unit(word) or _ALL_KNOWN
        raise QuantityError(f"unknown unit '{word}'", advice)
    return found


def nearest_unit(word: str) -> str:
    """Suggest what was meant by a word that is no unit, or nothing."""
    # What is not written in capitals is no mistyped code: "KRW" is no advice on kWp.
    known = _WORDS if word.isupper() else _WORDS.keys() - CURRENCIES
    return currency_help(word) or nearest_help(word, sorted(known))


def currency_help(word: str) -> str:
    """Suggest the code of a currency that was called by its name, or nothing.

    >>> currency_help("Euros")
    'write EUR'
    """
    code = CURRENCY_NAMES.get(word.lower().removesuffix("s"))
    return f"write {code}" if code else ""


def is_unit_word(word: str) -> bool:
    """Whether one word is a unit."""
    try:
        unit_of_word(word)
    except QuantityError:
        return False
    return True


_TERM = re.compile(r"\s*(?P<operator>[*/]?)\s*(?P<word>[^\s*/^]+)(?:\^(?P<power>-?\d{1,2}|\(-?\d{1,2}/[1-9]\d?\)))?\s*")


def _terms(text: str) -> Iterator[tuple[str, str, Fraction]]:
    """Split ``USD per user/year^2`` into (operator, word, power), the first operator being ``*`` if none is written."""
    joined, position = re.sub(r"(^|\s)per(?=\s)", "/", text.strip()), 0
    if not joined or len(joined) > 100:
        raise QuantityError(f"expected a unit such as USD/year, got '{joined[:40]}'")
    while position < len(joined):
        term = _TERM.match(joined, position)
        if term is None or (not term["operator"] if position else term["operator"] == "*"):
            raise QuantityError(f"expected a unit such as USD/year, got '{joined}'", "join words with / or *")
        yield term["operator"] or "*", term["word"], Fraction((term["power"] or "1").strip("()"))
        position = term.end()


def _plural(name: str) -> str:
    return re.sub("(?<![aeiou])y$", "ie", name) + "s"


def _power(power: Fraction) -> str:
    if power == 1:
        return ""
    return f"^{power}" if power.denominator == 1 else f"^({power})"


def _vocabulary() -> dict[str, tuple[Fraction, Unit]]:
    words = {code: (Fraction(1), Unit.of(code)) for code in CURRENCIES}
    words |= {symbol: words[code] for symbol, code in SYMBOLS.items()}
    words |= {"1": (Fraction(1), ONE), "%": (Fraction(1, 100), ONE)}
    words |= {basis: (Fraction(1, 10_000), ONE) for basis in ("bp", "bps")}
    singular = {name: (Fraction(1), Unit.of(name)) for name in COUNTS}
    singular |= {name: (size, Unit.of("year")) for name, size in LONG_TIMES.items()}
    singular |= {name: (size, Unit.of("ms")) for name, size in SHORT_TIMES.items()}
    words |= singular | {_plural(name): meaning for name, meaning in singular.items() if name not in ("ms", "s")}
    words |= {name: (size, Unit.of("kWh")) for name, size in ENERGIES.items()}
    power = Unit.of("kWh") / Unit.of("year")
    words |= {name[:-1]: (size * 8766, power) for name, size in ENERGIES.items() if name != "Wh"}
    return words | {short: words[long] for short, long in SHORT_FORMS.items()}


_WORDS = _vocabulary()
_WORDS_IN_LOWER_CASE = {word.lower(): meaning for word, meaning in _WORDS.items()}
_MULTIPLE = "a multiple is a number alone: write 1.5 for 1.5x"
_ALL_KNOWN = "known are currencies such as USD, times, %, kWh and what is counted: " + ", ".join(
    map(_plural, sorted(COUNTS))
)
