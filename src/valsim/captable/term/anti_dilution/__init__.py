"""Anti-dilution: what a cheaper round does to a conversion price; one kind a file."""

from valsim.captable.term.anti_dilution.base import AntiDilution, Before, FirstClosing, Issue, Source
from valsim.core.block import import_kinds

import_kinds(__name__, __path__)

__all__ = ["AntiDilution", "Before", "FirstClosing", "Issue", "Source"]
