"""What a section is made of. The template has one macro for each ``kind``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

RISK_NEUTRAL = "risk-neutral"
REAL_WORLD = "real-world"
DIGITS = 6
"""Significant digits of the numbers that a page hands to its scripts: more than a screen can show."""


@dataclass(frozen=True)
class Cell:
    """A number or words; its standard error, a second line in small print, and a tone for its colour.

    A column whose cells have a ``value`` can be sorted by it on the page.
    """

    text: str
    error: str = ""
    note: str = ""
    tone: str = ""
    value: float | None = field(default=None, kw_only=True)

    @property
    def marked(self) -> bool:
        """Whether there is more to show than the text; few of the thousands of cells of a page have more."""
        return bool(self.error or self.note or self.tone)


@dataclass(frozen=True)
class Column:
    """A heading; numbers stand on the right."""

    title: str
    note: str = ""
    number: bool = True


@dataclass(frozen=True)
class Table:
    """Rows of cells. The first cell of a row names it."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    measure: str = ""
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A figure, the finding it shows in words, and its numbers for those who cannot or will not look."""

    kind: ClassVar[str] = "chart"
    name: str
    title: str
    figure: dict[str, Any]
    finding: str
    table: Table | None = None
    measure: str = ""


@dataclass(frozen=True)
class Grid:
    """Small charts that stand side by side where there is room."""

    kind: ClassVar[str] = "grid"
    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class Folded:
    """What few readers want at once: it opens when its title is clicked, and the title says its measure."""

    kind: ClassVar[str] = "folded"
    title: str
    inside: Table | Chart | Grid
    measure: str = ""

    @classmethod
    def of(cls, table: Table) -> "Folded":
        """A table under its own caption."""
        return cls(table.caption, table, table.measure)


@dataclass(frozen=True)
class Tile:
    """One big number."""

    label: str
    value: str
    error: str = ""
    note: str = ""
    measure: str = ""


@dataclass(frozen=True)
class Tiles:
    """The big numbers of the first screen."""

    kind: ClassVar[str] = "tiles"
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Bar:
    """A name, its number, and a bar of a length from 0 to 1; ``off`` is the length of the standard error on either side."""

    label: str
    length: float
    value: str
    error: str = ""
    note: str = ""
    off: float = 0.0


@dataclass(frozen=True)
class Panel:
    """A few bars under a title, drawn without a script: they are there at once, and on paper. A tone gives their colour."""

    title: str
    bars: tuple[Bar, ...]
    measure: str
    tone: str = ""
    note: str = ""


@dataclass(frozen=True)
class Panels:
    """Panels that stand side by side where there is room."""

    kind: ClassVar[str] = "panels"
    panels: tuple[Panel, ...]


@dataclass(frozen=True)
class Control:
    """What a reader moves: ``templates/controls`` has its form, ``KIND.html``, and what it does, ``KIND.js``, which is given ``data``.

    What it says when nothing is moved, and where no script runs, is in its form. ``charts`` are those that it changes. The numbers
    in its data have so many significant ``digits`` on the page. What its form shows and no script reads is in ``form``.
    """

    kind: ClassVar[str] = "control"
    name: str
    control: str
    data: Mapping[str, Any]
    charts: tuple[Chart, ...] = ()
    digits: int = DIGITS
    form: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    """A paragraph; ``tone`` "warning" makes it stand out."""

    kind: ClassVar[str] = "text"
    text: str
    tone: str = ""


@dataclass(frozen=True)
class Code:
    """Text to copy as it is."""

    kind: ClassVar[str] = "code"
    title: str
    text: str
    folded: bool = False


Part = Table | Folded | Chart | Grid | Control | Panels | Tiles | Text | Code


@dataclass(frozen=True)
class Section:
    """A heading, a sentence that says what was found, and parts."""

    name: str
    title: str
    lead: str
    parts: Sequence[Part]
    short: str = ""

    @property
    def charts(self) -> tuple[Chart, ...]:
        """All charts, so that the page can hand their data over in one place."""
        return tuple(chart for part in self.parts for chart in charts_of(part))

    @property
    def controls(self) -> tuple[Control, ...]:
        """All controls, as the page hands over what their scripts read."""
        return tuple(part for part in self.parts if isinstance(part, Control))


def charts_of(part: Part) -> tuple[Chart, ...]:
    """The charts inside a part."""
    match part:
        case Chart():
            return (part,)
        case Grid() | Control():
            return part.charts
        case Folded():
            return charts_of(part.inside)
        case _:
            return ()


def opened(table: Table, first: int, rest: str) -> Iterator[Part]:
    """The first rows of a table in the open, and the rest folded under a title; nothing of a table without rows.

    >>> table = Table("Worth", (Column("Holder"),), ((Cell("me"),), (Cell("Alibaba"),)))
    >>> [part.kind for part in opened(table, 1, "Worth, other holders")]
    ['table', 'folded']
    """
    if table.rows[:first]:
        yield replace(table, rows=table.rows[:first])
    if table.rows[first:]:
        yield Folded(rest, replace(table, rows=table.rows[first:], note=""), table.measure)


def words(*texts: str) -> tuple[Column, ...]:
    """Columns of text, on the left."""
    return tuple(Column(text, number=False) for text in texts)


def numbers(*texts: str) -> tuple[Column, ...]:
    """Columns of numbers, on the right; ``title|note`` puts a note under the title."""
    return tuple(Column(*text.partition("|")[::2]) for text in texts)
