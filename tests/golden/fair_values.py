"""Put fair value beside the headline on the page of the Moonshot deal: ``python -m tests.golden.fair_values``.

The run is that of the figures on record; the integral reads the cap table alone. A test says when the table is behind.
"""

import re

import valsim
from tests.golden.shipped import PATHS, SCENARIOS, found

NAME = "moonshot-2026-10b"
PAGE = SCENARIOS / f"{NAME}.md"
TABLE = re.compile(r"(?<=<!-- fair value -->\n).*?(?=<!-- end of fair value -->)", re.DOTALL)
HEAD = (
    "Class",
    "Shares, M",
    "Worth a share, $",
    "Headline over worth, %",
    "Worth a share by `exit_mix`, $",
    "Headline over worth, %",
)


def table() -> str:
    """The table of the page: each class by the full run, with standard errors, and by the integral."""
    run, integral = found(NAME)["fair_value"], valsim.fair_value(PAGE.with_suffix(".yaml"), run_price())
    lines = [HEAD, ("---",) * len(HEAD)]
    for key, each in run["classes"].items():
        other = integral.classes[key]
        share = f"{each['per_share']:.2f} ± {each['per_share_standard_error']:.2f}"
        lines.append(
            (
                key,
                f"{each['shares'] / 1e6:.0f}",
                share,
                over(each),
                f"{other.per_share:.2f}",
                points(other.overvaluation),
            )
        )
    worth = f"{run['fair_value'] / 1e6:,.0f}M ± {run['standard_error'] / 1e6:,.0f}M"
    alone = (f"{integral.fair_value / 1e6:,.0f}M", points(integral.overvaluation))
    lines.append(("**all, together**", "", worth, over(run), *alone))
    return f"{PATHS:,} paths; everything is risk-neutral.\n\n" + "".join(f"| {' | '.join(each)} |\n" for each in lines)


def run_price() -> dict[str, float]:
    """The last price paid, at which both are asked."""
    price: dict[str, float] = found(NAME)["fair_value"]["price"]
    return price


def over(told: dict[str, float]) -> str:
    """How far the headline is above worth in a run, with its standard error."""
    return f"{points(told['overvaluation'])} ± {told['overvaluation_standard_error'] * 100:.1f}"


def points(part: float | None) -> str:
    """A part in percent, with its sign."""
    return "–" if part is None else f"{part * 100:+.1f}".replace("-", "−")


def main() -> None:
    """Replace the table of the page."""
    PAGE.write_text(TABLE.sub(lambda _: table(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
