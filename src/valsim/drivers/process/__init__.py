"""Processes: how a number of the company moves; one kind a file."""

from valsim.core.block import import_kinds
from valsim.drivers.process.base import Process

import_kinds(__name__, __path__)

__all__ = ["Process"]
