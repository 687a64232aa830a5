"""Every number of the document with its source; without one it is an assumption."""

from collections.abc import Iterator, Mapping

import numpy as np

from valsim.analysis.spread import Plain, number, tidy
from valsim.core.block import Block
from valsim.core.errors import Path
from valsim.core.parameter import Parameter, parameters
from valsim.core.walk import walk
from valsim.evidence.facts import PREFIX, Fact, fact
from valsim.scenario.model import Scenario


def assumptions(scenario: Scenario) -> list[Plain]:
    """Give every number in the order of the document: where it stands, what it is, and where it comes from."""
    notes = notes_of_blocks(scenario)
    return [
        _assumption(".".join(map(str, path)), parameter, note_of(path, parameter, notes))
        for path, parameter in parameters(scenario)
    ]


def notes_of_blocks(scenario: Scenario) -> dict[Path, str]:
    """Give the notes that blocks, such as risks, have for all numbers inside, by the places of the blocks."""
    notes = ((path, getattr(value, "note", "")) for path, value in walk(scenario) if isinstance(value, Block))
    return {path: note for path, note in notes if note}


def note_of(path: Path, parameter: Parameter, notes: Mapping[Path, str]) -> str:
    """Give the note of a number: its own, or where it says nothing that of the block it stands in."""
    if parameter.note or parameter.sources or parameter.readings:
        return parameter.note
    inside = (notes[path[:length]] for length in range(len(path), 0, -1) if path[:length] in notes)
    return next(inside, "")


def _assumption(path: str, parameter: Parameter, note: str) -> Plain:
    conflict = list(_readings(parameter)) or None
    entry = {"value": number(parameter.middle), "given": parameter.given, "unit": str(parameter.unit)}
    tails = {} if parameter.known else {f"p{p}": number(parameter.at(np.asarray(p / 100))) for p in (10, 90)}
    if tails:
        tails["percentage"] = parameter.percentage or any(reading.percentage for reading in parameter.readings)
    found = {
        "path": path,
        **entry,
        **tails,
        "source": _cited(parameter),
        "note": note or None,
        "conflict": conflict,
    }
    return tidy(found)


def _cited(parameter: Parameter) -> str:
    """Name the sources; a figure that is only recalled is none, so that its number stays an assumption."""
    return (
        ", ".join(key for key in _keys(parameter) if not key.startswith(PREFIX) or fact(key).is_known) or "assumption"
    )


def _keys(parameter: Parameter) -> tuple[str, ...]:
    keys = [*parameter.sources, *(key for reading in parameter.readings for key in reading.sources)]
    return tuple(dict.fromkeys(keys))


def _readings(parameter: Parameter) -> Iterator[Plain]:
    for reading, weight in zip(parameter.readings, parameter.weights, strict=True):
        yield {"value": reading.given, "source": _cited(reading), "weight": weight}


def sources(scenario: Scenario) -> dict[str, Plain]:
    """Give the sources by key: those of the document, then the figures of the package that it cites."""
    own = {
        key: tidy({name: str(value) or None for name, value in source if value})
        for key, source in scenario.sources.items()
    }
    keys = (key for _, parameter in parameters(scenario) for key in _keys(parameter) if key.startswith(PREFIX))
    return own | {key: _figure(fact(key)) for key in dict.fromkeys(keys)}


def _figure(found: Fact) -> Plain:
    told = {
        "title": found.text,
        "publisher": found.read_at,
        "date": str(found.known_from or "") or None,
        "url": next((read.url for read in found.sources if read.url), None),
        "note": found.note or None,
    }
    return tidy(told)
