"""The reference: a page of Markdown for each room of the document, written from the catalogue."""

from collections.abc import Iterable, Iterator, Mapping

from valsim.evidence.facts import STATUSES, Fact, all_facts
from valsim.evidence.ranges import GRADES, all_evidence
from valsim.manual.catalogue import ANYWHERE, Entry, Page, pages
from valsim.manual.definitions import families
from valsim.manual.lookup import Word, words
from valsim.manual.templates import Told, told_templates
from valsim.manual.wording import with_article

ROOMS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "top-level": ("The top of the file", ()),
    "numbers": ("Numbers and distributions", (ANYWHERE,)),
    "drivers": ("Drivers", ("drivers",)),
    "signals-and-risks": ("Signals, risks and effects", ("signals", "risks")),
    "valuation": ("Valuation and sectors", ("valuation", "sectors")),
    "captable": ("Cap table", ("captable", "captable file")),
    "rounds": ("Rounds and closings", ("rounds",)),
    "exits": ("Exits and the horizon", ("exits", "at_horizon")),
    "positions": ("Purchases", ("positions",)),
    "methods": ("Methods of valuation", ("method of valuation", "fund file")),
}
"""The pages by the names of their files: a title, and the keys of the top level that they cover."""

INTRODUCTIONS = {
    "numbers": (
        "A number is written as `12`, `12%`, `5M USD`, `18 months` or `20% per year`; with its source, as "
        "`{value: 5M USD, source: term-sheet}`; or, where it is not known, as a distribution that names its `family`."
    ),
    "methods": (
        "How `valsim fair-value` values the classes of a cap table: `--method` names one of these, or a file that holds one. "
        "Numbers that are left out are the defaults, those of the published model, and every result names them. "
        "Last come the terms of a fund, for `valsim break-even`."
    ),
}


def reference() -> dict[str, str]:
    """Give every page of the reference by the name of its file."""
    written = {f"{name}.md": _room(name) for name in ROOMS}
    told = {
        "templates.md": _templates(),
        "formulas.md": _formulas(),
        "measures.md": _measures(),
        "glossary.md": _glossary(),
        "evidence.md": _evidence(),
        "facts.md": _facts(),
    }
    return {"README.md": _index(), **written, **told}


def _index() -> str:
    links = [f"- [{title}]({name}.md)" for name, (title, _) in ROOMS.items()]
    links += [
        "- [Templates](templates.md)",
        "- [Formulas](formulas.md)",
        "- [Measures](measures.md) of a result, which `valsim compare`, `solve`, `sweep` and `run --until` are asked for",
        "- [Words of the trade](glossary.md)",
        "- [What is known of usual values](evidence.md)",
        "- [Figures that were found](facts.md), which those rest on",
        "- [Commands](commands.md)",
        "- [Python](python.md)",
    ]
    told = "Every key of a scenario, every command and every public name of Python. `valsim explain KEY` shows the keys at the terminal."
    return "\n".join(["# Reference", "", told, "", *links, ""])


def _room(name: str) -> str:
    title, _ = ROOMS[name]
    head = [f"# {title}", *([INTRODUCTIONS[name]] if name in INTRODUCTIONS else [])]
    tables = [_words("## The keys of a number", "numbers")] if name == "numbers" else []
    return "\n\n".join([*head, *tables, *(_section(page) for page in pages() if room_of(page) == name)]) + "\n"


def room_of(page: Page) -> str:
    """Give the name of the page of the reference that a block stands on."""
    root = page.places[0].split(".")[0]
    return next((name for name, (_, roots) in ROOMS.items() if root in roots), "top-level")


def _section(page: Page) -> str:
    family = families().get(page.family)
    where = ", ".join(f"`{place}`" for place in page.places if place and place != page.title)
    kind = f"{with_article(family.member_of).capitalize()}, chosen by `{family.tag}: {page.kind}`." if family else ""
    place = f"Stands in {where}." if where and where != f"`{ANYWHERE}`" else ""
    parts = [f"## {_heading(page.title)}", " ".join(filter(None, (kind, place))), page.meaning]
    parts += [f"```yaml\n{page.example}\n```"] if page.example else []
    parts += [_table(page.entries)] if page.entries else []
    parts += [_usual({f"{page.title}.{entry.name}" for entry in page.entries})]
    return "\n\n".join(filter(None, parts))


def _usual(keys: set[str]) -> str:
    rows = [
        f"- `{key}`: {each.low}, {each.middle}, {each.high} (grade {each.grade}), {each.what}"
        for each in all_evidence()
        for key in sorted(keys.intersection(each.about))
    ]
    return "\n".join(["[What is known](evidence.md) of usual values:", "", *sorted(rows)]) if rows else ""


def _heading(title: str) -> str:
    return f"`{title}`" if "*" in title else title  # two stars in a heading would make italics of what is between


def _table(entries: Iterable[Entry]) -> str:
    rows = [(f"`{each.name}`", each.holds, each.presence, each.meaning, _code(each.example)) for each in entries]
    return _rows(("key", "what may stand there, in which unit", "default", "meaning", "example"), rows)


def _formulas() -> str:
    told = (
        "A formula reads drivers, signals and the rows below by their names, and the level at the start of each by "
        "`NAME.start`, and by `NAME.belief` how likely it is, given what is known, that a signal is really true. It knows `+ - * / ^`, `< <= > >= == !=`, numbers with units, and checks that the units go together."
    )
    groups = {"## Rows": "rows", "## Functions": "functions", "## Words": "keywords"}
    return "\n\n".join(["# Formulas", told, *(_words(title, group) for title, group in groups.items())]) + "\n"


def _measures() -> str:
    told = (
        'What may be asked of a result, of somebody in it: `moic(me)`, `present_value("Lead Fund")`, '
        "`probability_funded(series_b/first)`. Measures may be added, multiplied and compared as numbers in formulas are, "
        "`present_value(me) / invested(me)`, with units checked. Present values are under risk-neutral probabilities, all else "
        "is under real-world ones, as the table says."
    )
    return f"# Measures\n\n{told}\n\n{_words('', 'measures').lstrip()}\n"


def _words(title: str, group: str) -> str:
    rows = [(f"`{each.name}`", each.holds, each.meaning, _code(each.example)) for each in _of(group)]
    return f"{title}\n\n" + _rows(("word", "what it is", "meaning", "example"), rows)


def _templates() -> str:
    told = (
        "Businesses that come with valsim. A file that `extends` one by its bare name holds what is its own: its name, its day, the "
        "company, the cap table, and each number that is known better. `valsim init NAME` writes such a file."
    )
    return "\n\n".join(["# Templates", told, *map(_template, told_templates())]) + "\n"


def _template(told: Told) -> str:
    drivers = _rows(("driver", "what it is"), [(f"`{name}`", _code(what)) for name, what in told.drivers.items()])
    risks = f"Risks: {', '.join(f'`{name}`' for name in told.risks)}."
    return "\n\n".join([f"## {told.name}", told.about, drivers, risks])


def _glossary() -> str:
    told = "What investors call it, and the keys that say it. `valsim explain WORD` shows an example too."
    rows = [
        (each.name, ", ".join(each.also), each.meaning, ", ".join(f"`{key}`" for key in each.see))
        for each in _of("glossary")
    ]
    return f"# Words of the trade\n\n{told}\n\n{_rows(('word', 'also', 'meaning', 'see'), rows)}\n"


def _of(group: str) -> Iterator[Word]:
    return (word for word in words() if word.group == group)


def _evidence() -> str:
    told = (
        "Each range is a choice that the evidence informs, not a fact: one case in ten is below the first figure, half are "
        "below the second, one in ten is above the third. In a scenario it stays an assumption until you cite a source of yours."
    )
    grades = "\n".join(f"- Grade {grade}: {words}." for grade, words in GRADES.items())
    rows = [
        (
            each.what,
            each.low,
            each.middle,
            each.high,
            each.grade,
            each.rests_on,
            ", ".join(f"[{name}](facts.md)" for name in each.facts),
            ", ".join(f"`{key}`" for key in each.about),
        )
        for each in all_evidence()
    ]
    table = _rows(
        ("what", "1 in 10 below", "half below", "1 in 10 above", "grade", "what it rests on", "figures", "informs"),
        rows,
    )
    return f"# What is known of usual values\n\n{told}\n\n{grades}\n\n{table}\n"


def _facts() -> str:
    told = (
        "Figures as they were found, each with where it was read. A scenario cites one as `source: fact:ID`. Many pages relay "
        "others: look up the original before you publish a figure."
    )
    heads = {True: "Read, or worked out from what was read", False: f"{STATUSES['recalled'].capitalize()}: no facts"}
    parts = (
        f"## {head}\n\n{_table_of(each for each in all_facts().values() if each.is_known is known)}"
        for known, head in heads.items()
    )
    return "\n\n".join(["# Figures that were found", told, *parts]) + "\n"


def _table_of(facts: Iterable[Fact]) -> str:
    rows = [
        (
            f"`{each.id}`",
            each.what,
            each.period,
            each.figures,
            each.note,
            STATUSES[each.status] + "".join(f", `{name}`" for name in each.derived_from),
            "; ".join(f"[{read.publisher}]({read.url})" if read.url else read.publisher for read in each.sources),
        )
        for each in facts
    ]
    return _rows(("fact", "what", "of", "figures", "note", "how it is known", "where it was read"), rows)


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *(tuple(map(_cell, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _code(text: str) -> str:
    return f"`{text}`" if text else ""
