"""What is told of a summary, of a run or of one that was saved: the files that are made of it, or the answer on the terminal."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from valsim.cli.answer import Asked, answer, name_files
from valsim.report.files import json_text

Told = Mapping[str, Any]


def tell(asked: Asked, files: Mapping[str, Path], told: Told, show: Callable[[Told, Console], None]) -> None:
    """Write the files that were asked for, and print the JSON alone or show the answer, with the names of all ``files`` that a run left."""

    def shown(console: Console) -> None:
        show(told, console)
        name_files(files)

    answer(asked, {"--html": lambda: _html(told), "--xlsx": lambda: _xlsx(told), "--json": lambda: _json(told)}, shown)


def _html(told: Told) -> str:
    from valsim.report.page import render

    return render(told)


def _xlsx(told: Told) -> bytes:
    from valsim.report.workbook.book import render

    return render(told)


def _json(told: Told) -> str:
    return json_text({key: value for key, value in told.items() if key != "reproduce"})
