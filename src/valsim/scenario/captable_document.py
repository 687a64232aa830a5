"""The document of a cap table that stands alone, and what a scenario says that such a document would."""

from collections.abc import Mapping

from pydantic import Field

from valsim.captable.cap_table import CapTable
from valsim.core.block import Block
from valsim.core.day import Day
from valsim.scenario.currency import Currency
from valsim.scenario.source import Source


class Heading(Block):
    """What stands above the terms of a contract."""

    name: str = ""
    """What the document is called."""
    description: str = ""
    """What it is about, in a sentence or two."""
    as_of: Day | None = None
    """The date at which it holds; what grows with time is counted up to it where no other date is asked for."""
    currency: Currency = Field(default="", examples=["USD"])
    """The currency of every amount, as its three-letter code; without it, that of the first amount that names one."""
    sources: Mapping[str, Source] = {}
    """Where numbers come from, by key."""


class CapTableDocument(CapTable, Heading):
    """A cap table in a file of its own.

    Amounts may be plain numbers: ``original_issue_price: 2.5`` is in the currency of the document.
    """

    example = "{classes: {common: {kind: common, shares: 8M}, series_a: {kind: preferred, shares: 2M, original_issue_price: 2.5, liquidation_preference_multiple: 1, participation: none, seniority: 1}}}"

    extends: str = Field(default="", repr=False)
    """Another file, beside this one or in a folder below, that this one changes: mappings are merged, one's own keys win."""


class CapTableOfScenario(Heading):
    """A scenario of which nothing but its cap table is read."""

    captable: CapTable
    """Who owns the company at the start."""

    @property
    def standing_alone(self) -> CapTableDocument:
        """The cap table as a document of its own."""
        parts = ((block, name) for block in (self, self.captable) for name in type(block).model_fields)
        return CapTableDocument.model_construct(
            **{name: getattr(block, name) for block, name in parts if name != "captable"}
        )
