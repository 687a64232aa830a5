"""The cases of a sweep: every start with every row of a table and every combination of values."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from valsim.analysis.sweep.table import Row
from valsim.analysis.sweep.values import Over
from valsim.core.errors import ValsimError
from valsim.scenario.compose.variant import BASE

SHARED = "simulation"
"""The room of a document that all cases share: a case of its own seed would not be paired with the others."""


@dataclass(frozen=True)
class Start:
    """What cases begin with: a document by its name, and which variant of it."""

    name: str
    source: str
    variant: str = BASE


@dataclass(frozen=True)
class Case:
    """A case: where it starts, and the values that are put into it, each as ``--set`` would."""

    number: int
    name: str
    start: Start
    values: Mapping[str, str]
    """By path; one that the case leaves as it is written is missing."""

    @property
    def settings(self) -> tuple[str, ...]:
        """Its changes, as ``--set`` takes them."""
        return tuple(f"{path}={value}" for path, value in self.values.items())


def cases_of(starts: Sequence[Start], rows: Sequence[Row], overs: Sequence[Over]) -> tuple[Case, ...]:
    """Give every combination, the last input varying fastest.

    >>> [case.name for case in cases_of([Start("deal", "deal")], [], [Over("company.cash", ("1 USD", "2 USD"))])]
    ['cash=1 USD', 'cash=2 USD']

    Raises :class:`~valsim.core.errors.ValsimError` for an input that is swept twice, and for a seed or a number of paths.
    """
    paths = paths_of(rows, overs)
    called = dict(zip(paths, briefly(paths), strict=True))
    many, found = len(starts) > 1, list[Case]()
    grid = [dict(zip((over.path for over in overs), each, strict=True)) for each in product(*(o.values for o in overs))]
    for start, row, values in product(starts, rows or [Row("", {})], grid):
        parts = [start.name] * many + [row.name] * bool(row.name) + [f"{called[p]}={v}" for p, v in values.items()]
        found.append(Case(len(found) + 1, ", ".join(parts) or start.name, start, {**row.values, **values}))
    return tuple(found)


def paths_of(rows: Sequence[Row], overs: Sequence[Over]) -> tuple[str, ...]:
    """Name the inputs that are swept, those of the table first."""
    of_table = dict.fromkeys(path for row in rows for path in row.values)
    paths = [*of_table, *(over.path for over in overs)]
    twice = [path for path, count in Counter(paths).items() if count > 1]
    if twice:
        raise ValsimError(f"{twice[0]} is swept twice: list all its values once")
    shared = [path for path in paths if path.split(".")[0] == SHARED]
    if shared:
        raise ValsimError(f"{shared[0]} is not swept: all cases share their paths and their seed (--paths, --seed)")
    return tuple(paths)


def briefly(paths: Sequence[str]) -> tuple[str, ...]:
    """Shorten paths to the fewest last parts that tell them apart.

    >>> briefly(["rounds.b.new_money", "rounds.c.new_money", "company.cash"])
    ('b.new_money', 'c.new_money', 'cash')
    """
    ends = Counter(end for path in paths for end in _ends(path))
    return tuple(next((end for end in _ends(path) if ends[end] == 1), path) for path in paths)


def _ends(path: str) -> list[str]:
    parts = path.split(".")
    return [".".join(parts[-count:]) for count in range(1, len(parts) + 1)]


def chosen(cases: Sequence[Case], base: str) -> Case:
    """Find the case that the others are compared with, by its name or its number; the first where none is named.

    Raises :class:`~valsim.core.errors.ValsimError` where there is none.
    """
    if not base:
        return cases[0]
    found = [case for case in cases if base in {case.name, str(case.number)}]
    if len(found) != 1:
        names = ", ".join(f"{case.number} ({case.name})" for case in cases[:8])
        raise ValsimError(f"there is no case '{base}': known are {names}{', …' if len(cases) > 8 else ''}")
    return found[0]
