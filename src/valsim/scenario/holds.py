"""What a file holds as a whole, told by the keys at its top."""

from valsim.core.block import Kind
from valsim.scenario.text.document import Document

WITHIN = "captable"
"""The key of a scenario under which its cap table stands."""


def stands_alone(document: Document) -> bool:
    """Say whether a document is a cap table and no scenario."""
    return "classes" in document.data and WITHIN not in document.data


def is_round(document: Document) -> bool:
    """Say whether a document is a round alone, and neither a scenario nor a cap table."""
    return bool({"new_money", "closings"} & document.data.keys()) and not _is_larger(document)


def is_method(document: Document) -> bool:
    """Say whether a document is a method of valuation: it has a kind at its top, and nothing of a scenario or a cap table."""
    return Kind.tag in document.data and not _is_larger(document)


def _is_larger(document: Document) -> bool:
    return bool({"company", WITHIN, "classes"} & document.data.keys())
