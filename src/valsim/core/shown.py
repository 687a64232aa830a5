"""What shows itself: as a card in a notebook, and as a few lines where it is printed. All of it is imported when somebody looks."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from valsim.report.notebook.frames import Frames
    from valsim.report.notebook.plots import Plots


class Shown:
    """Shows itself by the report: in a notebook as a card of HTML, which needs no script and no network, and printed as lines."""

    def _repr_mimebundle_(self, *_: Any, **__: Any) -> dict[str, str]:
        from valsim.report.notebook.cards import bundle

        return bundle(self)

    def __str__(self) -> str:
        from valsim.report.notebook.cards import lines

        return lines(self)


class Drawn(Shown):
    """Has a summary, which the report is made of, and so its figures and tables."""

    if TYPE_CHECKING:

        @property
        def summary(self) -> Mapping[str, Any]:
            """What it says, as plain data."""

    @cached_property
    def plot(self) -> "Plots":
        """The figures of the report, for plotly: ``result.plot.value()``; ``dir(result.plot)`` lists them."""
        from valsim.report.notebook.plots import Plots

        return Plots(self.summary)

    @cached_property
    def frames(self) -> "Frames":
        """Its tables, for pandas, Polars and Arrow: ``result.frames.holders.to_pandas()``; ``dir(result.frames)`` lists them."""
        from valsim.report.notebook.frames import frames_of

        return frames_of(self)
