"""Draw the picture of the README again and put the present output under its commands: python docs/refresh.py.

Run it when the scenario, the engine or the report has changed; it needs Chromium. The tests say when the README is behind.
"""

import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
SCENARIO = ROOT / "scenarios" / "moonshot-2026-10b.yaml"
PICTURE = ROOT / "docs" / "images" / "report.png"
CONSOLE = re.compile(r"(?P<head>```console\n)\$ (?P<command>[^\n]+)\n(?P<output>.*?)(?P<tail>```)", re.DOTALL)
SIZE = {"width": 1180, "height": 1010}


def main() -> None:
    """Do both."""
    draw(PICTURE)
    text = README.read_text(encoding="utf-8")
    README.write_text(CONSOLE.sub(with_output, text), encoding="utf-8")


def draw(picture: Path) -> None:
    """Photograph the first screen of the report of the real scenario."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "report.html"
        valsim("run", str(SCENARIO), "--quiet", "--html", str(page_file))
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(page_file.as_uri())
        page.wait_for_selector("[data-chart=tranche-funnel] .main-svg")
        page.wait_for_timeout(500)
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture)
        browser.close()


def with_output(block: re.Match[str]) -> str:
    """A console block with what its command prints today; what is left out after a line of dots stays left out."""
    printed = valsim(*shlex.split(block["command"])[1:]).rstrip().splitlines()
    shown = block["output"].rstrip().splitlines()
    kept = [*printed[: shown.index("...")], "..."] if "..." in shown else printed
    return f"{block['head']}$ {block['command']}\n" + "\n".join(line.rstrip() for line in kept) + f"\n{block['tail']}"


def valsim(*arguments: str) -> str:
    """What valsim prints."""
    command = [sys.executable, "-m", "valsim", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
