"""Templates: businesses that come with valsim, which a file extends by a bare name, such as ``extends: ai_lab``."""

from importlib.resources import files
from typing import Any

from valsim.core.block import nearest_help
from valsim.scenario.text.beside import ElsewhereError
from valsim.scenario.text.document import Source

_FOLDER = files("valsim") / "templates"
_ENDING = ".yaml"


def templates() -> tuple[str, ...]:
    """Give the name of each template, in alphabetical order."""
    return tuple(sorted(file.name.removesuffix(_ENDING) for file in _FOLDER.iterdir() if file.name.endswith(_ENDING)))


def is_bare(given: Any) -> bool:
    """Say whether what a file extends is the bare name of a template; a file is named with its ending.

    >>> is_bare("ai_lab"), is_bare("ai_lab.yaml"), is_bare("deals/base")
    (True, False, False)
    """
    return isinstance(given, str) and given.isidentifier()


def template(name: str) -> Source:
    """Give a template; its places are told as ``valsim/templates/ai_lab.yaml:12:3``.

    Raises :class:`ElsewhereError` where there is none of this name.
    """
    known = templates()
    if name not in known:
        listed = f"the templates are {', '.join(known)}; a file is named with its ending, as in {name}{_ENDING}"
        raise ElsewhereError(f"there is no template '{name}'", nearest_help(name, known) or listed)
    text = (_FOLDER / f"{name}{_ENDING}").read_text(encoding="utf-8")
    return Source(f"valsim/templates/{name}{_ENDING}", text, shipped=True)
