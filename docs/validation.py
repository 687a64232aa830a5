"""Write the table of published figures beside those of valsim: python docs/validation.py.

It runs the tests of tests/published and tells what they compared, so that no figure of ours is written by hand.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "explanation" / "validation.md"
MANY = 6
TITLES = {
    "waterfalls": "Who gets what at an exit",
    "payouts": "Exits of whole documents",
    "rounds": "The price of a round",
    "closings": "Rounds of whole documents",
    "anti_dilution": "Conversion prices after a cheaper issue",
    "ownership": "Stakes over several rounds",
    "accruals": "Interest and dividends",
    "fair_values": "Fair value by class",
    "unicorns": "What a term does to fair value",
    "options": "Options",
    "stopping": "When to stop",
    "jumps": "Jumps",
    "correlations": "Correlations",
    "rates": "Rates of return",
    "distributions": "Uncertain numbers",
    "earn_outs": "Contingent payments",
    "conversions": "Conversion ratios",
}
"""The files of cases, and what they are about."""

TOLD = """\
# Published figures beside ours

Others have published what a waterfall pays, what a round costs, what an option is worth. Each row is one such figure: who
published it, what is published, what valsim gives, and the largest difference. The tests of every change make the same
comparison, and this table is written from it.

*Agrees* means that the figures are the same up to the digits that were published. *Published answer is wrong* means that the
source prints something else: then the first figure is the right one, worked out for this project, the stance
says what the source prints and why it is wrong, and a test holds that valsim does not repeat it. *Approximate* means that the source rounds
on its way. The American puts are priced by a lattice of the tests, not by valsim, whose trained decisions are then held
against them."""

LEFT_OUT = """\
## What was not compared

- Schwartz and Moon (2000), the value of Amazon: the printed value does not follow from the printed parameters.
- Hull, the trinomial tree of chapter 36.5: valsim has no lattice; it plays paths.
- Cochrane (2005) and Korteweg and Sorensen (2010), moments of venture returns, and the averages over 135 unicorns of Gornall
  and Strebulaev (2020): statistics of many companies, from data that are not published, which no single document leads to.
- The Ishigami and Sobol functions, and the value of perfect information: valsim does not compute those indices.
- Distribution waterfalls and metrics of a fund with several calls: valsim values positions and, for a break-even, one fund's terms.
- Cap tables in the Open Cap Format: valsim does not read it."""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """Give the page as what is found today makes it, found in a process of its own."""
    told = subprocess.run([sys.executable, __file__, "--print"], cwd=ROOT, capture_output=True, text=True, check=True)
    _, head, rest = told.stdout.partition(TOLD.partition("\n")[0])
    return head + rest


def found() -> str:
    """Run the tests of the published cases, and tell what they compared."""
    import pytest

    sys.path.insert(0, str(ROOT))
    from tests.published.cases import COMPARED

    quiet = [
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "--no-header",
        "-k",
        "not fine_grid and not partly_recalled",
    ]
    if pytest.main([*quiet, str(ROOT / "tests" / "published")]):
        sys.exit("a published case fails; run the tests of tests/published")
    rows = {(case["id"], what): (case, what, mine, theirs) for case, what, mine, theirs in COMPARED}
    return "\n\n".join([TOLD, *_groups(rows), LEFT_OUT])


def _groups(rows: dict[tuple[str, str], tuple[Any, ...]]) -> Iterable[str]:
    from tests.published.cases import cases_of

    for file, title in TITLES.items():
        held = {case["id"] for case in cases_of(file)}
        lines = [_row(*row) for (case, _), row in sorted(rows.items(), key=lambda each: each[0]) if case in held]
        head = ["| case | figure | published, or right | valsim | difference | stance | source |", "| --- " * 7 + "|"]
        yield "\n".join([f"## {title}", "", *head, *lines])


def _row(case: dict[str, Any], what: str, mine: Any, theirs: Any) -> str:
    ours, published = _flat(mine, theirs), _flat(theirs, theirs)
    apart = max((abs(float(a) - float(b)) for a, b in zip(ours, published, strict=True)), default=0.0)
    difference = "none" if apart < 1e-6 * max(1.0, *map(abs, published)) else f"{apart:.2g}"
    names = list(theirs) if isinstance(theirs, dict) else []
    cells = (
        case["id"],
        what.replace("_", " "),
        _told(published, names),
        _told(ours, names),
        difference,
        _stance(case),
        case["source"],
    )
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("*", "\\*") for cell in cells) + " |"


def _stance(case: dict[str, Any]) -> str:
    stances = {"valid": "agrees", "approximate": "approximate"}
    if case["stance"] in stances:
        return stances[case["stance"]]
    wrong = ", ".join(f"{what.replace('_', ' ')} {figure}" for what, figure in case["published_wrong"].items())
    return f"published answer is wrong, {wrong}: {case.get('notes', '')}"


def _flat(figures: Any, like: Any) -> list[float]:
    if isinstance(like, dict):
        return [float(figures[name]) for name in like]
    return [float(each) for each in figures] if isinstance(like, list) else [float(figures)]


def _told(figures: list[float], names: list[str]) -> str:
    written = [f"{each:,.0f}" if abs(each) >= 1e5 else f"{each:.6g}" for each in figures]
    if names:
        return "; ".join(f"{name} {each}" for name, each in zip(names, written, strict=True))
    return "; ".join(written if len(written) <= MANY else [*written[:3], f"and {len(written) - 3} more"])


if __name__ == "__main__":
    sys.stdout.write(found() + "\n") if "--print" in sys.argv else main()
