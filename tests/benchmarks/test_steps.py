"""Everything that the story calls is counted, and found where it is looked for."""

from benchmarks.documents import SMALL
from benchmarks.measurement import steps


def test_all_places_that_are_counted_exist():
    spans, _ = steps._played(SMALL, None, 64)
    assert spans.absent == []
    assert set(steps.GROUPS) <= {name[0] for name in spans.found}


def test_every_step_of_the_time_line_has_its_stages():
    spans, taken = steps._played(SMALL, None, 64)
    assert spans.of("stage")["drive"].calls == spans.of("stage")["finance"].calls == 21
    assert len([date for date in spans.of("stage", 2) if date]) == 21
    assert sum(span.seconds for span in spans.of("stage").values()) <= taken.processor
