"""The command: ``python -m benchmarks [NAME ...]`` from the root of the repository."""

import argparse
import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import measurement, record
from benchmarks.clock import timed
from benchmarks.effort import Effort
from benchmarks.machine import facts, in_words, quiet
from benchmarks.table import Table


def names() -> list[str]:
    """Name the measurements."""
    return [module.name for module in pkgutil.iter_modules(measurement.__path__)]


def main(arguments: list[str] | None = None) -> None:
    """Measure what is asked for: a table each, and one file with all of them where one is wanted."""
    asked = _asked(arguments)
    if asked.list:
        print("\n".join(f"{name:12} {_module(name).__doc__.splitlines()[0]}" for name in names()))
        return
    found: dict[str, Any] = {}
    for name in asked.names or names():
        found[name] = told(name, asked.effort)
        if asked.record:
            record.write({name: found[name]})
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def told(name: str, effort: Effort) -> dict[str, Any]:
    """Measure one thing, tell it as it comes, and give it for a file."""
    on = facts()
    if not quiet(on):
        print(f"warning: {in_words(on)}: the figures are not those of a quiet machine", file=sys.stderr)
    print(f"\n## {name}\n", flush=True)
    tables, taken = timed(lambda: list(_each(name, effort)))
    print(f"({taken.seconds:.1f} seconds)", flush=True)
    rows = [each.as_dict() for each in tables]
    return {"effort": effort.value, "machine": on, "seconds": round(taken.seconds, 1), "tables": rows}


def _each(name: str, effort: Effort) -> Iterator[Table]:
    for each in _module(name).measure(effort):
        print(f"{each}\n", flush=True)
        yield each


def _module(name: str) -> Any:
    return importlib.import_module(f"{measurement.__name__}.{name}")


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks", description="Measure what has to be quick.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to measure; everything where nothing is named")
    parser.add_argument("--list", action="store_true", help="name the measurements")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to a file")
    parser.add_argument("--record", action="store_true", help="put the figures on record, in RECORD.json and RECORD.md")
    effort = parser.add_mutually_exclusive_group()
    for each, words in {
        Effort.QUICK: "few paths, to see that it works",
        Effort.FULL: "also what takes minutes",
    }.items():
        effort.add_argument(
            f"--{each.value}", dest="effort", action="store_const", const=each, default=Effort.USUAL, help=words
        )
    asked = parser.parse_args(arguments)
    unknown = sorted(set(asked.names) - set(names()))
    if unknown:
        parser.error(f"no measurement is named {', '.join(unknown)}: there are {', '.join(names())}")
    return asked


if __name__ == "__main__":
    main()
