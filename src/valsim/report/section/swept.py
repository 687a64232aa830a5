"""The sections of a sweep: a chart for each measure, all cases in a table that can be sorted, and what was played."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures.sweep import Points, heat, line
from valsim.report.section import sweep as words
from valsim.report.section.measures import called, change, distinct
from valsim.report.section.parts import Cell, Chart, Part, Section, Table, Text, numbers
from valsim.report.section.parts import words as columns

Told = Mapping[str, Any]
ERRORS = (
    "Bars reach two standard errors either way. The cases share their random numbers, so how far they are apart is known more "
    "exactly than either: the differences stand in the table."
)
MOST = 2_000
"""So many cases stand on a page; the table of values parted by commas has all."""


def charts(told: Told) -> Section | None:
    """A chart for each measure, where one or two inputs make the cases."""
    inputs = words.varied(told)
    drawing = {1: _line, 2: _heat}.get(len(inputs)) if words.is_grid(told) else None
    found = (
        [] if drawing is None else [drawing(told, inputs, each, place) for place, each in enumerate(told["measures"])]
    )
    lead = words.extremes(told) or words.counted(told)
    shown = [chart for chart in found if chart is not None]
    return Section("measures", "Measures", lead, shown, "Measures") if shown else None


def _line(told: Told, inputs: Sequence[Told], measure: Told, place: int) -> Chart:
    (one,) = inputs
    cases = [case for case in told["cases"] if words.mean(case, measure) is not None]
    texts = [case["values"][one["path"]] for case in cases]
    points = Points(one["called"], texts, _places(one, texts))
    found = [case["measures"][measure["formula"]] for case in cases]
    said = [_said(told, case, measure) for case in cases]
    figure = line(points, found, said, measure["counts"], told["currency"])
    return _chart(told, measure, place, figure, ERRORS)


def _heat(told: Told, inputs: Sequence[Told], measure: Told, place: int) -> Chart | None:
    down, across = inputs
    by_values = {tuple(case["values"][each["path"]] for each in inputs): case for case in told["cases"]}
    rows, heads = (list(dict.fromkeys(key[side] for key in by_values)) for side in (0, 1))
    if len(rows) * len(heads) != len(by_values):
        return None
    cases = [[by_values[row, head] for head in heads] for row in rows]
    figure = heat(
        Points(across["called"], heads, range(len(heads))),
        Points(down["called"], rows, range(len(rows))),
        [[case["measures"].get(measure["formula"]) for case in row] for row in cases],
        [[_said(told, case, measure) for case in row] for row in cases],
    )
    return _chart(told, measure, place, figure, "The stronger the colour of a field, the larger its number.")


def _chart(told: Told, measure: Told, place: int, figure: dict[str, Any], finding: str) -> Chart:
    under = " and ".join(measure["under"])
    return Chart(f"swept-{place}", called(measure), figure, finding, _numbers(told, [measure]), under)


def _places(one: Told, texts: Sequence[str]) -> list[float]:
    """Where values stand along an axis: at their numbers, or one after the other where they are none."""
    return [one["numbers"][text] for text in texts] if one["unit"] is not None else [*map(float, range(len(texts)))]


def _said(told: Told, case: Told, measure: Told) -> str:
    return " ".join(filter(None, words.value(told, case, measure)))


def cases(told: Told) -> Section:
    """Every case with its measures and its differences to the base."""
    parts: list[Part] = [_numbers(told, told["measures"]), Text(words.scales(told))]
    if len(told["cases"]) > MOST:
        parts.append(Text(f"The first {MOST:,} of {len(told['cases']):,} cases; --csv writes all."))
    parts += [Text(sentence, "warning") for sentence in words.failures(told)]
    return Section("cases", "Cases", words.extremes(told) or f"{words.counted(told)}.", parts, "Cases")


def _numbers(told: Told, measures: Sequence[Told]) -> Table:
    inputs = words.varied(told)
    shown = inputs if words.is_grid(told) else []
    heads = (*columns("Case"), *numbers(*(each["called"] for each in shown)), *numbers(*map(called, measures)))
    rows = tuple(tuple(_row(told, case, shown, measures)) for case in words.ordered(told)[:MOST])
    base = next(case["name"] for case in told["cases"] if case["number"] == told["base"])
    return Table(f"Below each value: its difference to {base}", heads, rows, note=words.MEASURES)


def _row(told: Told, case: Told, inputs: Sequence[Told], measures: Sequence[Told]) -> Iterator[Cell]:
    yield Cell(str(case["number"]) if inputs and not words.is_named(told) else case["name"], value=case["number"])
    for each in inputs:
        text = case["values"][each["path"]]
        yield Cell(text, value=each["numbers"].get(text))
    for measure in measures:
        yield Cell(*words.value(told, case, measure), *_beside(told, case, measure), value=words.mean(case, measure))


def _beside(told: Told, case: Told, measure: Told) -> tuple[str, ...]:
    verdict = case["measures"].get(measure["formula"], {}).get("difference")
    if not verdict or case["number"] == told["base"]:
        return ()
    return (distinct(verdict) or " ".join(filter(None, change(verdict, measure["counts"], told["currency"]))),)


def about(told: Told) -> Section:
    """What was swept, and how it was played."""
    heads = columns("Input", "Values")
    rows = tuple((Cell(each["path"], tone="code"), Cell(_values(told, each["path"]))) for each in told["inputs"])
    lead = f"{words.counted(told)}: the same random numbers in each."
    table = [Table("Inputs", heads, rows)] if rows else []
    return Section("about", "What was played", lead, table, "Inputs")


def _values(told: Told, path: str) -> str:
    texts = list(dict.fromkeys(case["values"].get(path, "as written") for case in told["cases"]))
    return labels.short(", ".join(texts), 200)
