"""The cap table as a document: the classes of shares and who holds them."""

from collections.abc import Mapping

from pydantic import Field

from valsim.captable.holding import Holding
from valsim.captable.security import Security
from valsim.core.block import LIKE, Block


class CapTable(Block):
    """Who owns the company at the start."""

    classes: Mapping[str, Security] = Field(json_schema_extra={LIKE: True})
    """The classes of shares, in the order of their issue."""
    positions: Mapping[str, Mapping[str, Holding]] = {}
    """Holders and what they hold of each class; what nobody is named for belongs to other holders."""
