"""Every figure of the report is drawn by a function of its name."""

import sys

import pytest

from tests.companies import lively, steady
from tests.report.sample_summary import sample_summary
from valsim.report.notebook.plots import NAMES, Plots
from valsim.report.page import SECTIONS
from valsim.simulate import simulate


@pytest.fixture(scope="module")
def plots():
    return Plots(sample_summary())


def charts():
    return {chart.name: chart for build in SECTIONS for chart in getattr(build(sample_summary()), "charts", ())}


def test_every_chart_of_the_report_has_its_figure_with_its_numbers_title_and_measure(plots):
    drawn = {
        plot(which).layout.meta["title"]
        for name in dir(plots)
        for plot in [getattr(plots, name)]
        for which in plot.charts
    }
    assert drawn == {chart.title for chart in charts().values()}
    value = plots.value().to_plotly_json()
    assert [list(trace["y"]) for trace in value["data"]] == [
        list(each["y"]) for each in charts()["value"].figure["data"]
    ]
    assert value["layout"]["title"]["text"] == charts()["value"].title
    assert value["layout"]["title"]["subtitle"]["text"] == charts()["value"].measure
    assert "real-world" in plots.drivers("users").layout.title.subtitle.text


def test_a_company_on_which_everything_happens_has_every_figure_that_is_named():
    assert set(NAMES) <= set(dir(simulate(lively(), paths=200).plot))


def test_a_distribution_is_chosen_by_whose_it_is():
    assert "me (your position)" in simulate(lively(), paths=200).plot.distributions("me").layout.meta["title"]


def test_a_part_of_the_company_is_chosen_by_who_owns_it():
    plots = simulate(lively(), paths=200).plot
    for who in plots.owned.charts:
        assert plots.owned(who).layout.meta["title"].removesuffix(": part owned") in {who, f"{who} (your position)"}


def test_a_notebook_completes_the_names_and_lists_what_to_write(plots):
    assert {"value", "drivers", "tranches", "holders", "payoff", "exits", "classes"} <= set(dir(plots))
    assert "result.plot.drivers('latency')  Latency, ms" in repr(plots)
    assert repr(plots.exits) == "result.plot.exits()  How paths end"


def test_a_name_that_there_is_not_is_told_with_those_that_there_are(plots):
    with pytest.raises(AttributeError, match=r"no figure 'exit'. Did you mean 'exits'\? It has value, drivers"):
        _ = plots.exit
    with pytest.raises(ValueError, match=r"no 'user' in plot.drivers; did you mean 'users'\? There are .*'latency'"):
        plots.drivers("user")
    with pytest.raises(ValueError, match=r"which of plot.drivers\? There are "):
        plots.drivers()
    with pytest.raises(ValueError, match=r"value is one figure: write plot.value\(\)"):
        plots.value("users")
    assert not hasattr(plots, "_repr_html_")


def test_without_plotly_it_is_said_what_to_install(plots, monkeypatch):
    monkeypatch.delitem(sys.modules, "valsim.report.notebook.figure", raising=False)
    monkeypatch.setitem(sys.modules, "plotly", None)
    monkeypatch.setitem(sys.modules, "plotly.graph_objects", None)
    with pytest.raises(ImportError, match=r"pip install 'valsim\[notebook\]'"):
        plots.value()


def test_a_result_has_them_and_works_its_summary_out_once():
    result = simulate(steady(), paths=10)
    assert result.summary is result.summary
    assert result.plot is result.plot
    assert list(result.plot.value().data[-1].y) == result.summary["values"]["equity_value"]["alive"]
