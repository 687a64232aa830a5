"""What a block reads from a CSV file beside the document."""

from collections.abc import Mapping
from typing import NamedTuple


class Columns(NamedTuple):
    """The keys that name a column of the file, each with the field that its cells take the place of.

    >>> Columns({"column": "values"}, unit="unit").fields["column"]
    'values'
    """

    fields: Mapping[str, str]
    unit: str = ""
    """The key that holds the unit of cells without one, if there is such a key."""
