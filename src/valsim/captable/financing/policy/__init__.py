"""Policies of a document: who decides about tranches, and how; one kind a file."""

from valsim.captable.financing.policy.base import Decisions
from valsim.core.block import import_kinds

import_kinds(__name__, __path__)

__all__ = ["Decisions"]
