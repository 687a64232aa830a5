"""What a company that is still private at the horizon is worth; one kind a file."""

from valsim.core.block import import_kinds
from valsim.exits.horizon.base import AtHorizon

import_kinds(__name__, __path__)

__all__ = ["AtHorizon"]
