"""What the terms of contracts came to: who was paid first, what became of SAFEs and notes, who used a right or lost one."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from valsim.report.section.convertibles import convertible_table, convertible_words
from valsim.report.section.investor_rights import penalty_table, penalty_words, pro_rata_table, pro_rata_words
from valsim.report.section.listings import ratchet_table, ratchet_words, veto_table, veto_words
from valsim.report.section.parts import Section, Table
from valsim.report.section.senior_claims import senior_table, senior_words

Summary = Mapping[str, Any]

TOLD: Mapping[str, tuple[str, Callable[[Summary], Table], Callable[[Summary], str]]] = {
    "senior_claims": ("First", senior_table, senior_words),
    "convertibles": ("Notes", convertible_table, convertible_words),
    "pro_rata": ("Follow", pro_rata_table, pro_rata_words),
    "penalties": ("Struck", penalty_table, penalty_words),
    "vetoes": ("Veto", veto_table, veto_words),
    "ipo_ratchets": ("Ratchet", ratchet_table, ratchet_words),
}
"""By what the summary calls it: the word that it stands under on a terminal, its table, and its sentence."""


def section(summary: Summary) -> Section | None:
    """A table for each kind of term that the document has."""
    there = [TOLD[name] for name in TOLD if summary.get(name)]
    if not there:
        return None
    _, _, first = there[0]
    return Section(
        "contracts", "What contract terms did", first(summary), [table(summary) for _, table, _ in there], "Contracts"
    )


def sentences(summary: Summary) -> Iterator[tuple[str, str]]:
    """The same in sentences, each with the word that it stands under."""
    for name, (head, _, words) in TOLD.items():
        if summary.get(name):
            yield head, words(summary)
