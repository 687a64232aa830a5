"""What stands in a page many times is written once."""

from valsim.report.shared import LEAST, written_once

LONG, OTHER = list(range(LEAST)), list(range(1, LEAST + 1))


def test_a_long_list_that_comes_again_is_written_once():
    data, same = written_once({"a": [{"x": LONG, "y": OTHER}], "b": [{"x": LONG}]})
    assert (data, same) == ({"a": [{"x": {"same": 0}, "y": OTHER}], "b": [{"x": {"same": 0}}]}, [LONG])


def test_short_lists_and_lists_of_one_place_stay():
    data = {"a": [1, 2], "b": [1, 2], "c": LONG}
    assert written_once(data) == (data, [])


def test_what_was_given_is_not_changed():
    data = {"a": {"x": LONG}, "b": {"x": LONG}}
    written_once(data)
    assert data["a"]["x"] is LONG
