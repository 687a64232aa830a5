"""A figure shows itself wherever plotly does, and nowhere offers to send its data away or asks the network for anything."""

import copy
import json
import pickle

import plotly.graph_objects as go
import plotly.io as pio
import pytest
from IPython.core.formatters import DisplayFormatter
from plotly.offline import get_plotlyjs

from tests.report.sample_summary import sample_summary
from valsim.report.figures import style
from valsim.report.notebook.figure import Figure, framed, safe
from valsim.report.notebook.plots import Plots

PLOTLY = "application/vnd.plotly.v1+json"


@pytest.fixture
def plots():
    return Plots(sample_summary())


@pytest.fixture
def value(plots):
    return plots.value()


@pytest.fixture(autouse=True)
def in_a_notebook():
    """Plotly chooses how it shows by where it runs; in a notebook it does so."""
    before, pio.renderers.default = pio.renderers.default, "plotly_mimetype"
    yield
    pio.renderers.default = before


def test_a_cell_gets_the_figure_with_settings_that_offer_no_upload(value):
    shown, _ = DisplayFormatter().format(value.update_layout(height=700).update_traces(opacity=0.5))
    assert set(shown) == {PLOTLY, "text/plain"}
    config = shown[PLOTLY]["config"]
    assert (config["showSendToCloud"], config["plotlyServerURL"], config["displaylogo"]) == (False, "", False)
    assert shown[PLOTLY]["layout"]["height"] == 700
    assert shown["text/plain"].startswith("<Figure: Equity value")
    assert len(shown["text/plain"]) < 500


def test_a_reader_may_change_the_settings_but_not_those_that_send_away():
    assert safe({"displaylogo": True, "showSendToCloud": True, "plotlyServerURL": "https://chart-studio.plotly.com"}) == {
        **style.CONFIG, "typesetMath": False, "displaylogo": True,
    }  # fmt: skip


def test_show_gives_the_same_as_the_end_of_a_cell_also_for_another_renderer(value, monkeypatch):
    given = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: given.append((data, raw)))
    value.show("plotly_mimetype", config={"scrollZoom": True})
    value.show("notebook")
    (first, raw), (second, _) = given
    assert raw
    assert first[PLOTLY]["config"] == safe({"scrollZoom": True})
    assert "<iframe" in second["text/html"]


def test_where_no_cell_is_a_browser_is_opened_on_a_file(value, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("webbrowser.open", opened.append)
    value.show("browser")
    (address,) = opened
    (file,) = tmp_path.glob("*.html")
    assert address == file.as_uri()
    assert "Plotly.newPlot" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("made", [copy.deepcopy, lambda figure: pickle.loads(pickle.dumps(figure)), Figure, go.Figure])
def test_a_copy_has_no_such_button_either(value, made):
    removed = made(value).to_plotly_json()["layout"]["modebar"]["remove"]
    assert "sendChartToCloud" in removed


def test_a_name_in_a_title_is_text():
    summary = sample_summary()
    summary["values"]["latency"]["label"] = "<script>alert(1)</script> & <b>"
    drawn = Plots(summary).drivers("latency")
    assert "<" not in drawn.layout.title.text
    assert "<script>alert" not in framed(drawn)


def as_lab_does(figure):
    """A page that draws what a cell is given as JupyterLab and VS Code do: by plotly.js, with the settings of the bundle."""
    shown = figure._shown_by("plotly_mimetype", {})[PLOTLY]
    call = ", ".join(json.dumps(shown[key]) for key in ("data", "layout", "config"))
    return f"<!doctype html><meta charset=utf-8><div id=f></div><script>{get_plotlyjs()}</script><script>Plotly.newPlot('f', {call})</script>"


PAGES = {
    "written": lambda plots: plots.exits().update_layout(template="plotly_dark", height=500).to_html(),
    "cell": lambda plots: as_lab_does(plots.drivers("users")),
    "plain": lambda plots: go.Figure(plots.exits()).to_html(),
    "framed": lambda plots: f"<!doctype html><meta charset=utf-8>{framed(plots.holders())}",
}


@pytest.mark.browser
@pytest.mark.parametrize("way", PAGES)
def test_in_a_browser_no_figure_offers_to_share_it_or_asks_for_anything(shown_in_browser, plots, way):
    page, buttons = shown_in_browser(PAGES[way](plots))
    assert any("Download" in each for each in buttons)
    assert not [each for each in buttons if "hare" in each or "loud" in each]
    assert page.said == []
    assert [each for each in page.asked if not each.startswith(("file:", "about:srcdoc", "blob:"))] == []


@pytest.fixture
def shown_in_browser(chromium, tmp_path):
    """Open a page and wait until a figure is drawn, in it or in its frame; what its buttons are called comes with it."""
    context = chromium.new_context()

    def show(text):
        (tmp_path / "figure.html").write_text(text, encoding="utf-8")
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto((tmp_path / "figure.html").as_uri())
        frame = page.frames[-1]
        frame.wait_for_selector(".modebar-btn", state="attached")
        return page, frame.eval_on_selector_all(".modebar-btn", "all => all.map(e => e.dataset.title)")

    yield show
    context.close()
