"""What functions take is added up under their names, from outside."""

import json

from benchmarks.spans import Span, Spans


def burn(times):
    for _ in range(times):
        json.dumps(list(range(10_000)))


def test_a_call_counts_for_itself_and_within_the_one_that_made_it():
    spans = Spans()
    inner = spans.wrapped(burn, lambda times: ("inner", str(times)))
    spans.wrapped(lambda: (inner(1), inner(3)), lambda: ("outer", "all"))()
    found = spans.of("inner")
    assert {name: span.calls for name, span in found.items()} == {"1": 1, "3": 1}
    outer = spans.found["outer", "all"]
    assert outer.within == sum(span.seconds for span in found.values())
    assert outer.seconds >= outer.within > 0


def test_one_that_calls_itself_is_counted_once():
    spans = Spans()

    def down(n):
        return n and again(n - 1)

    again = spans.wrapped(down, lambda _n: ("down", "down"))
    again(5)
    assert spans.found["down", "down"].calls == 1


def test_a_function_is_as_it_was_afterwards_and_one_that_is_not_there_is_told():
    spans, plain = Spans(), json.dumps
    with spans.around("json:dumps", lambda *_: ("json", "dumps")), spans.around("json:nothing", lambda: ()):
        burn(2)
    assert json.dumps is plain
    assert spans.found["json", "dumps"].calls == 2
    assert spans.absent == ["json:nothing"]


def test_groups_add_up_by_a_word_of_the_name():
    spans = Spans({("stage", "drive", "1"): Span(1, 2.0), ("stage", "drive", "2"): Span(1, 3.0), ("part", "x"): Span()})
    assert spans.of("stage")["drive"].seconds == 5.0
    assert set(spans.of("stage", 2)) == {"1", "2"}
