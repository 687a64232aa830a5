"""Sources: where the numbers of a document come from."""

from valsim.core.block import Block
from valsim.core.day import Day


class Source(Block):
    """Where numbers come from: cited once, referred to by key."""

    example = "{title: Term sheet of the Series B, publisher: the company, date: 2026-01-01}"
    title: str
    """What the source is called."""
    date: Day
    """When it was published; a scenario knows nothing published after its ``as_of``, so a later one gives a warning."""
    publisher: str = ""
    """Who published it."""
    url: str = ""
    """Where it can be read; shown, never fetched."""
    file: str = ""
    """The file that holds it, for a document in hand; shown, never opened."""
    note: str = ""
    """What to keep in mind about it."""
