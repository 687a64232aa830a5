"""What is found once for each type."""

from valsim.core.each_type import EachType


def test_a_type_is_asked_about_once() -> None:
    asked: list[type] = []
    found = EachType(lambda kind: asked.append(kind) or kind.__name__)
    assert [found[float], found[int], found[float]] == ["float", "int", "float"]
    assert asked == [float, int]
