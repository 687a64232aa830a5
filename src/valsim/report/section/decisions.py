"""What became of each tranche, and what those who pay for it decided."""

from collections.abc import Iterator, Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Cell, Table, numbers, words

Summary = Mapping[str, Any]
ALL_OF_THEM = "requisite_holders"
"""How a summary says that all investors of a closing decide as one."""
SAID = {
    "funded": "Funded|as agreed",
    "late": "Funded|late",
    "waived": "Funded|condition waived",
    "repriced": "Funded|re-priced",
    "lapsed": "Lapsed",
    "walked": "Walked away",
    "defaulted": "Defaulted",
    "deal_failed": "Deal failed",
    "no_price": "No price",
    "too_little_paid": "Too little paid",
    "not_followed": "Not followed|the closing before it was not funded",
    "company_ended": "Company had ended",
}
"""What becomes of a tranche, in the words of the report."""
POLICIES = {
    "myopic": "By the price alone: shares are paid for where they are worth at least the money at the headline equity of the path.",
    "rule": "By the formulas of the document.",
    "trained": "By what was learned on paths of its own, so that the choice serves them best on the whole.",
}
"""How a policy decides."""
WHEN = {"met": "its condition is met", "missed": "its condition was missed"}
CHOSEN = {
    "fund": "pay",
    "walk": "walk away",
    "default": "default",
    "lapse": "let it lapse",
    "waive": "waive it",
    "reprice": "pay a lower price",
}
"""What they do, in words."""


def outcome_tables(tranches: list[Any]) -> list[Table]:
    """The chance of everything that became of a tranche somewhere, where that is more than funded or not."""
    found = [each for each in tranches if each.get("outcomes")]
    there = [name for name in SAID if any(each["outcomes"][name]["mean"] for each in found)]
    if not {"late", "waived", "repriced", "walked"} & set(there):
        return []
    rows = tuple(
        (
            Cell(labels.tranche_name(each)),
            *(
                Cell(*labels.percent_with_error(chance["mean"], chance["standard_error"]))
                for chance in (each["outcomes"][name] for name in there)
            ),
        )
        for each in found
    )
    columns = (*words("Tranche"), *numbers(*(SAID[name] for name in there)))
    return [Table("What became of each tranche", columns, rows, REAL_WORLD)]


def decision_tables(summary: Summary) -> list[Table]:
    """How often each decision came up, and what was chosen there; nothing where the document is carried out as it is written."""
    found = summary.get("decisions")
    if not found:
        return []
    rows = tuple(row for each in found["taken"] for row in _rows(each))
    columns = (*words("Tranche", "Where"), *numbers("They are asked"), *words("They"), *numbers("Where asked"))
    return [Table("What investors decided", columns, rows, REAL_WORLD, who_decides(found))]


def who_decides(decisions: Mapping[str, Any]) -> str:
    """Who decides, and how."""
    by = decisions["decided_by"]
    who = (
        "All investors of a closing decide as one."
        if by == ALL_OF_THEM
        else f"{choice.capital(labels.phrase(by))} decides alone."
    )
    return " ".join(filter(None, (who, POLICIES.get(decisions["policy"], ""))))


def decided(decision: Mapping[str, Any]) -> str:
    """What was decided about one tranche, in a clause."""
    chosen = {CHOSEN[name]: chance["mean"] for name, chance in decision["chosen_if_asked"].items()}
    *others, last = (f"{name} ({labels.percent(share)})" for name, share in chosen.items())
    said = f"{', '.join(others)} or {last}"
    return f"where {WHEN[decision['question']]} ({labels.percent(decision['asked']['mean'])} of paths), they {said}"


def _rows(decision: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    asked = decision["asked"]
    for name, chance in decision["chosen_if_asked"].items():
        yield (
            Cell(labels.tranche_name(decision)),
            Cell(WHEN[decision["question"]]),
            Cell(*labels.percent_with_error(asked["mean"], asked["standard_error"])),
            Cell(CHOSEN[name]),
            Cell(*labels.percent_with_error(chance["mean"], chance["standard_error"])),
        )
