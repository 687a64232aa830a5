"""Everything stands in the room where a reader looks for it."""

import ast
import re

import pytest

from tests.architecture.sources import SRC, TESTS, imports, modules_of, name, tree

WITHOUT_A_ROOM = {
    "architecture",
    "benchmarks",
    "contract_scenarios",
    "directions",
    "docs",
    "driver_scenarios",
    "examples",
    "golden",
    "published",
    "scenarios",
}
"""Folders of tests that look at the whole project, not at one room of it."""

NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "socketserver", "ssl", "urllib",
    "urllib3", "webbrowser", "xmlrpc",
}  # fmt: skip

OPENS_A_FILE = "src/valsim/report/notebook/figure.py imports webbrowser"
"""A figure that is shown where there is no notebook is opened in a browser, from a file that asks for nothing."""

RANDOM = {"random", "numpy.random.seed", "numpy.random.rand", "numpy.random.randn"}


DECLARES_A_KIND = re.compile(r"^kind: Literal\[(.*?)\]")


def test_every_folder_of_tests_mirrors_a_folder_of_the_package():
    folders = {path.parent.relative_to(TESTS) for path in TESTS.rglob("test_*.py")}
    rooms = {folder for folder in folders if folder.parts and folder.parts[0] not in WITHOUT_A_ROOM}
    strays = [
        str(room) for room in rooms if not (SRC / room).is_dir() and not (SRC / room).with_suffix(".py").is_file()
    ]
    assert sorted(strays) == []


def test_every_room_of_the_package_has_tests():
    rooms = {path.relative_to(SRC).parts[0] for path in SRC.rglob("*.py") if path.parent != SRC}
    assert [room for room in sorted(rooms) if not list((TESTS / room).rglob("test_*.py"))] == []


def test_every_folder_of_the_package_is_importable():
    folders = {path.parent for path in SRC.rglob("*.py")}
    assert [name(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_a_kind_lives_in_the_file_of_its_name():
    strays = [
        f"{name(path)} holds kind {kind}" for path in SRC.rglob("*.py") for kind in _kinds(tree(path)) - {path.stem}
    ]
    assert sorted(strays) == []


def test_the_loop_asks_nothing_for_its_kind():
    loop = SRC / "simulate.py"
    asked = [node.lineno for node in ast.walk(tree(loop)) if isinstance(node, ast.Attribute) and node.attr == "kind"]
    assert asked == []


def test_the_waterfall_sees_the_base_of_securities_and_no_kind_of_them():
    seen = {
        module for module in imports(SRC / "captable" / "waterfall.py") if module.startswith("valsim.captable.security")
    }
    assert {module for module in seen if not module.startswith("valsim.captable.security.base")} == set()


@pytest.mark.parametrize("banned", [NETWORK, RANDOM], ids=["the network", "global random numbers"])
def test_nothing_in_the_package_reaches_for(banned: set[str]):
    found = [
        f"{name(path)} imports {module}"
        for path in modules_of(SRC)
        for module in imports(path)
        if _under(module, banned)
    ]
    assert [each for each in found if each != OPENS_A_FILE] == []


def _under(module: str, banned: set[str]) -> bool:
    return any(module == each or module.startswith(f"{each}.") for each in banned)


def _kinds(module: ast.Module) -> set[str]:
    """The kinds that a module's classes declare, ``kind: Literal["lognormal"]``."""
    declared = (
        DECLARES_A_KIND.search(ast.unparse(node)) for node in ast.walk(module) if isinstance(node, ast.AnnAssign)
    )
    return {kind for found in declared if found for kind in re.findall(r"'(\w+)'", found[1])}
