"""The variants of a file: named sets of changes, each put in as ``--set`` would, and how likely each is."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal, TypeAlias

from pydantic import Field

from valsim.core.block import Block, nearest_help
from valsim.core.errors import Path, Problem
from valsim.core.parameter import Fraction, Parameter, middle
from valsim.scenario.compose.pointer import MisfitError, changed, follow
from valsim.scenario.text.document import Document, Placed, Region, Source
from valsim.scenario.text.syntax import UnreadableError
from valsim.scenario.text.tree import Tree, document_of, tree_of

BASE, ALL = "base", "all"
"""The file as it is written, and every case of it."""

OWN = "own"
"""A case that starts from the last price again, at a scale of its own."""
Anchored: TypeAlias = Literal["last_round", "none"]
"""What ``valuation.anchor`` says."""

ANCHORS = (
    "anchor: base plays it at the scale of the file as it is written and shows what the case does to value; "
    "anchor: own scales it to the last price again"
)
"""The choice that a case of an anchored file names."""

_PREFIX = "--variant "


class Variant(Block):
    """A case beside the file as it is written, such as a bear case: a set of changes."""

    example = "{weight: 20%, note: the large customer leaves, anchor: base, changes: {drivers.arr.growth: 10%}}"

    weight: Fraction | None = None
    """How likely the case is; what all weights leave of 100 % is the file as it is written, the case ``base``."""
    note: str = ""
    """What the case is about."""
    anchor: Literal["base", "own"] | None = None
    """At which scale of the opening multiple the case is played: ``base`` keeps the one that was solved on the file as it is
    written, which shows what the case does to value; ``own`` solves it anew, so that the case starts from the last price again,
    as if the market had known it all along. Required where the case has ``valuation.anchor: last_round``."""
    changes: Mapping[str, Any] = Field(min_length=1)
    """New values by the path of what they replace, as for ``--set``: ``drivers.users.growth: 5%``; ``null`` takes away."""

    def is_anchored_by_base(self, anchor: Anchored) -> bool:
        """Whether the case, whose ``valuation.anchor`` is given, is played at the scale of the file as it is written."""
        return anchor == "last_round" and self.anchor == BASE


def variant_names(document: Document) -> tuple[str, ...]:
    """Give the names of the variants of a document that is not validated yet."""
    return tuple(_mapping(document.data, "variants"))


def varied(document: Document, name: str) -> Document:
    """Give a document with the changes of one variant; what does not fit is kept among its problems.

    Raises :class:`UnreadableError` where there is no such variant.
    """
    if name in {"", BASE}:
        return document
    if name not in variant_names(document):
        raise _unknown(document, name)
    if not _mapping(document.data, "variants", name, "changes"):
        return document  # validation says what is wrong with it
    return _put_in(document, ("variants", name, "changes"))


def _put_in(document: Document, path: Path) -> Document:
    tree, problems = tree_of(document), list(document.problems)
    done: dict[Path, str] = {}
    for written, new in tree.at(path).value.items():
        try:
            target = follow(tree.bare, written)
            _covers_none(target.path, done)
            tree = changed(tree, target, new)
        except MisfitError as error:
            problems.append(_misfit(document, (*path, written), new, error))
        else:
            done |= {} if new.value is None else {target.path: written}
    return replace(document_of(tree, document.sources, document), problems=tuple(problems))


def _covers_none(place: Path, done: Mapping[Path, str]) -> None:
    covered = next((written for inner, written in done.items() if inner[: len(place)] == place), None)
    if covered is not None:
        raise MisfitError(f"this replaces what '{covered}' changes", (0, 10**6), "state the larger change first", place)


def _misfit(document: Document, path: Path, new: Tree, error: MisfitError) -> Placed:
    key = new.spans.key or new.spans.value
    return Placed(Problem(path, error.message, error.help, "key", "override"), document.narrowed(key, error.span))


def _unknown(document: Document, name: str) -> UnreadableError:
    known = variant_names(document)
    advice = nearest_help(name, known) or (f"known are {', '.join((BASE, *known))}" if known else "it has no variants")
    sources = (*document.sources, Source("--variant", _PREFIX + name, numbered=False))
    region = Region(len(document.sources), (0, len(_PREFIX)), (0, len(_PREFIX) + len(name)))
    problem = Problem((), f"there is no variant '{name}'", advice, code="variant")
    return UnreadableError(Placed(problem, region), sources=sources)


def _mapping(data: Any, *path: str) -> Mapping[str, Any]:
    """Give the mapping at a path of plain data, or an empty one where there is none."""
    for part in path:
        data = data.get(part) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def weights(variants: Mapping[str, Variant]) -> dict[str, float | None]:
    """Give the weight of every case, the file as it is written first; where none is stated, none is known."""
    stated = {name: variant.weight for name, variant in variants.items()}
    known = {name: middle(weight) for name, weight in stated.items() if weight is not None}
    if not known:
        return dict.fromkeys((BASE, *stated))
    rest = 1 - sum(known.values())
    return {BASE: rest if rest > 1e-9 else 0.0, **known}


def variant_problems(variants: Mapping[str, Variant]) -> Iterator[Problem]:
    """Report names that mean something else, and weights that are not known, missing beside others, or too large together."""
    for name in (name for name in variants if name in {BASE, ALL}):
        meaning = {BASE: "the file as it is written", ALL: "every case of the file"}[name]
        message = f"the name {name!r} is taken: it means {meaning}"
        yield Problem(("variants", name), message, "give it another name", "key", "name")
    given = {name: variant.weight for name, variant in variants.items() if variant.weight is not None}
    for name, weight in given.items():
        if isinstance(weight, Parameter) and not weight.known:
            yield Problem(("variants", name, "weight"), f"expected one weight such as 25%, got {weight.given!r}")
    for name in (name for name in variants if given and name not in given):
        message = "the other variants have weights, and this one has none"
        yield Problem(("variants", name), message, "state a weight for each of them, or for none", "key")
    total = sum(middle(weight) for weight in given.values())
    if total > 1 + 1e-9:
        message = f"the weights of the variants add up to at most 100 %, got {100 * total:g} %"
        yield Problem(("variants", list(given)[-1], "weight"), message, "what they leave is the weight of base")


def case_problems(variants: Mapping[str, Variant], case: str, anchor: Anchored) -> Iterator[Problem]:
    """Report a case that does not say at which scale of the opening multiple it is played, or says so where nothing is scaled."""
    said = variants[case].anchor if case in variants else None
    if case in variants and anchor == "last_round" and said is None:
        message = "the case is anchored to the last round and does not say at which scale of the opening multiple it is played"
        yield Problem(("variants", case), message, ANCHORS, "key", "anchor")
    if said is not None and anchor == "none":
        message = "without effect: the case has valuation.anchor: none, so its opening multiple is not scaled"
        yield Problem(
            ("variants", case, "anchor"),
            message,
            "leave it out, or anchor the case",
            code="no_effect",
            severity="warning",
        )


def unanchored_base(case: str) -> Problem:
    """Say that the file as it is written has no scale for a case to be played at."""
    message = "the file as it is written has valuation.anchor: none, so it has no scale to play the case at"
    return Problem(
        ("variants", case, "anchor"), message, "anchor: own scales the case to the last price", code="anchor"
    )
