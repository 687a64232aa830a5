"""Measures: what may be asked of a result; one kind a file."""

from valsim.analysis.measure.base import MEASURES, Measure
from valsim.core.block import import_kinds

import_kinds(__name__, __path__)

__all__ = ["MEASURES", "Measure"]
