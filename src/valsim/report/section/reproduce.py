"""How to get the same numbers again."""

from collections.abc import Mapping
from typing import Any

from valsim.core.fit import in_words
from valsim.report import labels
from valsim.report.section.parts import Cell, Code, Folded, Part, Section, Table, words
from valsim.report.section.precision import drawn

Summary = Mapping[str, Any]


def section(summary: Summary) -> Section:
    """Command, seed, versions and the scenario itself."""
    again = summary.get("reproduce", {})
    parts: list[Part] = [Code("Command", again["command"])] if again.get("command") else []
    facts = tuple(rows(summary, again.get("versions", {})))
    parts.append(Folded.of(Table("This run", words("What", "Value"), facts)))
    files = again.get("files", {})
    parts += [Code(f"The file {name}", text, folded=True) for name, text in files.items()]
    lead = "The same seed and scenario give the same numbers, whatever the number of threads."
    return Section("reproduce", "Reproduce", lead, parts, "Reproduce")


def rows(summary: Summary, versions: Mapping[str, str]) -> list[tuple[Cell, ...]]:
    """Facts of the run."""
    run, scenario = summary["run"], summary["scenario"]
    facts = {
        "Scenario": scenario["name"],
        "Hash of the input": scenario.get("input_hash"),
        "Paths": f"{run['paths']:,}",
        "Seed": run["seed"],
        "Sampler": run.get("sampler"),
        "Threads": run.get("threads"),
        "Executor": run.get("executor"),
        "Run time": f"{run['seconds']:.1f} s" if run.get("seconds") is not None else None,
        "On disk meanwhile": _on_disk(run),
        **({"valsim": summary.get("valsim")} | dict(versions)),
    }
    return [(Cell(what), Cell(str(value))) for what, value in facts.items() if value is not None]


def run_words(summary: Summary) -> str:
    """Say in one line as of when and on which paths a scenario was run."""
    run, seconds = summary["run"], summary["run"].get("seconds") or 0.0
    on_disk = f", {_on_disk(run)} on disk meanwhile" if _on_disk(run) else ""
    day, paths = summary["scenario"]["as_of"], labels.paths(run["paths"])
    return f"as of {day}, {paths}, seed {run['seed']}, {drawn(run)}{seconds:.1f} s{on_disk}"


def _on_disk(run: Mapping[str, Any]) -> str | None:
    return in_words(run["bytes_on_disk"]) if run.get("bytes_on_disk") else None
