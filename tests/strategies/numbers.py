"""Numbers of a document in every form in which it may give one; each draws a valid one between two ends."""

from random import Random
from typing import Any

SOURCES = ("filing", "press")
SUFFIXES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))
CHARACTERS = "abcABC019 .,:;#'\"!?&*@%|>-_~{}[]()<=\\/éß名字ユ☃😀"
NOTES = (
    "Assumption.",
    "Read as before the money: after it, less.",
    "  'quoted' \"twice\", #no comment ",
    "名字 ☃ 1e9",
    "no",
)


def words(chosen: Random) -> str:
    """A text of any characters that a file may hold."""
    return "".join(chosen.choice(CHARACTERS) for _ in range(chosen.randint(0, 12)))


def number(chosen: Random, low: float, high: float, unit: str = "") -> Any:
    """A number in any form: as it is, with a source and a note, as a distribution, or in conflict."""
    form = chosen.choice((written, written, written, _cited, _family, _conflict))
    body = form(chosen, low, high, unit)
    return body | _provenance(chosen) if isinstance(body, dict) else body


def written(chosen: Random, low: float, high: float, unit: str = "") -> Any:
    """A quantity: digits with and without a suffix, as a percentage, and as a plain number where it has no unit."""
    return chosen.choice(_spellings(_between(chosen, low, high), unit))


def _cited(chosen: Random, low: float, high: float, unit: str) -> dict[str, Any]:
    return {"value": written(chosen, low, high, unit)}


def _conflict(chosen: Random, low: float, high: float, unit: str) -> dict[str, Any]:
    weights = chosen.choice((("60%", "40%"), (0.5, 0.5), ("20%", "30%", "50%")))
    readings = [
        {"value": written(chosen, low, high, unit), "source": chosen.choice(SOURCES), "weight": weight}
        for weight in weights
    ]
    return {"conflict": readings}


def _provenance(chosen: Random) -> dict[str, Any]:
    source = chosen.choice(({}, {"source": "filing"}, {"source": list(SOURCES)}))
    return source | chosen.choice(({}, {"note": chosen.choice(NOTES)}))


def _between(chosen: Random, low: float, high: float) -> float:
    return min(high, max(low, float(f"{chosen.uniform(low, high):.3g}")))


def _spellings(number: float, unit: str) -> list[Any]:
    behind = f" {unit}" if unit and not unit.startswith("/") else unit
    ways: list[Any] = [f"{number!r}{behind}"]
    ways += [f"{number / size:.9g}{suffix}{behind}" for size, suffix in SUFFIXES if 1 <= number / size < 1000]
    if number == int(number):
        ways.append(f"{int(number):_}{behind}")
    if not unit:
        ways += [number, f"{number * 100:.9g}%", f"{number * 100:.9g} %"]
    return ways


def _family(chosen: Random, low: float, high: float, unit: str) -> dict[str, Any]:
    """Give a distribution that stays between the ends."""
    ends = sorted(low + (high - low) * part for part in chosen.sample((0.0, 0.125, 0.25, 0.5, 0.75, 0.875), 3))
    first, middle, last, *bounds = (chosen.choice(_spellings(end, unit)) for end in (*ends, low, high))
    inside = {"at_least": bounds[0], "at_most": bounds[1]}
    parts = [{"weight": "30%", "value": first}, {"weight": 0.7, "family": "uniform", "low": middle, "high": last}]
    known: list[dict[str, Any]] = [
        {"family": "uniform", "low": first, "high": last},
        {"family": "triangular", "low": first, "mode": middle, "high": last},
        {"family": "pert", "low": first, "mode": middle, "high": last, "shape": 4},
        {"family": "empirical", "values": [first, last, middle, middle]},
        {"family": "discrete", "values": {str(first): "25%", str(last): 0.75}},
        {"family": "mixture", "components": parts},
        {"family": "normal", "p10": first, "p90": last, **inside},
    ]
    if ends[0] > 0:
        known.append({"family": "lognormal", "p10": first, "p90": last, **inside})
        known.append({"family": "lognormal", "median": middle, "sigma": "40%", **inside})
    return chosen.choice(known)
