"""Put the table of ``valsim sanity`` on the pages beside the scenarios: python docs/base_rates.py [NAME ...].

It takes seconds a scenario. The words below a table are written by hand; a test says when a table is behind, and when a figure
is outside what is usual and the words do not say why.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCENARIOS = ROOT / "scenarios"
PATHS = 8192
"""As many as the figures on record under tests/golden are made with."""
TABLE = re.compile(r"(?<=<!-- base rates -->\n).*?(?=<!-- end of base rates -->)", re.DOTALL)


def main() -> None:
    """Do it for the scenarios that are named, or for all."""
    for name in sys.argv[1:] or sorted(path.stem for path in SCENARIOS.glob("*.md")):
        write(SCENARIOS / f"{name}.md", table_of(name))


def write(page: Path, table: str) -> None:
    """Replace the table of a page."""
    text = page.read_text(encoding="utf-8")
    page.write_text(TABLE.sub(lambda _: table, text), encoding="utf-8")


def table_of(name: str) -> str:
    """The table of a scenario."""
    command = [sys.executable, "-m", "valsim", "sanity", str(SCENARIOS / f"{name}.yaml"), "--paths", str(PATHS)]
    return subprocess.run([*command, "--markdown"], check=True, text=True, stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    main()
