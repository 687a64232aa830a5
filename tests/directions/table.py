"""Put what moves the Moonshot deal on the page beside it: ``python -m tests.directions.table``.

It takes some twenty seconds; a test says when the table is behind.
"""

import re

from tests.directions.items import ITEMS, Item
from tests.directions.turning import PATHS, SHIPPED, turned
from valsim.result import Estimate

PAGE = SHIPPED / "moonshot-2026-10b.md"
MILESTONE = ("follow_on", "milestone closing")
TABLE = re.compile(r"(?<=<!-- what moves it -->\n).*?(?=<!-- end of what moves it -->)", re.DOTALL)
HEAD = (
    "What is turned",
    "All opening shares, $M",
    "Series C share, %",
    "`me`, $M",
    "Milestone funded, points",
    "`me` loses, points",
)


def table() -> str:
    """The table of the page: a line for each item, each change with its standard error."""
    lines = [HEAD, ("---",) * len(HEAD), *(line(item) for item in ITEMS.values())]
    return f"{PATHS:,} paths, the same before and after.\n\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def line(item: Item) -> tuple[str, ...]:
    """What an item moves."""
    both = turned(*item.changes, against=item.against)
    return (
        item.turned,
        told(both.value(), 1e-6, 0),
        told(both.share("series_c"), 100, 1),
        told(both.worth("me"), 1e-6, 2),
        told(both.funded(*MILESTONE), 100, 1),
        told(both.loses("me"), 100, 1),
    )


def told(change: Estimate, times: float, digits: int) -> str:
    """A change with its sign and its standard error, or a dash where no path differs."""
    if change.mean == change.standard_error == 0:
        return "–"
    return f"{change.mean * times:+,.{digits}f} ± {change.standard_error * times:,.{digits}f}".replace("-", "−")


def main() -> None:
    """Replace the table of the page."""
    PAGE.write_text(TABLE.sub(lambda _: table(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
