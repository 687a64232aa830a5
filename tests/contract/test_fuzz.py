"""Mistakes in cap tables give no traceback, and what is accepted is paid out whole; see ``fuzz.py``."""

import pytest

from tests.contract.fuzz import RICH, found, judged

FULL_RUN = 100_000
"""The full run takes the seeds from 0; the sample of the suite those behind it."""


def test_a_rich_cap_table_is_paid_out_whole_at_every_exit():
    assert judged(RICH) == ("accepted", [])


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_no_mutant_gives_a_traceback_or_pays_out_more_or_less_than_there_is():
    judgements = found(FULL_RUN, 60)
    assert {mutant: wrong for mutant, (_, wrong) in judgements.items() if wrong} == {}
    assert {"refused", "accepted"} == {verdict for verdict, _ in judgements.values()}
