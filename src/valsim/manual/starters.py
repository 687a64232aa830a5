"""Starters: commented scenarios to begin with, each a file in ``templates/starters`` that loads and runs as it is."""

import re
from datetime import date
from importlib.resources import files

_FOLDER = files("valsim") / "templates" / "starters"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_AS_OF = re.compile(r"^as_of: (\S+)", re.MULTILINE)
CURRENCY = "USD"
"""The currency in which the starters are kept."""


def starters() -> dict[str, str]:
    """Give what each starter is about, by its name; the plainest comes first."""
    found = sorted(_FOLDER.iterdir(), key=lambda file: (file.name != "starter.yaml", file.name))
    return {file.name.removesuffix(".yaml"): _about(file.read_text(encoding="utf-8")) for file in found}


def starter(name: str, as_of: date, currency: str = CURRENCY) -> str:
    """Give the text of a starter that looks ahead from another day: every date in it moves by the same number of days.

    In another currency the figures stay as they are.

    >>> print(starter("starter", date(2027, 3, 1)).split("as_of: ")[1][:10])
    2027-03-01
    """
    text = re.sub(rf"\b{CURRENCY}\b", currency, (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    shift = as_of - date.fromisoformat(_AS_OF.search(text)[1])  # type: ignore[index]  # every starter has a date
    return _DATE.sub(lambda found: (date.fromisoformat(found[0]) + shift).isoformat(), text)


def _about(text: str) -> str:
    """Give the description that a starter has of itself."""
    return " ".join(text.split("\ndescription: >-\n")[1].split("\nas_of:", maxsplit=1)[0].split())
