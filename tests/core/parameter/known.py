"""Draws for blocks whose every parameter is known."""

from valsim.core.rows import Row


class Known:
    """Fails where a parameter with a distribution is drawn."""

    def parameter(self, name: str) -> Row:
        """Say that nothing was to be drawn."""
        raise AssertionError(f"{name} is not known")


KNOWN = Known()
