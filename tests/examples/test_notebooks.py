"""The notebooks are kept clean, and each runs from top to bottom."""

import json
import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.architecture.sources import ROOT

EXAMPLES = ROOT / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))
PLOTLY = "application/vnd.plotly.v1+json"


def called(path: Path) -> str:
    return path.stem


def test_every_notebook_is_told_of_on_the_page_and_no_other():
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert len(NOTEBOOKS) == 5
    assert {path.name for path in NOTEBOOKS} == {
        part.partition(")")[0] for part in page.split("](")[1:] if ".ipynb" in part
    }


@pytest.mark.parametrize("path", NOTEBOOKS, ids=called)
def test_a_notebook_is_kept_without_outputs_counts_and_traces_of_a_machine(path):
    kept = json.loads(path.read_text(encoding="utf-8"))
    nbformat.validate(nbformat.from_dict(kept))
    assert set(kept["metadata"]) == {"kernelspec", "language_info"}
    assert kept["metadata"]["language_info"] == {"name": "python"}
    assert kept["cells"][0]["cell_type"] == "markdown"
    for cell in kept["cells"]:
        assert cell["metadata"] == {}
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq.*", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=called)
def test_a_notebook_runs_and_shows_its_answers_as_cards(path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(EXAMPLES)}}).execute()
    shown = [
        output["data"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output
    ]
    assert any("valsim-card" in each.get("text/html", "") for each in shown)
    drawn = [each[PLOTLY]["config"] for each in shown if PLOTLY in each]
    assert all(each["showSendToCloud"] is False and each["plotlyServerURL"] == "" for each in drawn)
