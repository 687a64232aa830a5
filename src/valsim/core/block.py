"""Blocks: the frozen pieces a scenario is composed of, and the registry that finds them by ``kind``."""

import difflib
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import singledispatch
from types import MappingProxyType
from typing import Any, ClassVar, Self, get_args

from pydantic import (
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ErrorDetails, InitErrorDetails, PydanticCustomError, core_schema

from valsim.core.contents import Contents
from valsim.core.errors import Problem, TakenKindError

FAMILY = "x-family"
"""The key of a JSON Schema that stands for any member of a family of kinds."""
LIKE = "x-like"
"""The key of a JSON Schema that says that an entry of the field may take over others with ``like``."""
NAMED_BY_KIND = "x-named-by-kind"
"""The key of a JSON Schema that says that an entry whose name is a kind needs no other."""
HOLDS = "x-holds"
"""The key of a JSON Schema that says in words what may stand there."""
READING = "x-reading"
"""The key of a JSON Schema that says that the field names one of several readings of a clause that practice knows."""


class Block(Contents):
    """A frozen piece of a document; its field docstrings, which ``field_docs`` reads, are the reference manual."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, strict=True, defer_build=True)

    example: ClassVar[str] = ""
    """One such block as a document writes it, for the manual."""

    @model_validator(mode="wrap")
    @classmethod
    def _unknown_keys_name_the_nearest(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(value)
        except ValidationError as error:
            details = [_helped(detail, cls) for detail in error.errors()]
            raise ValidationError.from_exception_data(cls.__name__, details) from None

    @classmethod
    def refusal(cls, key: str) -> tuple[str, str]:
        """Say why a key cannot stand here, and what to do about it."""
        return "unknown key", nearest_help(key, cls.model_fields) or _parted(key)

    def as_written(self) -> Any:
        """Give the fields that are not left to their defaults, for a document; a block with a short form gives that."""
        fields = ((name, getattr(self, name), field.default) for name, field in type(self).model_fields.items())
        return {name: value for name, value, default in fields if value != default}

    def awaits(self, start: date) -> date | None:
        """Give the day from which the block does something that only a run plays, which starts on ``start``; or nothing."""
        del start
        return None

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report what one field alone cannot see; paths are relative to this block."""
        del context
        return iter(())


def _parted(key: str) -> str:
    """Say what to write where a comma parted three digits from their number: in braces they are a key."""
    return "a comma ends a value: write 8_000_000 or 8M" if re.fullmatch(r"\d{3}", key) else ""


class Kind(Block):
    """A block that a document chooses by a tag, such as ``kind: logistic_growth``.

    A direct subclass opens a family (a class keyword ``member_of`` says what one member is called, ``usual`` which kind is meant
    where none is named, if any); a subclass of a family that has the tag as a ``Literal`` field registers itself. A field
    annotated with the family accepts every member, also one that is registered later by a user.

    >>> from typing import Literal
    >>> class Shape(Kind, member_of="shape"): ...
    >>> class Square(Shape):
    ...     kind: Literal["square"] = "square"
    ...     side: float
    >>> Shape.choose({"kind": "square", "side": 2.0}).side
    2.0

    Raises :class:`~valsim.core.errors.TakenKindError` where another class has the kind already.
    """

    member_of: ClassVar[str] = ""
    tag: ClassVar[str] = "kind"
    usual: ClassVar[str] = ""
    kinds: ClassVar[dict[str, type[Any]]] = {}

    def __init_subclass__(cls, member_of: str = "", tag: str = "kind", usual: str = "", **options: Any) -> None:
        super().__init_subclass__(**options)
        if member_of:
            cls.member_of, cls.tag, cls.usual, cls.kinds = member_of, tag, usual, {}

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        super().__pydantic_init_subclass__()
        field = cls.model_fields.get(cls.tag)
        if field is None:
            return
        kind = get_args(field.annotation)[0]
        other = cls.kinds.get(kind, cls)
        # A cell of a notebook that is run again makes the same class anew, which takes the place of the old one.
        if (other.__module__, other.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TakenKindError(kind, cls, other)
        cls.kinds[kind] = cls

    def as_written(self) -> Any:
        """Give the tag, which is never left out, and the fields that are not left to their defaults."""
        return {self.tag: getattr(self, self.tag), **super().as_written()}

    @classmethod
    def choose(cls, value: Any) -> Self:
        """Build the member of the family that the tag names, from plain data.

        Raises pydantic's errors, placed inside the value.
        """
        if isinstance(value, cls):
            return value
        return cls.named(value).model_validate(value)

    @classmethod
    def named(cls, value: Any) -> type[Self]:
        """Find the class that ``value[tag]`` names."""
        known = ", ".join(sorted(cls.kinds))
        if not isinstance(value, Mapping):
            message = f"expected a mapping that names its {cls.tag} ({known}), got {shown(value)}"
            raise custom_error("kind", message, cls._instead_of(value))
        kind = value.get(cls.tag, cls.usual)
        if kind == "" and cls.tag not in value:
            raise custom_error(
                "kind",
                f"{'an' if cls.member_of[0] in 'aeiou' else 'a'} {cls.member_of} names its {cls.tag}: one of {known}",
            )
        if not isinstance(kind, str) or kind not in cls.kinds:
            message = f"unknown {cls.tag} of {cls.member_of} {shown(kind)}, expected one of {known}"
            raise custom_error("kind", message, nearest_help(str(kind), cls.kinds))
        return cls.kinds[kind]

    @classmethod
    def _instead_of(cls, value: Any) -> str:
        if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            return "write the mapping itself, without - or brackets around it"
        return next((f"e.g. {kind.example}" for kind in cls.kinds.values() if kind.example), "")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        if "kinds" in cls.__dict__ and cls.member_of:
            return core_schema.no_info_plain_validator_function(cls.choose)
        return handler(source)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        # Members may contain their own family and new ones may come, so whoever writes a schema looks them up by its name.
        return {FAMILY: cls.__name__} if schema["type"] == "function-plain" else handler(schema)


def import_kinds(package: str, path: list[str]) -> None:
    """Import every module of a package, so that the kinds in it register themselves."""
    for module in pkgutil.iter_modules(path):
        importlib.import_module(f"{package}.{module.name}")


def frozen(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give a read-only view of a mapping."""
    return MappingProxyType(dict(mapping))


def shown(value: Any) -> str:
    """Write a given value for an error message in the words of YAML, cut to what a person reads.

    >>> shown("lots"), shown(3), shown(None), shown([{"kind": "plan", "start": True}])
    ("'lots'", '3', 'nothing', '[{kind: plan, start: true}]')
    """
    text = "nothing" if value is None else _in_yaml(value)
    text = repr(value) if isinstance(value, str) else text
    return text if len(text) <= 60 else text[:57] + "..."


@singledispatch
def _in_yaml(value: Any) -> str:
    words = {None: "null", True: "true", False: "false"}
    return words[value] if isinstance(value, bool | None) else str(value)


@_in_yaml.register(Mapping)
def _(value: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_in_yaml(item)}" for key, item in value.items()) + "}"


@_in_yaml.register(list)
def _(value: list[Any]) -> str:
    return "[" + ", ".join(map(_in_yaml, value)) + "]"


def nearest_help(word: str, known: Any) -> str:
    """Suggest the known word nearest to a mistyped one, or nothing.

    >>> nearest_help("prefered", ["common", "preferred"])
    "did you mean 'preferred'?"
    """
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]!r}?" if near else ""


def _helped(detail: ErrorDetails, block: type[Block]) -> InitErrorDetails:
    kept: Any = detail["type"]
    if detail["type"] == "extra_forbidden" and len(detail["loc"]) == 1:
        kept = custom_error("unknown_key", *block.refusal(str(detail["loc"][0])))
    elif "sentence" in detail.get("ctx", {}):
        kept = PydanticCustomError(kept, "{sentence}", detail["ctx"])
    elif detail["type"] in {"model_type", "dict_type"} and (example := _example(block, detail["loc"])):
        kept = custom_error(detail["type"], detail["msg"], f"e.g. {example}")
    return InitErrorDetails(type=kept, loc=detail["loc"], input=detail["input"], ctx=detail.get("ctx", {}))


def _example(block: type[Block], loc: tuple[int | str, ...]) -> str:
    """Give an example of a block itself or of one of its fields that is a mapping, or nothing."""
    if not loc:
        return block.example
    field = block.model_fields.get(str(loc[0]))
    if len(loc) > 1 or field is None:
        return ""
    if found := re.search(rf"\b{loc[0]}: (\{{[^{{}}]*\}})", block.example):
        return found[1]
    inside = get_args(field.annotation)[-1:]
    kinds = [*getattr(inside[0], "kinds", {}).values(), *inside] if inside else []
    example = next((kind.example for kind in kinds if getattr(kind, "example", "")), "")
    return f"{{a name: {example}}}" if example else ""


def custom_error(code: str, message: str, help: str = "", span: tuple[int, int] | None = None) -> PydanticCustomError:
    """Make the error that a validator raises: a sentence for the person who wrote the document, and what to do."""
    context = {"sentence": message, "help": help, "span": span}
    return PydanticCustomError(code, "{sentence}", context)
