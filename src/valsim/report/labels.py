# long because: whoever writes a number or a name looks here and nowhere else
"""Numbers and names as people write them: the one place that turns a field into words.

>>> money(4.31e9, "USD"), percent(0.412), multiple(2.13), quantity(900, "ms", "USD")
('$4.31B', '41 %', '2.1x', '900 ms')
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

MISSING = "–"

SYMBOLS: Mapping[str, str] = MappingProxyType(
    {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "HKD": "HK$", "INR": "₹", "SGD": "S$", "KRW": "₩"}
)

SCALES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"), (1.0, ""))

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "arr": "ARR",
        "ipo": "IPO",
        "api": "API",
        "ip": "IP",
        "ai": "AI",
        "irr": "IRR",
        "moic": "MOIC",
        "gpu": "GPU",
        "gm": "gross margin",
        "me": "me (your position)",
    }
)

ROUNDING = 1e-9
"""The relative standard error below which all paths have the same number."""

MOST_DIGITS = 4
"""An amount is shown in no more digits than these, however small its error is."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "equity_value": "Equity value",
        "enterprise_value": "Enterprise value",
        "cash": "Cash",
        "safe": "SAFE",
        "captable": "Cap table",
        "carve_out": "Carve-out",
        "still_private": "Still private at the horizon",
        "valued_revenue": "Revenue that the multiple applies to",
        "at_horizon": "Still private at the horizon",
        "no_price": "no positive price for the round",
        "not_met": "milestone not met",
        "deal_failed": "the deal did not close",
        "default": "an investor defaulted",
        "exited": "company already exited",
    }
)


@dataclass(frozen=True)
class Estimate:
    """A number with what is known of its spread: its Monte Carlo standard error and its quantiles."""

    mean: float | None
    standard_error: float | None = None
    quantiles: Mapping[str, float | None] = field(default_factory=dict)

    def at(self, level: str) -> float | None:
        """The quantile at a level written as in the summary, ``"0.5"``."""
        return self.quantiles.get(level)


def estimate(raw: Any) -> Estimate:
    """Read a bare number, a ``{mean, standard_error, quantiles}`` or nothing.

    >>> estimate({"mean": 2.0, "standard_error": 0.1}).standard_error
    0.1
    """
    if not isinstance(raw, Mapping):
        return Estimate(raw)
    quantiles = raw.get("quantiles") or {key: raw[key] for key in raw if re.fullmatch(r"0?\.\d+", str(key))}
    return Estimate(raw.get("mean"), raw.get("standard_error"), quantiles)


def span(spread: Estimate, show: Callable[[float | None], str]) -> str:
    """From the 5th to the 95th percentile, or nothing.

    >>> span(estimate({"quantiles": {"0.05": 0.1, "0.95": 0.4}}), percent)
    '10 % to 40 %'
    """
    return "" if spread.at("0.05") is None else f"{show(spread.at('0.05'))} to {show(spread.at('0.95'))}"


def symbol(currency: str) -> str:
    """What stands before an amount: ``$`` for USD, ``CHF`` and a space for one without a short sign, nothing where none is known."""
    return SYMBOLS.get(currency, f"{currency} " if currency else "")


def scale_of(value: float) -> tuple[float, str]:
    """The power of a thousand that a number is read in; 999.96 million already reads as a billion."""
    return next(((size, letter) for size, letter in SCALES if abs(value) >= size * 0.9995), SCALES[-1])


def digits(value: float, significant: int = 3) -> str:
    """Write a number below a thousand in so many significant digits; zeros at the end go only where it is exact.

    >>> digits(4.3), digits(0.0034), digits(41.2), digits(3.9982), digits(0)
    ('4.3', '0.0034', '41.2', '4.00', '0')
    """
    if value == 0:
        return "0"
    shown = float(f"{abs(value):.{significant}g}")
    places = max(0, significant - 1 - math.floor(math.log10(shown)))
    text = f"{value:.{places}f}"
    exact = "." in text and math.isclose(float(text), value, rel_tol=1e-9)
    return text.rstrip("0").rstrip(".") if exact else text


def compact(value: float, significant: int = 3) -> str:
    """A magnitude with its suffix, ``9.9M``."""
    size, letter = scale_of(value)
    return digits(value / size, significant) + letter


def money(value: float | None, currency: str, significant: int = 3) -> str:
    """An amount, ``$4.31B``; a minus stands before the sign of the currency."""
    if value is None:
        return MISSING
    minus = "−" if value < 0 else ""
    return f"{minus}{symbol(currency)}{compact(abs(value), significant)}"


def case(scenario: Mapping[str, Any]) -> str:
    """Which case of a scenario is shown, and which others there are; nothing where it has one.

    >>> case({"variant": "bear", "variants": {"base": 0.75, "bear": 0.25}})
    'case bear, weight 25 %; the others: base 75 % (--variant NAME, or all)'
    """
    weights = {name: "" if share is None else percent(share) for name, share in scenario.get("variants", {}).items()}
    if not weights:
        return ""
    shown = scenario["variant"]
    weight = f", weight {weights[shown]}" if weights[shown] else ""
    others = ", ".join(f"{name} {share}".rstrip() for name, share in weights.items() if name != shown)
    return f"case {shown}{weight}; the others: {others} (--variant NAME, or all)"


def price(value: float | None, currency: str) -> str:
    """A price per share: at least two decimals, ``$6.10``, and three digits where it is small."""
    if value is None:
        return MISSING
    small = 0 < abs(value) < 0.9995
    return f"{symbol(currency)}{digits(value)}" if small else f"{symbol(currency)}{value:,.2f}"


def percent(value: float | None) -> str:
    """A share or a chance, ``41 %``; one decimal below ten and close to a hundred.

    >>> percent(0.073), percent(0.0002), percent(0.9996), percent(1.0)
    ('7.3 %', '<0.1 %', '>99.9 %', '100 %')
    """
    if value is None:
        return MISSING
    if 0 < abs(value) < 0.0005:
        return "<0.1 %" if value > 0 else "−<0.1 %"
    if 0.9995 < value < 1:
        return ">99.9 %"
    fine = 0 < abs(value) < 0.0995 or 0.99 < value < 1
    return f"{value:.{1 if fine else 0}%}".replace("%", " %").replace("-", "−")


def part(value: float | None) -> str:
    """A ratio to something in percent, where just below the whole is the whole: a chance of one is another matter.

    >>> part(0.99995), part(1.00002), part(0.412)
    ('100 %', '100 %', '41 %')
    """
    return percent(1.0 if value is not None and 0.9995 < value < 1 else value)


def multiple(value: float | None) -> str:
    """A multiple of money: ``0.94x``, ``2.1x``, ``14x``; two decimals below two, where money back is near.

    >>> multiple(0.94), multiple(1.0), multiple(2.13), multiple(14.2), multiple(0)
    ('0.94x', '1.00x', '2.1x', '14x', '0x')
    """
    if value is None:
        return MISSING
    places = 2 if abs(value) < 1.995 else 1 if abs(value) < 9.95 else 0
    return "0x" if value == 0 else f"{value:.{places}f}x"


def decimals_for(error: float) -> int:
    """Decimals that show a standard error to one significant digit, and its number no finer."""
    return min(6, max(0, -math.floor(math.log10(error) + 1e-9))) if error > 0 else 2


def with_error(value: float | None, error: float | None, currency: str) -> tuple[str, str]:
    """An amount and its standard error in the same scale, ``("$2.31B", "± 0.02B")``, in at most four digits.

    >>> with_error(2.3099e9, 2.1e7, "USD"), with_error(1.46221e9, 3e4, "USD")
    (('$2.31B', '± 0.02B'), ('$1.462B', '± 0.001B'))
    """
    if value is None or not error or error < ROUNDING * abs(value):
        return money(value, currency), ""
    size, letter = scale_of(max(abs(value), error))
    whole = len(f"{max(abs(value), error) / size:.0f}")
    places = min(decimals_for(error / size), MOST_DIGITS - whole)
    minus = "−" if value < 0 else ""
    return (
        f"{minus}{symbol(currency)}{abs(value) / size:,.{places}f}{letter}",
        f"± {max(error / size, 10.0**-places):.{places}f}{letter}",
    )


def price_with_error(value: float | None, error: float | None, currency: str) -> tuple[str, str]:
    """A price per share and its standard error, ``("$6.10", "± 0.03")``."""
    if value is None or not error:
        return price(value, currency), ""
    places = max(2, decimals_for(error))
    return f"{symbol(currency)}{value:,.{places}f}", f"± {error:.{places}f}"


def percent_with_error(value: float | None, error: float | None) -> tuple[str, str]:
    """A chance and its standard error in points, ``("38.2 %", "± 0.2")``."""
    if value is None or not error:
        return percent(value), ""
    places = min(2, decimals_for(error * 100))
    return f"{value * 100:.{places}f} %".replace("-", "−"), f"± {max(error * 100, 10.0**-places):.{places}f}"


def signed_with_error(value: float | None, error: float | None) -> tuple[str, str]:
    """A gap with its sign and its standard error in points.

    >>> signed_with_error(0.2825, 0.011), signed_with_error(-0.1, None), signed_with_error(-0.002, 0.07)
    (('+28 %', '± 1'), ('−10 %', ''), ('0 %', '± 7'))
    """
    if value is None or (not error and abs(value) < ROUNDING):
        return (MISSING if value is None else "0 %"), ""
    shown, off = percent_with_error(value, error)
    nothing = not re.search("[1-9]", shown)
    return (shown.lstrip("−") if nothing else f"+{shown}" if value > 0 else shown), off


def multiple_with_error(value: float | None, error: float | None) -> tuple[str, str]:
    """A multiple and its standard error, ``("1.84x", "± 0.02")``."""
    if value is None or not error:
        return multiple(value), ""
    places = min(3, max(1, decimals_for(error)))
    return f"{value:.{places}f}x", f"± {error:.{places}f}"


def quantity(value: float | None, unit: str, currency: str) -> str:
    """A number in a unit of the summary: ``$250M/year``, ``9.9M users``, ``900 ms``, ``0.35``.

    >>> quantity(2.5e8, "USD/year", "USD"), quantity(9.9e6, "user", "USD"), quantity(1.5, "year", "USD")
    ('$250M/year', '9.9M users', '1.5 years')
    """
    if value is None:
        return MISSING
    if unit == "%":
        return percent(value)
    if unit == currency or unit.startswith(f"{currency}/"):
        return money(value, currency) + unit.removeprefix(currency)
    number = compact(value) if value >= 0 else "−" + compact(-value)
    per = unit.removeprefix("1") if unit.startswith("1") else " " + plural(unit)
    return (number + per).rstrip()


def plural(unit: str) -> str:
    """``user`` reads as ``users``; short times and compound units stay as they are."""
    countable = re.fullmatch(r"[a-z]{4,}", unit) and not unit.endswith("s")
    return unit + "s" if countable else unit


def paths(count: int) -> str:
    """How many paths.

    >>> paths(1), paths(100_000)
    ('1 path', '100,000 paths')
    """
    return f"{count:,} path{'' if count == 1 else 's'}"


def name(field: str) -> str:
    """A field or class in words: ``enterprise_arr`` is "Enterprise ARR"; what a person wrote stays as written.

    >>> name("enterprise_arr"), name("series_b"), name("Alibaba & <Co>"), name("series_b-yc_safe")
    ('Enterprise ARR', 'Series B', 'Alibaba & <Co>', 'Series B (Yc safe)')
    """
    if field in LABELS:
        return LABELS[field]
    if "_" in field and (shadow := re.fullmatch(r"([a-z][a-z0-9_]*)-([a-z][a-z0-9_]*)", field)):
        return f"{name(shadow[1])} ({name(shadow[2])})"
    if not re.fullmatch(r"[a-z][a-z0-9_]*( \d+)?", field):
        return phrase(field)
    text = spaced(field)
    return text if field.split("_", maxsplit=1)[0] in WORDS else text[:1].upper() + text[1:]


def spaced(field: str) -> str:
    """A field as words: ``series_b`` is "series B"."""
    return " ".join(WORDS.get(word, word.upper() if len(word) == 1 else word) for word in re.split("[_ ]", field))


def sentence(field: str) -> str:
    """A field in the middle of a sentence: ``ipo`` is "IPO", ``wind_down`` is "wind down"."""
    text = name(field)
    return text if text[:2].isupper() or text == field else text[:1].lower() + text[1:]


def short(text: str, length: int = 34) -> str:
    """Cut a name for the axis of a chart; the table beside it has it in full."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def lines(name: str, length: int) -> list[str]:
    """Break a name behind its underscores and blanks into lines of at most so many letters, where its words are no longer.

    >>> lines("right_to_walk_away", 12), lines("unbreakable_name", 8)
    (['right_to_', 'walk_away'], ['unbreakable_', 'name'])
    """
    found = [""]
    for part in re.findall(r"[^_ ]*[_ ]?", name):
        fits = not found[-1] or len(found[-1] + part.rstrip()) <= length
        found = [*found[:-1], found[-1] + part] if fits else [*found, part]
    return [line.rstrip() for line in found]


def folded(path: str, length: int) -> str:
    r"""Break a path behind its dots into lines of at most so many characters, the later ones further in.

    >>> folded("rounds.series_b.closings.first.new_money", 24)
    'rounds.series_b.\n  closings.first.\n  new_money'
    """
    lines = [""]
    for part in re.findall(r"[^.]+\.?", path):
        fits = not lines[-1].strip() or len(lines[-1] + part) <= length
        lines = [*lines[:-1], lines[-1] + part] if fits else [*lines, f"  {part}"]
    return "\n".join(lines)


def tranche_name(tranche: Mapping[str, Any]) -> str:
    """A round and its tranche, ``Follow on: milestone closing``; one word where both share it."""
    same = tranche["round"] == tranche["tranche"]
    return name(tranche["tranche"]) if same else f"{name(tranche['round'])}: {phrase(tranche['tranche'])}"


def phrase(text: str) -> str:
    """A name that a person wrote, with the fields in it as words: "other series B investors"."""
    return re.sub(r"\b[a-z]+(?:_[a-z0-9]+)+\b", lambda found: spaced(found[0]), text)


def reason(text: str) -> str:
    """Why a tranche was not funded: a known word as a phrase, a condition as it was written."""
    return LABELS.get(text, text).replace("; ", " and ")


def listed(parts: Sequence[str]) -> str:
    """``a, b and c``."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else list(parts))
