"""The units of what each path comes to."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from valsim.scenario.model import Scenario
from valsim.scenario.rules.row_units import row_units

MONEY = "money"
WORD_OF = {"asking": 2, "event": 3, "use": 2}
"""Which word of a key says what is counted, by its first word; elsewhere the last one."""
OF_ALL: Mapping[str, str] = {
    **dict.fromkeys(("exit", "refused", "default"), ""),
    **dict.fromkeys(("exit time", "paid at"), "year"),
    **dict.fromkeys(("proceeds", "raised", "earned", "paid first", "left owed", "ratchet", "credits"), MONEY),
    **dict.fromkeys(("risk", "listing"), "1"),
}
"""What is counted in all columns whose keys begin with a word."""
WORDS: Mapping[str, str] = {
    **dict.fromkeys(("code", "drawn", "cause of loss"), ""),
    **dict.fromkeys(("time", "time_since_last_round"), "year"),
    **dict.fromkeys(("irr", "irr at cost"), "1/year"),
    **dict.fromkeys(("present value per share", "price_per_share", "price today", "share today"), f"{MONEY}/share"),
    **dict.fromkeys(("ownership at exit", "part bought", "discount", "dilution", "step_up", "factor", "fees"), "1"),
    **dict.fromkeys(("tries", "held", "takes shares", "founder shares"), "1"),
    **dict.fromkeys(("converted", "pay to play", "consequence"), "1"),
    "asking price": f"{MONEY}/share",
    "asking shares": "share",
    "asking carry": "1",
}
"""What is counted that is no money, by the word of the key that says it, after its first word where it is another elsewhere."""


def column_units(kinds: Mapping[tuple[str, ...], np.dtype[Any]], scenario: Scenario) -> dict[tuple[str, ...], str]:
    """Give the unit of each column by its key, as a document writes it; what is true or false has none, nor has a code."""
    rows = {name: str(unit) for name, unit in row_units(scenario).items()}
    return {key: "" if kind.kind == "b" else _unit(key, rows, scenario.currency) for key, kind in kinds.items()}


def _unit(key: tuple[str, ...], rows: Mapping[str, str], currency: str) -> str:
    if key[0] == "decision":  # beside the choice it keeps rows that it looked at
        return rows.get(key[-1], "")
    word = key[WORD_OF.get(key[0], -1)]
    found = (OF_ALL.get(key[0]), WORDS.get(f"{key[0]} {word}"), WORDS.get(word))
    return next((unit for unit in found if unit is not None), MONEY).replace(MONEY, currency)
