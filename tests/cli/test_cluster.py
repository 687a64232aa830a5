"""An address of no cluster is told in a sentence, and soon."""

import logging
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.companies import STEADY
from valsim.cli import app, cluster


@pytest.fixture(autouse=True)
def deal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cluster, "PATIENCE", 0.3)
    Path("deal.yaml").write_text(STEADY)


def refused(address: str) -> str:
    shown = CliRunner().invoke(app, ["run", "deal.yaml", "--paths", "10", "--cluster", address], env={"COLUMNS": "400"})
    assert shown.exit_code == 2
    assert "Traceback" not in shown.stderr
    return " ".join(shown.stderr.replace("│", " ").split())


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("nonsense", "no Dask scheduler answers at nonsense (ValueError: missing port number"),
        ("", "expected an address such as tcp://host:8786, or local or local:4 for workers here, got ''"),
        ("local:0", "expected an address such as tcp://host:8786, or local or local:4 for workers here, got 'local:0'"),
        ("http://host:80", "unknown address scheme 'http'"),
        ("tcp://127.0.0.1:1", "no Dask scheduler answers at tcp://127.0.0.1:1 (OSError: Timed out"),
    ],
)
def test_an_address_at_which_nobody_answers(address: str, told: str) -> None:
    assert told in refused(address)


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "--cluster: a cluster needs Dask: pip install 'valsim[cluster]'" in refused("local")


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_cluster_at_which_nobody_works() -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", host="127.0.0.1") as empty:
        address = empty.scheduler_address
        assert f"at {address} has no workers: start some with dask worker {address}" in refused(address)
        assert shown_by("distributed.client") == []


def shown_by(name: str) -> list[logging.Handler]:
    """Name what shows the messages of a logger to somebody."""
    found, logger = list[logging.Handler](), logging.getLogger(name)
    while logger:
        found += [each for each in logger.handlers if not isinstance(each, logging.NullHandler)]
        logger = logger.parent if logger.propagate else None
    return found
