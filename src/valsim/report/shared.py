"""Lists that stand in the data of a page many times, written once: the dates of thirty fans are the same."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

LEAST = 8
"""A list shorter than this is written where it stands."""


def written_once(data: Any) -> tuple[Any, list[list[Any]]]:
    """The data with ``{"same": place}`` for each list that stands in it more than once, and those lists in the order of their places.

    >>> dates = list("abcdefgh")
    >>> written_once({"one": dates, "two": dates, "three": [1]})
    ({'one': {'same': 0}, 'two': {'same': 0}, 'three': [1]}, [['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']])
    """
    counted = Counter(json.dumps(each) for each in long_lists(data))
    places = {text: place for place, text in enumerate(text for text, count in counted.items() if count > 1)}
    return replaced(data, places), [json.loads(text) for text in places]


def long_lists(data: Any) -> Iterator[list[Any]]:
    """Every list in the data that is long enough, the outer ones first; not those inside of one."""
    match data:
        case list() if len(data) >= LEAST:
            yield data
        case dict():
            yield from (found for value in data.values() for found in long_lists(value))
        case list():
            yield from (found for value in data for found in long_lists(value))


def replaced(data: Any, places: dict[str, int]) -> Any:
    """The data with its lists replaced by their places."""
    match data:
        case list() if len(data) >= LEAST:
            place = places.get(json.dumps(data))
            return data if place is None else {"same": place}
        case dict():
            return {key: replaced(value, places) for key, value in data.items()}
        case list():
            return [replaced(value, places) for value in data]
        case _:
            return data
