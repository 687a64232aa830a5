import pytest

from tests.report.sample_parts import holder
from tests.report.sample_summary import never_bought, sample_summary
from valsim.report.section import choice, headline, holders


@pytest.fixture
def summary():
    """A summary with no position of the reader's own."""
    found = sample_summary()
    return found | {"holders": [each for each in found["holders"] if each["name"] != "me"]}


def own(name, loss=0.4, never=0.0):
    return holder(name, 2e6, 0.01, 1.1, 0.9, loss, 1.9e6) | {"position": True, "never_invested": never}


def test_without_a_position_the_largest_investor_is_spoken_of(summary):
    assert headline.returns(summary) == [headline.return_sentence(choice.headline_holder(summary), "Alibaba")]


def test_one_position_of_another_name_is_the_readers_too(summary):
    summary["holders"].append(own("Second vehicle"))
    assert headline.returns(summary) == [
        "Your position “Second vehicle” loses money on 40 % of paths and returns 0.90x on the median path."
    ]


def test_each_of_several_positions_has_a_sentence_that_names_it(summary):
    summary["holders"] += [own("me", never=0.2), own("me again", 0.5), own("a third"), own("a fourth")]
    assert headline.returns(summary) == [
        "Your position “me” loses money on 40 % of the paths on which it invests and returns 0.90x on the median of these.",
        "Your position “me again” loses money on 50 % of paths and returns 0.90x on the median path.",
        "Your position “a third” loses money on 40 % of paths and returns 0.90x on the median path.",
    ]


def test_nobody_else_is_spoken_of_in_the_place_of_a_position_that_is_never_bought(summary):
    summary["holders"].append(never_bought("me"))
    assert headline.returns(summary) == ["Your position never invests: the transfer is refused."]
    assert headline.loss_tile(summary) is None
    assert headline.class_tile(summary).note == "never invests"
    lead = holders.section(summary).lead
    assert lead.startswith("Your position never invests. For each $1 invested, ")


def test_of_two_positions_the_tiles_show_the_one_that_is_bought(summary):
    summary["holders"] += [never_bought("me"), own("me again")]
    assert choice.headline_holder(summary)["name"] == "me again"
    assert headline.class_tile(summary).label == "Your position “me again”, present value"
    assert holders.section(summary).lead.startswith("For each $1 invested, your position “me again” holds $0.95")
    assert headline.returns(summary)[0] == "Your position “me” never invests: the transfer is refused."


def test_several_reasons_are_told_with_their_chances_and_in_a_table_the_commonest(summary):
    part = own("me", never=0.3) | {"never_invested_because": {"the transfer is refused": 0.2, "b": 0.1}}
    assert holders.never(part) == "never invests on 30 % of paths, mostly: the transfer is refused"
    assert choice.refusals(part) == "the transfer is refused (20 %) and b (10 %)"
    assert holders.never(own("me")) == ""
