"""Quantities and dates as people write them: ``1.5B USD``, ``12%``, ``18 months``, ``P18M``, ``20% per year``, ``2026-Q1``."""

import math
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, InvalidOperation
from fractions import Fraction

from valsim.core.unit import BOOL, ONE, SYMBOLS, QuantityError, Unit, read_unit, unit_of_word

__all__ = [
    "Quantity",
    "QuantityError",
    "format_quantity",
    "parse_date",
    "parse_period",
    "parse_quantity",
    "read_number",
    "with_unit",
]

_MULTIPLIERS = {"k": 3, "m": 6, "mm": 6, "mn": 6, "million": 6, "b": 9, "bn": 9, "billion": 9}
_MULTIPLIERS |= {"t": 12, "tn": 12, "trillion": 12, "thousand": 3, "mio": 6, "mrd": 9}
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<symbol>US\$|HK\$|\$|€|£)?\s?"
    r"(?P<digits>(?:\d{1,3}(?:_\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?P<power>[eE][+-]?\d+)?"
    r"(?![\d_.]|,\d|[\s'’\u00a0\u2009\u202f]\d{3}(?!\d))"
    r"(?:\s?(?P<suffix>thousand|million|billion|trillion|mio\.?|mrd\.?|mm|mn|bn|tn|[kmbt])(?![A-Za-z]))?",
    re.IGNORECASE | re.ASCII,
)
_OVER = re.compile(r"/(0*[1-9]\d*)(?![\d._eE])", re.ASCII)
"""What follows the first whole number of an exact fraction, such as ``18000000/7``."""
_LIKE_A_DURATION = re.compile(r"[+-]?P(?=[\dT]|$)")
_DURATION = re.compile(
    r"P(?:(?P<year>\d{1,4})Y)?(?:(?P<month>\d{1,5})M)?(?:(?P<week>\d{1,6})W)?(?:(?P<day>\d{1,7})D)?", re.ASCII
)
_LONGEST = 100


@dataclass(frozen=True)
class Quantity:
    """A number in base dimensions with its unit, and the text it was read from.

    >>> parse_quantity("18 months").value
    1.5
    """

    value: float
    unit: Unit
    text: str

    def __str__(self) -> str:
        return _written(self.value, self.unit, Decimal(repr(self.value)))


def parse_quantity(raw: str | float) -> Quantity:
    """Read a number with its unit; percentages become plain fractions, times become years (or ms).

    >>> parse_quantity("$1.5B"), parse_quantity("20% per year").value, parse_quantity("3/8").value
    (Quantity(value=1500000000.0, unit=<Unit USD>, text='$1.5B'), 0.2, 0.375)

    Raises :class:`QuantityError` for everything that can be read in two ways or in none.
    """
    text = str(raw)
    start = text.strip()
    if isinstance(raw, bool) or len(start) > _LONGEST:
        raise _unreadable(raw)
    if _LIKE_A_DURATION.match(start):
        return Quantity(float(_duration(start)), _YEAR, text)
    value, symbol, end = read_number(start)
    over = _OVER.match(start, end)
    if over:
        value, end = value / int(over[1]), over.end()
    exact, unit = with_unit(value, symbol, start, start[end:])
    return Quantity(float(exact), unit, text)


def _duration(text: str) -> Fraction:
    """Read a duration of ISO 8601, such as ``P1Y6M``, in years."""
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        raise QuantityError(f"expected a duration such as P18M, P1Y6M, P2W or P90D, got '{text}'", _advice(text))
    counts = ((word, count) for word, count in match.groupdict().items() if count)
    return sum((int(count) * unit_of_word(word)[0] for word, count in counts), Fraction(0))


def read_number(text: str, position: int = 0) -> tuple[Fraction, Unit, int]:
    """Read the number at ``position``: its exact value, the unit of a currency sign before it and where it ends."""
    match = _NUMBER.match(text, position)
    if match is None or len(match[0]) > _LONGEST:
        raise _unreadable(text[position:])
    value = _exact(match["digits"].replace("_", "") + (match["power"] or ""))
    value *= Fraction(10) ** _MULTIPLIERS.get((match["suffix"] or "").lower().rstrip("."), 0)
    unit = Unit.of(SYMBOLS[match["symbol"].upper()]) if match["symbol"] else ONE
    return -value if match["sign"] == "-" else value, unit, match.end()


def with_unit(value: Fraction, symbol: Unit, text: str, unit_text: str) -> tuple[Fraction, Unit]:
    """Give number and unit in base dimensions, exactly; the number is sure to fit a double."""
    scale, unit = read_unit(unit_text) if unit_text.strip() else (Fraction(1), ONE)
    if symbol is not ONE and unit.currencies:
        raise QuantityError(f"expected one currency, got '{text}'", "leave out the sign or the code")
    _expect_double(value * scale, text)
    return value * scale, symbol * unit


def _expect_double(value: Fraction, text: str) -> None:
    try:
        nearest = float(value)
    except OverflowError:
        raise QuantityError(f"expected a number up to 1e308, got '{text}'") from None
    if value and not nearest:
        raise QuantityError(f"expected a number above 1e-308, got '{text}'", "write 0 if you mean zero")


def _exact(digits: str) -> Fraction:
    try:
        value = Decimal(digits)
    except InvalidOperation:
        raise _too_far(digits) from None
    if value and abs(value.adjusted()) > 400:  # a larger power would build a giant integer first
        raise _too_far(digits)
    return Fraction(value) if value else Fraction(0)


def _too_far(digits: str) -> QuantityError:
    return QuantityError(f"expected a number between 1e-308 and 1e308, got '{digits}'")


def _unreadable(raw: object) -> QuantityError:
    text = str(raw)
    shown = text if len(text) <= 40 else text[:39] + "…"
    return QuantityError(f"expected a quantity such as 1.5B USD, got '{shown}'", _advice(text))


_GROUPS = "write 1_000_000 or 1M: "
_ADVICE = {
    _LIKE_A_DURATION: (
        "a P counts whole years, months, weeks and days, in this order; shorter times are written 5 hours or 900 ms"
    ),
    re.compile(r".*\d,\d"): (
        "write 1_000_000 or 1M, and a point before decimals: a comma between digits can be read in two ways"
    ),
    re.compile(r".*\d\.\d{3}\.\d"): _GROUPS + "a point stands before decimals and parts no groups of digits",
    re.compile(r".*\d['’]\d{3}"): _GROUPS + "an apostrophe parts no groups of digits",
    re.compile(r".*\d\s\d{3}"): _GROUPS + "a blank parts no groups of digits",
    re.compile(r".*¥"): "¥ is the sign of two currencies: write CNY or JPY behind the number",
    re.compile(r".*(\d_|_\d)"): "underscores part groups of three digits, as in 1_000_000",
}
"""What to write instead of a text of the given form; the first that fits."""


def _advice(text: str) -> str:
    return next((advice for form, advice in _ADVICE.items() if form.match(text)), "")


def format_quantity(value: float, unit: Unit, digits: int = 3) -> str:
    """Write a number in base dimensions for people, to so many significant digits.

    >>> format_quantity(4.3e9, Unit.of("USD")), format_quantity(0.12, ONE), format_quantity(0.75, Unit.of("year"))
    ('4.3B USD', '12 %', '9 months')
    """
    if not math.isfinite(value):
        return f"{value} {unit.plural}".strip()
    size, word = _readable_time(value) if unit == _YEAR else (value, "")
    rounded = Context(prec=digits).create_decimal(Decimal(repr(float(size))))
    return f"{rounded.normalize():f} {word}{'' if rounded == 1 else 's'}" if word else _written(value, unit, rounded)


_YEAR = Unit.of("year")


def _readable_time(years: float) -> tuple[float, str]:
    for word in ("year", "month", "day"):
        size = years / float(unit_of_word(word)[0])
        if abs(size) > 1 - 1e-9:
            return size, word
    return (years, "year") if not years else (size, "day")


def _written(value: float, unit: Unit, decimal: Decimal) -> str:
    """Write a decimal with its suffix and unit; every digit is kept, so that reading it back gives the same number."""
    if unit == BOOL:
        return str(bool(value)).lower()
    if _is_share(value, unit):
        return _plain(decimal.scaleb(2)) + " %" + unit.written()
    number = _suffixed(decimal)
    words = unit.written() if value == 1 else unit.plural
    return number + (words if words.startswith("/") else f" {words}" if words else "")


def _is_share(value: float, unit: Unit) -> bool:
    rate = not unit.dimensions or unit.dimensions == (("year", Fraction(-1)),)
    return rate and 1e-6 <= abs(value) < 1


def _suffixed(decimal: Decimal) -> str:
    for suffix, power in (("T", 12), ("B", 9), ("M", 6), ("k", 3)):
        # 1,234 users read better than 1.234k; from ten thousand on the suffix wins.
        if power + (suffix == "k") <= decimal.adjusted() < 16:
            return _plain(decimal.scaleb(-power)) + suffix
    return _plain(decimal)


def _plain(decimal: Decimal) -> str:
    short = decimal.normalize()
    return f"{short:f}" if -7 < short.adjusted() < 16 else f"{short:e}".replace("e+", "e")


_DATE = re.compile(r"(\d{4})-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?)", re.IGNORECASE | re.ASCII)


def parse_date(raw: str | date) -> date:
    """Read a date; a month or quarter is its first day.

    >>> parse_date("2026-Q2").isoformat()
    '2026-04-01'

    Raises :class:`QuantityError`.
    """
    return parse_period(raw)[0]


def parse_period(raw: str | date) -> tuple[date, date]:
    """Read a date, a month or a quarter: its first and its last day.

    >>> [day.isoformat() for day in parse_period("2027-Q1")]
    ['2027-01-01', '2027-03-31']

    Raises :class:`QuantityError`.
    """
    if isinstance(raw, date):
        return raw, raw
    match = _DATE.fullmatch(str(raw).strip())
    try:
        year, quarter, month, day = match.groups() if match else ("", "", "", "")
        first = date(int(year), 3 * int(quarter) - 2 if quarter else int(month), int(day or 1))
    except ValueError:
        raise QuantityError(f"expected a date such as 2026-02-20, 2026-02 or 2026-Q1, got '{str(raw)[:40]}'") from None
    last = first.month + 2 if quarter else first.month
    return first, first if day else date(first.year, last, monthrange(first.year, last)[1])
