"""The sections of a comparison: the measures, the terms that differ, who gets what, and what explains it."""

from collections.abc import Iterator, Mapping
from typing import Any

from valsim.report import labels
from valsim.report.differences import flow
from valsim.report.figures.comparison import parts as parts_figure
from valsim.report.figures.comparison import received as received_figure
from valsim.report.section import comparison as words
from valsim.report.section.measures import called, change, distinct, paths_needed, shown
from valsim.report.section.parts import REAL_WORLD, Cell, Chart, Column, Folded, Part, Section, Table, Text, numbers
from valsim.report.section.parts import words as columns

Told = Mapping[str, Any]
DRAWN = 3
"""So many measures are explained by a chart, the others by a table that opens."""
LONGEST = 90
"""A value of an input is cut to so many characters; the JSON has it in full."""


def measures(told: Told) -> Section:
    """The measures of every case, with each difference from the first case below its value."""
    names = [case["name"] for case in told["cases"]]
    ranks = len(names) > 2
    heads = (*columns("Measure"), *numbers(*names), *columns(*["Order"] * ranks))
    rows = tuple(
        (Cell(called(each), note=" and ".join(each["under"])), *_values(told, each, names), *_order(each, ranks))
        for each in told["measures"]
    )
    note = f"{words.MEASURES} {words.ONLY_NOISE}"
    below = f"Below each value of {labels.listed(names[1:])}: its difference to {names[0]}"
    return Section(
        "measures",
        "Measures",
        words.answer(told),
        [Table(below, heads, rows, note=note), *_said(words.scales(told), words.days(told))],
        "Measures",
    )


def _said(*sentences: str) -> list[Part]:
    return [Text(sentence) for sentence in sentences if sentence]


def _values(told: Told, measure: Told, names: list[str]) -> Iterator[Cell]:
    for name in names:
        verdict = measure["differences"].get(name)
        yield Cell(
            *shown(measure["cases"][name], measure["counts"], told["currency"]), *_beside(told, measure, verdict)
        )


def _beside(told: Told, measure: Told, verdict: Told | None) -> tuple[str, ...]:
    if verdict is None:
        return ()
    if not distinct(verdict):
        return (_signed(told, measure, verdict),)
    needed = f" (some {paths_needed(verdict)})" if paths_needed(verdict) else ""
    return (distinct(verdict) + needed,)


def _order(measure: Told, ranks: bool) -> tuple[Cell, ...]:  # noqa: FBT001 - a column or none
    return (Cell(words.ranking(measure)),) if ranks else ()


def terms(told: Told) -> Section | None:
    """The terms that differ, then the assumptions that do: a row a place of the document, a column a case."""
    names = [case["name"] for case in told["cases"]]
    tables: list[Part] = []
    for title, is_term in (("Terms", True), ("Assumptions", False)):
        rows = [
            (
                Cell(each["path"], tone="code"),
                *(Cell(labels.short(flow(each["cases"][name]), LONGEST)) for name in names),
            )
            for each in told["inputs"]
            if each["is_term"] == is_term
        ]
        if rows:
            tables.append(Table(title, columns("Where", *names), tuple(rows)))
    counted = len(told["inputs"])
    lead = f"The documents differ in {counted} {'place' if counted == 1 else 'places'} that move a path."
    return Section("terms", "What differs", lead, tables, "Terms") if tables else None


def received(told: Told) -> Section | None:
    """What each holder gets, by what the company leaves to all."""
    currency = told["currency"]
    text = (
        "Each point is the mean of a twentieth of the paths by what the company leaves; real-world, not discounted. A line "
        "through the points of one case shows how its terms share an exit out, after all rounds that came before it."
    )
    charts: list[Part] = [
        Chart(
            f"received-{i}",
            f"Received by {holder}",
            received_figure(cases, currency),
            text,
            _points(holder, cases, currency),
            REAL_WORLD,
        )
        for i, (holder, cases) in enumerate(told["received"].items())
    ]
    lead = "What a holder receives at a small, a middling and a large exit."
    return Section("received", "Who gets what", lead, charts, "Who gets what") if charts else None


def _points(holder: str, cases: Mapping[str, Told], currency: str) -> Table:
    rows = tuple(
        (Cell(name), Cell(labels.money(company, currency)), Cell(labels.money(amount, currency)))
        for name, points in cases.items()
        for company, amount in zip(points["company"], points["holder"], strict=True)
    )
    heads = (*columns("Case"), *numbers("Company leaves", f"Received by {holder}"))
    return Table(f"Received by {holder}, by what the company leaves", heads, rows, REAL_WORLD)


def explained(told: Told) -> Section | None:
    """What each input adds to every difference that is told apart."""
    parts: list[Part] = []
    for name, found in told["explained"].items():
        said = words.not_shared_out(found)
        parts += [Text(f"{name}: {said}")] if said else _of_case(told, name, found) if found["measures"] else []
    lead = "Inputs are swapped between the cases, one by one, on the same random numbers."
    return Section("explained", "What makes the difference", lead, parts, "Why") if parts else None


def _of_case(told: Told, name: str, found: Told) -> Iterator[Part]:
    shown_measures = words.worth_explaining(told, found)
    for i, measure in enumerate(shown_measures[:DRAWN]):
        yield _chart(told, name, found, measure, i)
    yield Text(words.how_explained(found))
    for measure in shown_measures[DRAWN:]:
        yield Folded(f"{called(measure)}, {name}", _table(told, name, found, measure))


def _chart(told: Told, name: str, found: Told, measure: Told, place: int) -> Chart:
    of, counts, currency = found["measures"][measure["formula"]], measure["counts"], told["currency"]
    rows = _rows(found, of)
    said = [_signed(told, measure, part) for part in rows.values()]
    figure = parts_figure([*rows], [*rows.values()], said, counts, currency)
    title = f"{called(measure)}, {name} less {told['cases'][0]['name']}"
    finding = (
        f"In all {_signed(told, measure, of['difference'])}. Bars reach two standard errors; pale ones are not told apart "
        "from nothing."
    )
    called_as = f"explained-{name}-{place}".replace(" ", "-")
    return Chart(called_as, title, figure, finding, _table(told, name, found, measure))


def _table(told: Told, name: str, found: Told, measure: Told) -> Table:
    of = found["measures"][measure["formula"]]
    rows = {**_rows(found, of), "all": of["difference"]}
    return Table(
        f"What each input adds to {called(measure)} in {name}",
        (*columns("Input"), Column("Adds")),
        tuple((Cell(factor, tone="code"), Cell(_signed(told, measure, part))) for factor, part in rows.items()),
    )


def _rows(found: Told, of: Told) -> dict[str, Told]:
    """What each input adds, and where they were swapped one at a time, what is left."""
    left = {"together only": of["together"]} if found["method"] == "one_at_a_time" else {}
    return {**of["parts"], **left}


def _signed(told: Told, measure: Told, part: Told) -> str:
    return " ".join(filter(None, change(part, measure["counts"], told["currency"])))


def about(told: Told) -> Section:
    """What was played: the cases, their scales and the sample."""
    heads = (*columns("Case", "Scenario"), *columns("As of"), *numbers("Scale of the opening multiple"))
    rows = tuple(
        (
            Cell(case["name"]),
            Cell(case["scenario"]),
            Cell(case["as_of"]),
            Cell(*labels.multiple_with_error(case["anchor_scale"], case["anchor_standard_error"])),
        )
        for case in told["cases"]
    )
    lead = f"{labels.paths(told['run']['paths'])} a case, seed {told['run']['seed']}: the same random numbers in each."
    return Section("about", "The cases", lead, [Table("Cases", heads, rows)], "Cases")
