import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from tests.report.sample_summary import never_bought, sample_summary
from valsim.report.console import progress
from valsim.report.terminal import print_summary


def printed(summary, width=80):
    file = io.StringIO()
    print_summary(summary, Console(file=file, width=width))
    return file.getvalue()


def test_the_summary_fits_80_columns_and_a_pipe_gets_no_colour():
    text = printed(sample_summary())
    assert max(cell_len(line) for line in text.splitlines()) <= 80
    assert "\x1b" not in text


def test_it_can_be_read_in_a_minute():
    assert len(printed(sample_summary()).splitlines()) < 70


@pytest.mark.parametrize(
    "expected",
    [
        "Moonshot AI's Series C price says $4.30B; all shares together are worth $3.59B ± 0.03B today",
        "The headline is 20 % ± 1 above fair value; a Common share is worth 83 % of the headline price.",
        "+21 % ± 1",
        "where funded: anchor closing +26 % ± 1 and milestone closing −3.3 % ± 1.0.",
        "Bridge 2: bridge closing",
        "38.2 % ± 0.2",
        "27 % missed enterprise_arr >= 150M USD/year",
        "milestone closing: 26.3 % ± 0.2 of the funded were paid short; defaults: Alibaba on 24 % and Tencent on 3.1 %",
        "74 % never reached runway < 9 months",
        "$38.4M ± 0.4M",
        "0.68x",
        "61 %",
        "$2.45 ± 0.02",
        "34 % IPO",
        "The sample is healthy",
        "18 numbers, 6 with a source and 12 assumed",
        "risk-neutral",
        "real-world",
    ],
)
def test_it_says(expected):
    assert expected in " ".join(printed(sample_summary()).split())


def test_an_unhealthy_sample_is_said_first_on_its_line():
    summary = sample_summary()
    summary["health"]["top_1pct_share_of_present_value"] = 0.6
    assert "Read the numbers with care" in printed(summary)


def test_an_error_that_is_too_large_is_told_with_its_limit_and_how_many_paths_would_do():
    summary = sample_summary()
    summary["run"]["paths"] = 5_000
    summary["health"]["relative_standard_error_of_present_value"] = 0.026
    told = "relative standard error of present value (2.6 %, limit 1.5 %: use --paths 20_000)"
    assert told in " ".join(printed(summary).split())


def test_a_class_at_its_price_to_rounding_is_worth_it():
    summary = sample_summary()
    summary["fair_value"]["classes"]["series_c"] |= {"overvaluation": 1e-12, "overvaluation_standard_error": 0.0}
    last = next(line for line in printed(summary).splitlines() if line.startswith("Series C "))
    assert last.endswith(" 0 %")


def test_without_a_last_price_it_says_what_the_shares_are_worth():
    summary = sample_summary()
    summary["fair_value"] |= {"price": {}, "post_money_valuation": None, "overvaluation": None}
    text = " ".join(printed(summary, 200).split())
    assert "All shares of Moonshot AI together are worth $3.59B ± 0.03B today (risk-neutral)." in text


@pytest.mark.parametrize("key", ["tranches", "holders", "classes", "exits", "health", "assumptions", "warnings"])
def test_a_section_without_numbers_is_left_out(key):
    summary = sample_summary()
    del summary[key]
    assert "Moonshot AI" in printed(summary)


def test_names_are_text_and_never_markup():
    summary = sample_summary()
    summary["holders"][0]["name"] = "[bold]x[/bold] 🚀 " + "y" * 200
    text = printed(summary)
    assert "[bold]x[/bold] 🚀" in text
    assert max(cell_len(line) for line in text.splitlines()) <= 80


def test_a_name_is_wrapped_and_never_cut():
    summary = sample_summary()
    summary["holders"][0]["name"] = "A fund of funds with quite a long name"
    assert "…" not in printed(summary)
    assert all(word in printed(summary) for word in ("A fund of funds", "long name"))


def test_a_position_that_is_never_bought_keeps_its_row_and_says_why():
    summary = sample_summary()
    summary["holders"] = [never_bought("me"), *(each for each in summary["holders"] if each["name"] != "me")]
    text = " ".join(printed(summary).split())
    assert "Your position never invests: the transfer is refused." in text
    assert "loses money" not in text
    assert "me (your position)" in text


def test_progress_is_silent_where_nobody_watches():
    file = io.StringIO()
    with progress(Console(file=file)) as report:
        report(50, 100)
    assert file.getvalue() == ""


def test_progress_shows_how_far_it_is_on_a_terminal():
    file = io.StringIO()
    with progress(Console(file=file, force_terminal=True, width=80)) as report:
        report(50, 100)
    assert "50%" in file.getvalue()
