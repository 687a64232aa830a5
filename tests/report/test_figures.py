import json

import plotly.graph_objects as go
import pytest

from tests.report.sample_summary import sample_summary
from valsim.report.figures import classes, exits, fan, holders, payoff, style, ticks, tranches


@pytest.fixture
def summary():
    return sample_summary()


def by_name(figure):
    return {trace["name"]: trace for trace in figure["data"] if trace.get("name")}


def every_figure(summary):
    return [
        fan.value_fan(summary["values"]["equity_value"], "USD"),
        fan.driver_fan(summary["values"]["latency"], "USD"),
        tranches.tranche_funnel(summary["tranches"]),
        holders.holder_multiples(summary["holders"]),
        classes.class_values(summary["classes"], "USD"),
        payoff.class_shares(summary["payoffs"], "USD"),
        payoff.holder_payouts(summary["payoffs"], "USD"),
        exits.exit_mix(summary["exits"]),
        exits.horizon_bars(summary["horizons"], "USD"),
    ]


def test_every_figure_is_plain_json_on_the_small_template(summary):
    for figure in every_figure(summary):
        json.dumps(figure, allow_nan=False)
        assert len(json.dumps(figure["layout"]["template"])) < 2500


def test_every_figure_is_one_that_plotly_knows_how_to_draw(summary):
    for figure in every_figure(summary):
        assert go.Figure(figure).to_plotly_json() == figure


def test_a_figure_that_plotly_does_not_know_would_be_noticed():
    with pytest.raises(ValueError, match="colour"):
        go.Figure(style.finished([style.trace("scatter", marker={"colour": "red"})]))


def test_the_settings_offer_no_way_to_send_a_chart_away():
    assert style.CONFIG["showSendToCloud"] is False
    assert style.CONFIG["plotlyServerURL"] == ""
    assert not {"sendDataToCloud", "sendChartToCloud", "editInChartStudio"} & set(style.CONFIG["modeBarButtons"][0])


def test_the_value_fan_shows_the_quantiles_and_the_share_alive(summary):
    series = summary["values"]["equity_value"]
    shown = by_name(fan.value_fan(series, "USD"))
    assert list(shown["median"]["y"]) == series["quantiles"]["0.5"]
    assert list(shown["5 to 95 % of paths"]["y"]) == series["quantiles"]["0.95"]
    assert list(shown["mean"]["y"]) == series["mean"]
    assert list(shown["still private"]["y"]) == series["alive"]


def test_a_fan_over_decades_is_logarithmic_and_a_narrow_one_is_not(summary):
    assert fan.value_fan(summary["values"]["equity_value"], "USD")["layout"]["yaxis"]["type"] == "log"
    assert fan.driver_fan(summary["values"]["latency"], "USD")["layout"]["yaxis"]["type"] == "linear"


def test_a_fan_survives_dates_without_a_company_left(summary):
    series = summary["values"]["cash"]
    for row in (series["mean"], series["standard_error"], *series["quantiles"].values()):
        row[-1] = None
    assert by_name(fan.driver_fan(series, "USD"))["median"]["y"][-1] is None


def test_a_long_run_is_thinned_from_its_last_date(summary):
    series = summary["values"]["users"]
    few = fan.thinned(series, 10)
    assert len(few["dates"]) <= 10
    assert few["dates"][-1] == series["dates"][-1]
    assert few["quantiles"]["0.5"][-1] == series["quantiles"]["0.5"][-1]


def test_each_bar_of_the_tranche_funnel_holds_all_paths(summary):
    figure = tranches.tranche_funnel(summary["tranches"])
    for place, tranche in enumerate(summary["tranches"]):
        whole = tranche["probability_funded"] + sum(tranche["not_funded_because"].values())
        assert sum(trace["x"][place] for trace in figure["data"]) == pytest.approx(whole)


def test_rare_reasons_share_one_colour_and_lose_nothing(summary):
    summary["tranches"][0]["not_funded_because"] = {f"reason {count}": 0.01 for count in range(12)}
    shown = by_name(tranches.tranche_funnel(summary["tranches"]))
    assert len(shown) == 2 + tranches.NAMED_REASONS
    assert tranches.OTHER in shown


def test_multiples_are_drawn_from_quantiles(summary):
    outer, inner, median, mean = holders.holder_multiples(summary["holders"])["data"]
    alibaba = summary["holders"][0]["moic"]
    spread = alibaba["quantiles"]
    assert outer["x"][:3] == [spread["0.05"], spread["0.95"], None]
    assert inner["x"][:3] == [spread["0.25"], spread["0.75"], None]
    assert (outer["y"][:3], outer["y"][3:6]) == ([0, 0, None], [1, 1, None])
    assert (median["x"][0], mean["x"][0]) == (spread["0.5"], alibaba["mean"])


def test_combinations_of_missed_conditions_are_one_reason(summary):
    shown = by_name(tranches.tranche_funnel(summary["tranches"]))
    assert shown["missed several conditions"]["x"][1] == pytest.approx(0.0411)


def test_the_times_of_a_repeated_round_are_told_apart(summary):
    assert list(tranches.tranche_funnel(summary["tranches"])["layout"]["yaxis"]["ticktext"])[2:] == [
        "Bridge 1<br>bridge closing",
        "Bridge 2<br>bridge closing",
    ]


def test_a_holder_without_a_known_cost_or_that_invested_nothing_has_no_line(summary):
    assert len(holders.holder_multiples(summary["holders"])["data"][-1]["x"]) == len(summary["holders"]) - 3
    assert holders.holder_multiples([{"name": "a", "moic": None}]) is None


def test_classes_show_value_and_price_and_leave_out_an_empty_pool(summary):
    shown = by_name(classes.class_values(summary["classes"], "USD"))
    sold = [share for share in summary["classes"] if share["name"] != "pool"]
    assert list(shown["last price"]["x"]) == [share["last_price"] or None for share in sold]
    assert list(shown["present value (bar: two standard errors)"]["x"]) == [
        share["present_value_per_share"] for share in sold
    ]


def test_shares_of_the_proceeds_add_up_to_one_at_every_exit_value(summary):
    traces = payoff.class_shares(summary["payoffs"], "USD")["data"]
    totals = [sum(shares) for shares in zip(*(trace["y"] for trace in traces), strict=True)]
    assert totals == pytest.approx([1.0] * len(totals))


def test_a_holder_that_is_paid_nothing_has_no_line_on_a_logarithmic_axis(summary):
    shown = by_name(payoff.holder_payouts(summary["payoffs"], "USD"))
    assert shown["Founders and staff"]["y"][0] is None
    assert list(shown["Tencent"]["y"]) == summary["payoffs"]["holders"]["Tencent"]


def test_no_two_holders_have_the_same_line(summary):
    values = summary["payoffs"]["exit_values"]
    summary["payoffs"]["holders"] = {f"holder {count}": values for count in range(20)}
    lines = payoff.holder_payouts(summary["payoffs"], "USD")["data"]
    assert len({(each["line"]["color"], each["line"]["dash"]) for each in lines}) == 20


def test_exits_are_ranked_by_chance(summary):
    bars = exits.exit_mix(summary["exits"])["data"][0]
    assert list(bars["x"]) == sorted(summary["exits"].values(), reverse=True)


def test_logarithmic_ticks_stay_in_range_and_are_few():
    axis = ticks.logarithmic(3e7, 9e10, str)
    assert 3 <= len(axis["tickvals"]) <= 9
    assert all(3e7 <= tick <= 9e10 for tick in axis["tickvals"])


def test_a_name_in_a_figure_is_text_and_no_markup(summary):
    summary["tranches"][0]["tranche"] = "<b>closing</b>"
    labels = tranches.tranche_funnel(summary["tranches"])["layout"]["yaxis"]["ticktext"]
    assert labels[0] == "&lt;b&gt;closing&lt;/b&gt;"
