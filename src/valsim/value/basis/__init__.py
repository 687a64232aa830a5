"""The basis of a multiple: which revenue it multiplies; one kind a file."""

from valsim.core.block import import_kinds
from valsim.value.basis.base import Basis

import_kinds(__name__, __path__)

__all__ = ["Basis"]
