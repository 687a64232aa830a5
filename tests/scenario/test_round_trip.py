"""Any valid document survives being written and read again, and gives the same numbers."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings

import valsim
from tests.companies import scenario
from tests.strategies.documents import documents
from valsim.analysis.summary import summary
from valsim.scenario.dump import dump
from valsim.scenario.load import judged_before, parse_document


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_any_document_survives(document: dict[str, Any]) -> None:
    before = scenario(json.dumps(document, ensure_ascii=False))
    assert judged_before(parse_document(dump(before), "written.yaml")) == before


@settings(max_examples=6)
@given(documents())
def test_a_document_that_was_written_and_read_again_gives_the_same_numbers(document: dict[str, Any]) -> None:
    before = scenario(
        json.dumps(document | {"valuation": document["valuation"] | {"anchor": "none"}}, ensure_ascii=False)
    )
    first, second = (valsim.simulate(each, paths=50, threads=1) for each in (before, scenario(dump(before))))
    assert first.manifest.input_hash == second.manifest.input_hash
    assert {**summary(first), "run": {}} == {**summary(second), "run": {}}
