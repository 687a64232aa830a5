"""A solution on a terminal: the number with its error, what it makes true, and what was held fixed."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from valsim.report import labels
from valsim.report.section.measures import plain_with_error, shown
from valsim.report.terminal import Words, wrapped

Told = Mapping[str, Any]
ANCHORS = {
    "none": "The opening multiple is not scaled to the last price (valuation.anchor: none).",
    "held": "The company is held fixed: its opening multiple keeps the scale that the file has as it stands, {scale:.3g} "
    "(--anchor held).",
    "solved": "The opening multiple is scaled to the last price anew for each number that is tried (--anchor solved).",
}


def print_solution(told: Told, console: Console) -> None:
    """Print a solution in 80 columns."""
    for item in _items(told):
        shown_item = wrapped(item, console.width) if isinstance(item, Words) else item
        console.print(
            shown_item, highlight=False, markup=False, soft_wrap=True
        )  # what is to be copied stays in one line


def _items(told: Told) -> Iterator[Any]:
    yield Text(f"{told['target']}, by {told['name']}", style="bold")
    yield Text(f"{labels.paths(told['run']['paths'])}, seed {told['run']['seed']}", style="dim")
    yield ""
    yield from _answer(told)
    yield from (Words(each, "  ") for each in _beside(told))
    yield Words(ANCHORS[told["anchor"]].format(scale=told["anchor_scale"]), "  ", "dim")


def _answer(told: Told) -> Iterator[Any]:
    if told["value"] is not None:
        yield Words(f"{_number(told)}{_holds(told)}", "", "bold")
        yield Words(f"There {_sides(told, told['at'])}.", "  ")
        yield Text(f"  To play it: --set {_setting(told)}", style="dim")
    elif told["jumps_between"]:
        low, high = told["jumps_between"]
        between = f"between {_placed(told, low)} and {_placed(told, high)}"
        yield Words(f"No number makes it just true: it jumps across {between}.", "", "bold")
        yield from (Words(f"At {_placed(told, each)} {_sides(told, each)}.", "  ") for each in (low, high))
    else:
        yield Words(f"No number makes it true{_searched(told)}.", "", "bold")
        yield from (Words(f"At {_placed(told, each)} {_sides(told, each)}.", "  ") for each in _looked_at(told))
        yield from (Words(each, "  ") for each in _out_of_reach(told))


def _number(told: Told) -> str:
    """The number to the digits that its error leaves, in the unit of the document: ``412 ± 6 M USD``."""
    text, error = plain_with_error(told["value"], told["standard_error"])
    return f"{told['before']}{text}{f' {error} ' if error else ''}{told['unit'].strip() if error else told['unit']}"


def _holds(told: Told) -> str:
    return f" and {told['holds']}" if told["holds"] else ""


def _setting(told: Told) -> str:
    """The change of the document, its number to a digit more than the error leaves."""
    error, value = told["standard_error"], told["value"]
    short = f"{value:.{labels.decimals_for(error) + 1}f}" if error else f"{value:.10g}"
    text = told["set"].replace(told["written"], f"{told['before']}{short}{told['unit']}")
    return f'"{text}"' if "'" in text else f"'{text}'"


def _beside(told: Told) -> Iterator[str]:
    if told["now"] and told["value"] is not None:
        yield f"As the file stands, at {told['was']}, {_sides(told, told['now'])}."
    if told["others"]:
        near = labels.listed([f"{told['before']}{place:.4g}{told['unit']}" for place in told["others"]])
        yield f"It is made true elsewhere too, near {near}; told is what is nearest to the file. --between chooses another."


def _searched(told: Told) -> str:
    spots = told["scanned"]
    return f" between {_placed(told, spots[0])} and {_placed(told, spots[-1])}" if spots else ""


def _looked_at(told: Told) -> list[Told]:
    """The ends of the search and what is nearest to being true between them."""
    spots = told["scanned"]
    if not spots:
        return []
    nearest = min(spots, key=lambda spot: abs(spot["gap"]["mean"]))
    return [spot for spot in spots if spot in (spots[0], nearest, spots[-1])]


def _out_of_reach(told: Told) -> Iterator[str]:
    """Say where there was nothing to look at, as nobody invests there or the document does not take the number."""
    (low, high), places = told["searched"], [spot["value"] for spot in told["scanned"]]
    has_none = f"{told['sides'][0]} has no value: nobody invests there, or the file cannot be played with it."
    if places and places[0] > low:
        yield f"Below {_placed(told, told['scanned'][0])} {has_none}"
    if places and places[-1] < high:
        yield f"Above {_placed(told, told['scanned'][-1])} {has_none}"


def _placed(told: Told, spot: Told) -> str:
    return f"{told['before']}{spot['value']:.6g}{told['unit']}"


def _sides(told: Told, spot: Told) -> str:
    """What both sides are at a number: ``moic(me) is 2.99x ± 0.04 against 3.00x``."""
    left, right = (
        " ".join(filter(None, shown(spot[side], told["counts"], told["currency"]))) for side in ("left", "right")
    )
    return f"{told['sides'][0]} is {left} against {right}"
