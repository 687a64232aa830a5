"""Page and terminal say what became of compute credits and what those who paid with them made."""

from tests.report.sample_parts import spread
from tests.report.sample_summary import sample_summary
from tests.report.test_redemptions import shown
from valsim.report.section.compute_credits import cost_table, credit_words, fate_table, section


def mean(value: float) -> dict[str, float]:
    return {"mean": value, "standard_error": 0.0}


START = {
    "provider": "Example Cloud", "closing": None,
    "issued": mean(100e6), "used": mean(60e6), "expired": mean(40e6), "left": mean(0.0),
}  # fmt: skip
LATER = {
    "provider": "Alibaba", "closing": ["series_d", "first closing"],
    "issued": mean(300e6), "used": mean(240e6), "expired": mean(0.0), "left": mean(60e6),
}  # fmt: skip
ALIBABA = {
    "name": "Alibaba", "invested": mean(600e6), "invested_at_cost": mean(480e6), "moic": mean(2.0), "moic_at_cost": mean(2.5),
    "irr": spread(0.2, 0.01, -1.0, 0.0, 0.12, 0.3, 0.5), "irr_at_cost": spread(0.2, 0.01, -1.0, 0.0, 0.17, 0.3, 0.5),
}  # fmt: skip
TOLD = sample_summary() | {"compute_credits": [START, LATER], "paid_in_kind": [ALIBABA]}


def test_a_row_for_each_batch_and_for_each_holder_that_paid_with_credits() -> None:
    start, later = [[cell.text for cell in cells] for cells in fate_table(TOLD).rows]
    assert start == ["Example Cloud", "there at the start", "$100M", "$60M", "$40M", "$0"]
    assert later[1] == "Series D: first closing"
    ((*cells,),) = cost_table(TOLD).rows
    assert [cell.text for cell in cells] == ["Alibaba", "$600M", "$480M", "2.0x", "2.5x", "12 %", "17 %"]


def test_a_sentence_says_what_became_of_all_of_them() -> None:
    assert (
        credit_words(TOLD) == "$400M of compute credits in the mean, 75 % used, 10 % expired and 15 % left by the end."
    )
    none = [{**START, **{what: mean(0.0) for what in ("issued", "used", "expired", "left")}}]
    assert credit_words({**TOLD, "compute_credits": none}) == "No credits were issued."


def test_page_and_terminal_show_it_where_there_are_credits_and_nothing_elsewhere() -> None:
    for summary, there in ((TOLD, True), (sample_summary() | {"compute_credits": []}, False)):
        terminal, text = shown(summary)
        assert ("Credits $400M of compute credits" in terminal) is there
        assert ("Returns of those who paid with credits" in text) is there
    assert section(sample_summary()) is None
