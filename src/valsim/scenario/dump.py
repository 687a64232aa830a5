"""Write a scenario or a cap table back as YAML."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch
from typing import Any

import numpy as np
import yaml

from valsim.captable.cap_table import CapTable
from valsim.core.block import Block
from valsim.core.errors import ValsimError
from valsim.core.expression import Expression
from valsim.core.parameter import Parameter
from valsim.core.unit import QuantityError, Unit
from valsim.scenario.model import Scenario
from valsim.scenario.text.scalar import resolve

WIDEST = 120
ANCHORED_BY_ANOTHER = (
    "this case is played at the scale of the file that it is a case of (anchor: base), and a document of its own cannot say so; "
    "dump that file, which holds the case, or case.anchored_by(None), which is scaled to the last price for itself"
)


def dump(document: Scenario | CapTable) -> str:
    """Write a scenario or a cap table as YAML that loads to an equal one: numbers as they were given, with their sources and notes.

    What the file took over (``like``, ``extends``, anchors, overrides) is written out, and defaults are left out. Raises
    :class:`~valsim.core.errors.ValsimError` for a case that is anchored as its file: alone it would be anchored for itself, to other numbers.
    """
    if isinstance(document, Scenario) and document.anchored_as is not document:
        raise ValsimError(ANCHORED_BY_ANOTHER)
    return as_yaml(plain(document))


def as_yaml(data: Any) -> str:
    """Write plain data as the text of a document that reads to the same data."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDEST, default_flow_style=None)


@singledispatch
def plain(value: Any) -> Any:
    """Give a part of a scenario as a document writes it: mappings, lists, texts and numbers."""
    return value


@plain.register
def _(value: Block) -> Any:
    return plain(value.as_written())


@plain.register
def _(value: Parameter) -> Any:
    return plain(value.written)


@plain.register
def _(value: Expression | Unit | date) -> str:
    return str(value)


@plain.register
def _(value: Fraction | Decimal) -> str:
    return str(value)


@plain.register(np.generic | np.ndarray)
def _(value: Any) -> Any:
    return value.tolist()


@plain.register(Mapping)
def _(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(item) for name, item in value.items()}


@plain.register(tuple | list)
def _(value: tuple[Any, ...] | list[Any]) -> list[Any]:
    return [plain(item) for item in value]


class _Dumper(yaml.CSafeDumper):
    """Writes scalars by the rules that :func:`~valsim.scenario.text.scalar.resolve` reads them by, and no aliases."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (PyYAML's own way)

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    # Only double quotes keep every kind of line break apart.
    quotes = "'" if text.isprintable() else '"'
    return dumper.represent_scalar(_TEXT, text, style=None if _is_text(text) and text.isprintable() else quotes)


def _number(dumper: _Dumper, number: float) -> yaml.ScalarNode:
    return dumper.represent_scalar(_TEXT, repr(number))


def _truth(dumper: _Dumper, truth: bool) -> yaml.ScalarNode:  # noqa: FBT001 (PyYAML's own way)
    return dumper.represent_scalar(_TEXT, str(truth).lower())


def _nothing(dumper: _Dumper, nothing: None) -> yaml.ScalarNode:
    del nothing
    return dumper.represent_scalar(_TEXT, "null")


def _is_text(text: str) -> bool:
    try:
        return resolve(text) is text and text != "<<"
    except QuantityError:
        return False


_TEXT = "tag:yaml.org,2002:str"
_Dumper.add_representer(str, _text)
_Dumper.add_representer(int, _number)
_Dumper.add_representer(float, _number)
_Dumper.add_representer(bool, _truth)
_Dumper.add_representer(type(None), _nothing)
