"""Every block and key of the document is explained, with an example that is right."""

import pytest
from pydantic import ConfigDict, create_model

from valsim.core.parameter.domain import ANY, Domain
from valsim.manual.catalogue import ANYWHERE, blocks, pages, values_in
from valsim.manual.definitions import families
from valsim.manual.wording import plain
from valsim.scenario.load import parse_document

PAGES = {page.block: page for page in pages()}
SHOWN = [page for page in pages() if page.example]
ENTRIES = [(page, entry) for page in pages() for entry in page.entries if entry.name != "like"]


def read(example: str):
    return parse_document(f"example: {example}").data["example"]


def validated(page):
    """Read the example of a block as the loader would."""
    data = read(page.example)
    if page.places[0].startswith(ANYWHERE):
        return Domain(ANY).parse(data)
    if page.block == "Round":
        data["series"] = read(PAGES["Preferred"].example)  # the loader has followed `like` by then
    return families()[page.family].choose(data) if page.family else blocks()[page.block].model_validate(data)


@pytest.mark.parametrize("page", [page for page in pages() if page.kind], ids=lambda page: page.title)
def test_every_kind_has_an_example(page):
    assert page.example, "a kind shows how it is written: example = '{kind: ...}'"


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.title)
def test_an_example_is_right(page):
    assert validated(page)


@pytest.mark.parametrize(("page", "entry"), ENTRIES, ids=lambda each: getattr(each, "title", "") or each.name)
def test_every_key_is_explained(page, entry):
    assert entry.meaning.endswith("."), "what stands under the field is the manual's text: a sentence"
    assert entry.holds


@pytest.mark.parametrize(("page", "entry"), ENTRIES, ids=lambda each: getattr(each, "title", "") or each.name)
def test_what_is_shown_for_a_key_is_right_for_it(page, entry):
    field = blocks()[page.block].model_fields[entry.name]
    if page.example and entry.name in values_in(page.example):
        return  # it was read with the rest of its block
    for example in entry.examples:
        one = create_model(
            "One", __config__=ConfigDict(arbitrary_types_allowed=True), value=(field.rebuild_annotation(), ...)
        )
        one(value=read(example))


def test_a_kind_is_found_without_being_listed():
    kinds = {kind for page in pages() for kind in [page.kind] if kind}
    assert {"decaying_growth", "preferred", "ipo", "lognormal", "sale", "secondary", "arr", "full_ratchet"} <= kinds


def test_docstrings_become_plain_markdown():
    assert plain("One ``S`` of\n:func:`~valsim.core.rows.grown`.\n\n    as written\n\n>>> 1") == (
        "One `S` of `grown`.\n\n    as written"
    )
