"""Exits: how a path ends; one kind a file."""

from valsim.core.block import import_kinds
from valsim.exits.base import Exit

import_kinds(__name__, __path__)

__all__ = ["Exit"]
