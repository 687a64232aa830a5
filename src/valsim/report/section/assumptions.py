"""Every number that went in: where it came from, or that it is assumed."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section.parts import Cell, Folded, Part, Section, Table, Text, words

Summary = Mapping[str, Any]


def section(summary: Summary) -> Section | None:
    """What sources disagree on first, then all numbers by the part of the document they stand in, and the sources they cite."""
    assumptions, sources = summary.get("assumptions"), summary.get("sources", {})
    if not assumptions:
        return None
    rates = summary.get("exchange_rates")
    said: list[Part] = [Text(rate_words(rates))] if rates else []
    torn = [each for each in assumptions if each.get("conflict")]
    if torn:
        said.append(number_table("Where sources disagree", torn, sources))
    parts = [*said, *_by_part(assumptions, sources)]
    if sources:
        parts.append(Folded(f"Sources: {len(sources)}", source_table(sources)))
    return Section("assumptions", "Assumptions and sources", lead(assumptions), parts, "Assumptions")


def _by_part(assumptions: list[Any], sources: Mapping[str, Any]) -> list[Part]:
    """Fold the numbers of each part of the document into a table of their own."""
    rooms: dict[str, list[Any]] = {}
    for each in assumptions:
        rooms.setdefault(_room(each), []).append(each)
    return [Folded(_titled(room, held), number_table(room, held, sources)) for room, held in rooms.items()]


def _room(assumption: Mapping[str, Any]) -> str:
    return labels.name(str(assumption["path"]).partition(".")[0])


def _titled(room: str, held: list[Any]) -> str:
    return f"{room}: {len(held)} number{'s' * (len(held) > 1)}, {counted(held)} with a source"


def number_table(caption: str, assumptions: list[Any], sources: Mapping[str, Any]) -> Table:
    """What sources disagree on, then sourced numbers, then assumptions."""
    rows = tuple(row(each, sources) for each in sorted(assumptions, key=rank))
    return Table(caption, words("Number", "Value", "Origin", "Source or note"), rows)


def lead(assumptions: list[Any]) -> str:
    """How much rests on sources."""
    cited, torn = counted(assumptions), sum(1 for each in assumptions if each.get("conflict"))
    conflict = f"; on {torn} of these the sources disagree" if torn else ""
    return f"{len(assumptions)} numbers went in: {cited} have a source, {len(assumptions) - cited} are assumptions{conflict}."


def rate_words(rates: list[Any]) -> str:
    """At which rates amounts in other currencies were converted, and what moves each rate from then on."""
    return " ".join(map(_rate, rates))


def _rate(rate: Mapping[str, Any]) -> str:
    at = f"Amounts in {rate['currency']} are converted at {rate['rate']} of {rate['date']}"
    if rate["moves"] == "none":
        return f"{at}, and nothing moves the rate."
    held = (
        f"{labels.percent(rate['cash_held'])} of cash is held in it" if rate["cash_held"] else "no cash is held in it"
    )
    return f"{at}, those of drivers at {rate['moves']} as it moves; {held}."


def counted(assumptions: list[Any]) -> int:
    """How many numbers have a source."""
    return sum(1 for each in assumptions if sourced(each))


def sourced(assumption: Mapping[str, Any]) -> bool:
    """Whether a number has a source: the summary says "assumption" where it has none."""
    return assumption.get("source") not in {None, "", "assumption"}


def rank(assumption: Mapping[str, Any]) -> int:
    """Conflicts, then sourced, then assumed; the order of the file within each."""
    return 0 if assumption.get("conflict") else 1 if sourced(assumption) else 2


def row(assumption: Mapping[str, Any], sources: Mapping[str, Any]) -> tuple[Cell, ...]:
    """One number."""
    tone, word = (("conflict", "Sources disagree"), ("sourced", "Sourced"), ("assumed", "Assumption"))[rank(assumption)]
    texts = [conflict_text(each, sources) for each in assumption.get("conflict") or []] or [
        citation(assumption["source"], sources) if sourced(assumption) else ""
    ]
    note = str(assumption.get("note") or "")
    return (
        Cell(str(assumption["path"]), tone="code"),
        Cell(given(assumption), note=spread(assumption)),
        Cell(word, tone=tone),
        Cell("\n".join(text for text in texts if text) or note, note=note if any(texts) else "", tone="lines"),
    )


def given(assumption: Mapping[str, Any]) -> str:
    """The value as it was written; else as it was read."""
    if assumption.get("given") is not None:
        return str(assumption["given"])
    value = assumption.get("value")
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {item}" for key, item in value.items())
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


def spread(assumption: Mapping[str, Any]) -> str:
    """What most paths draw for a number that is not known, bounds included: quantiles in its unit."""
    if assumption.get("p10") is None:
        return ""
    names = {"P10": "p10", "median": "value", "P90": "p90"}
    return ", ".join(f"{name} {quantile(assumption, key)}" for name, key in names.items())


def quantile(assumption: Mapping[str, Any], key: str) -> str:
    """A quantile in the form in which its number was written, so that all of them read alike: 180 %, or 1.8.

    >>> quantile({"p90": 1.8, "unit": "1", "percentage": True}, "p90"), quantile({"p90": 1.8, "unit": "1"}, "p90")
    ('180 %', '1.8')
    """
    from valsim.core.quantity import format_quantity
    from valsim.core.unit import parse_unit

    value, unit = assumption[key], parse_unit(assumption["unit"])[1]
    if str(unit) not in {"1", "1/year"}:
        return format_quantity(value, unit)
    share = f"{labels.digits(100 * abs(value))} %" if assumption.get("percentage") else labels.compact(abs(value))
    return f"{'−' if value < 0 else ''}{share}{unit.written()}"


def conflict_text(reading: Mapping[str, Any], sources: Mapping[str, Any]) -> str:
    """One reading with its weight."""
    return f"{reading['value']}, weight {labels.percent(reading.get('weight'))}: {citation(reading.get('source'), sources)}"


def citation(keys: str | None, sources: Mapping[str, Any]) -> str:
    """The titles of sources, ``a, b`` by their keys; a source that is plain text stands for itself."""
    known = [key for key in (keys or "").split(", ") if key in sources]
    if not known:
        return keys or ""
    return "\n".join(str(sources[key].get("title") or key) for key in known)


def source_table(sources: Mapping[str, Any]) -> Table:
    """The sources once, with date and place. Addresses are text: the page asks the network for nothing."""
    rows = tuple(
        (
            Cell(str(key), tone="code"),
            Cell(str(each.get("title") or "")),
            Cell(str(each.get("date") or labels.MISSING)),
            Cell(str(each.get("url") or each.get("file") or labels.MISSING)),
        )
        for key, each in sources.items()
    )
    return Table("Sources", words("Key", "Title", "Date", "Where"), rows)
