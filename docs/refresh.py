"""Draw the picture of the README again and put the present output under every command: python docs/refresh.py.

Run it when a scenario, the engine or the report has changed; it needs Chromium. The tests say when a page is behind.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from base_rates import main as write_base_rates
from playwright.sync_api import sync_playwright
from reference import main as write_reference
from validation import main as write_validation

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
SCENARIO = ROOT / "scenarios" / "moonshot-2026-10b.yaml"
PICTURE = ROOT / "docs" / "images" / "report.png"
BLOCK = re.compile(r"```(?P<language>console|yaml|python)\n(?P<text>.*?)```", re.DOTALL)
NAME = re.compile(r"# (\S+\.(?:yaml|py))\n")
SIZE = {"width": 1180, "height": 1010}


def main() -> None:
    """Do all of it; docs/reference.py, docs/base_rates.py and docs/validation.py write their parts alone, without a browser."""
    write_reference()
    write_base_rates()
    write_validation()
    draw(PICTURE)
    refresh(README, ROOT)
    for page in (ROOT / "docs").rglob("*.md"):
        with tempfile.TemporaryDirectory() as folder:
            for scenario in (ROOT / "scenarios").glob("*.yaml"):
                shutil.copy(scenario, folder)
            for room in ("src", "tests"):  # a page may add files to valsim
                shutil.copytree(ROOT / room, Path(folder) / room)
            refresh(page, Path(folder))


def refresh(page: Path, folder: Path) -> None:
    """Put the present output under the commands of a page, which are run in a folder."""
    text = page.read_text(encoding="utf-8")
    page.write_text(BLOCK.sub(lambda block: brought_up_to_date(block, folder), text), encoding="utf-8")


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
        page.wait_for_selector(".panels")
        page.wait_for_timeout(500)
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture)
        browser.close()


def brought_up_to_date(block: re.Match[str], folder: Path) -> str:
    """A block with what its command prints today; what is left out after a line of dots stays left out.

    A block that begins with the name of a file is written to it, and other Python is run, for the commands after it.
    """
    if name := NAME.match(block["text"]):
        (folder / name[1]).write_text(block["text"], encoding="utf-8")
        return block[0]
    if block["language"] == "python":
        subprocess.run([sys.executable, "-c", block["text"]], cwd=folder, env=on_a_copy(folder), check=True)
    if block["language"] != "console":
        return block[0]
    command, *shown = block["text"].rstrip().splitlines()
    printed = valsim(*shlex.split(command, comments=True)[2:], folder=folder).rstrip().splitlines()
    kept = [*printed[: shown.index("...")], "..."] if "..." in shown else printed
    return "\n".join(["```console", command, *(line.rstrip() for line in kept), "```"])


def on_a_copy(folder: Path) -> dict[str, str]:
    """The environment in which Python finds the valsim of a folder, and prints in the order of a terminal."""
    return os.environ | {"COLUMNS": "80", "PYTHONPATH": str(folder / "src"), "PYTHONUNBUFFERED": "1"}


def valsim(*arguments: str, folder: Path = ROOT) -> str:
    """What valsim prints."""
    command = [sys.executable, "-m", "valsim", *arguments]
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.run(command, cwd=folder, env=on_a_copy(folder), check=False, text=True, **both).stdout


if __name__ == "__main__":
    main()
