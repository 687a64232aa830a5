"""The tables of a result: tidy, with errors and units, as every library of data frames takes them."""

import numpy as np
import polars as pl
import pytest

from tests.companies import lively
from tests.report.sample_summary import sample_summary
from valsim.report.notebook.frame import Frame, frame
from valsim.report.notebook.frames import FRAMES, Frames
from valsim.simulate import simulate


@pytest.fixture(scope="module")
def result():
    return simulate(lively(), paths=300)


@pytest.fixture(scope="module")
def frames(result):
    return result.frames


def test_a_holder_is_a_row_with_its_numbers_errors_and_units(result, frames):
    holders = frames.holders
    me = list(holders["name"]).index("me")
    (told,) = [each for each in result.summary["holders"] if each["name"] == "me"]
    assert holders["moic_mean"][me] == told["moic"]["mean"]
    assert holders["moic_standard_error"][me] == told["moic"]["standard_error"]
    assert holders["moic_p95"][me] == told["moic"]["quantiles"]["0.95"]
    assert holders["irr_probability_negative"][me] == told["irr"]["probability_negative"]
    assert (holders.units["invested_mean"], holders.units["proceeds_p5"]) == ("USD", "USD")
    assert "moic_mean" not in holders.units
    assert len(holders) == len(result.summary["holders"])


def test_values_are_a_row_for_each_quantity_date_and_level(result, frames):
    told = result.summary["values"]["arr"]
    values = frames.values
    mine = (values["quantity"] == "arr") & (values["level"] == 0.25)
    assert list(values["value"][mine]) == told["quantiles"]["0.25"]
    assert list(values["date"][mine]) == told["dates"]
    assert set(values["unit"][mine]) == {"USD/year"}
    assert len(values) == sum(len(each["dates"]) * len(each["quantiles"]) for each in result.summary["values"].values())
    means = frames.means
    assert list(means["standard_error"][means["quantity"] == "arr"]) == told["standard_error"]


def test_a_path_is_a_row_under_both_measures(result, frames):
    paths = frames.paths
    assert len(paths) == 300
    assert paths["real_world.holder.me.proceeds"] is result.outcomes["holder", "me", "proceeds"]
    assert paths["risk_neutral.holder.me.present value"] is result.valued["holder", "me", "present value"]
    assert paths.units["real_world.holder.me.proceeds"] == "USD"


def test_a_tranche_has_its_days_and_each_reason_is_a_row(result, frames):
    assert list(frames.tranches["first"])[:2] == ["2026-02-20", "2026-06-30"]
    assert frames.tranches["probability_funded_standard_error"][0] == result.summary["tranches"][0]["standard_error"]
    shares = frames.reasons["probability"][frames.reasons["tranche"] == "milestone"]
    assert shares.sum() == pytest.approx(1 - frames.tranches["probability_funded"][1])


def test_the_ways_to_end_add_up(frames):
    assert frames.exits["probability"].sum() == pytest.approx(1)
    assert np.all(frames.exits["standard_error"] > 0)
    causes = frames.loss_causes
    mine = causes["holder"] == "me"
    me = list(frames.holders["name"]).index("me")
    assert causes["probability_mean"][mine].sum() == pytest.approx(frames.holders["probability_of_loss"][me])


@pytest.mark.parametrize("name", FRAMES)
def test_pandas_polars_and_arrow_take_every_table_as_it_is(frames, name):
    table = getattr(frames, name)
    pandas, polars, arrow = table.to_pandas(), table.to_polars(), table.to_arrow()
    assert list(pandas.columns) == polars.columns == arrow.column_names == list(table.columns)
    assert len(pandas) == polars.height == arrow.num_rows == len(table) > 0
    for column, values in table.columns.items():
        if np.issubdtype(values.dtype, np.number):
            np.testing.assert_array_equal(pandas[column], values)
            np.testing.assert_array_equal(polars[column], values)
    assert pandas.attrs["units"] == table.units
    assert {field.name: field.metadata[b"unit"].decode() for field in arrow.schema if field.metadata} == table.units


def test_all_paths_go_into_polars(frames):
    assert frames.paths.to_polars().select(pl.col("real_world.proceeds").mean()).item() == pytest.approx(
        frames.paths["real_world.proceeds"].mean()
    )


def test_what_is_not_there_is_no_number_and_no_zero():
    mixed = frame("mixed", [{"a": 1, "b": "x"}, {"a": None}], {"a": "USD", "c": "USD"})
    assert np.isnan(mixed["a"][1])
    assert list(mixed["b"]) == ["x", ""]
    assert mixed.units == {"a": "USD"}


def test_names_are_completed_and_a_wrong_one_is_told_with_those_that_there_are(frames):
    assert set(dir(frames)) == {*FRAMES, "paths"}
    assert "result.frames.holders" in repr(frames)
    with pytest.raises(AttributeError, match=r"no table 'holder'. Did you mean 'holders'\? There are holders, "):
        _ = frames.holder
    with pytest.raises(KeyError, match=r"holders has no column 'moic'; of its .*, near are .*moic_mean"):
        frames.holders["moic"]


def test_a_summary_alone_has_all_but_the_paths():
    assert set(dir(Frames(sample_summary()))) == set(FRAMES)


def test_without_a_library_it_is_said_what_to_install(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr("valsim.report.notebook.frame.import_module", missing)
    for make, name in ((Frame.to_pandas, "pandas"), (Frame.to_polars, "polars"), (Frame.to_arrow, "pyarrow")):
        with pytest.raises(ImportError, match=f"this needs {name}: pip install {name}"):
            make(Frame("none", {}))


def test_a_cell_shows_the_first_rows(frames):
    shown = frames.values._repr_mimebundle_()
    assert shown["text/html"].count("<tr>") == 11
    assert f"The first 10 of {len(frames.values):,} rows." in shown["text/html"]
    assert shown["text/plain"].startswith(f"<Frame values: {len(frames.values):,} rows of quantity, unit, date")
