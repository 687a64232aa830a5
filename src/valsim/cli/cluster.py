"""The option ``--cluster``: the Dask cluster on which a command plays its paths."""

import logging
import re
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

import typer

from valsim.execution.dask import expect_valsim
from valsim.execution.team import processors

OPTION = "--cluster"
PATIENCE = 5
"""So many seconds a scheduler has to answer, and its first worker to be there."""
LOCAL = re.compile(r"local(?::([1-9]\d*))?")


@contextmanager
def connected(address: str | None) -> Iterator[Executor | None]:
    """Give the executor of the cluster at an address, ``tcp://host:8786``; of one that is started on this machine for ``local`` or
    ``local:4``; none where no address is given.

    Raises:
        typer.BadParameter: where nothing answers there, nobody works there, or Dask is not installed.
    """
    if address is None:
        yield None
        return
    with _client(address) as client:
        if not client.nthreads():
            _expect_workers(client, address)
        expect_valsim(client)
        yield client.get_executor(pure=False)


def _quiet() -> None:
    """Let what goes wrong be told by us, in one sentence; once Dask is imported, which sets up its loggers anew."""
    for name in ("distributed", "tornado", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [logging.NullHandler()], False


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError:
        raise _refused("a cluster needs Dask: pip install 'valsim[cluster]'") from None
    _quiet()
    local = LOCAL.fullmatch(address)
    if local is None and address.lower().split(":")[0] in {"", "local"}:
        raise _refused(
            f"expected an address such as tcp://host:8786, or local or local:4 for workers here, got {address!r}"
        )
    if local:
        with _started(int(local[1] or processors())) as cluster, Client(cluster) as client:
            yield client
        return
    try:
        client = Client(address, timeout=PATIENCE)
    except Exception as error:  # noqa: BLE001 - whatever else listens there may answer anything
        message = (
            f"no Dask scheduler answers at {address} ({_said(error)}); an address is such as tcp://host:8786, or local"
        )
        raise _refused(message) from None
    with client:
        yield client


def _started(workers: int) -> Any:
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        host="127.0.0.1",
        silence_logs=logging.CRITICAL,  # a worker that is asked while it stops would tell so with a traceback
    )


def _expect_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise _refused(f"the cluster at {address} has no workers: start some with dask worker {address}") from None


def _refused(message: str) -> typer.BadParameter:
    return typer.BadParameter(message, param_hint=OPTION)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no more is said'}"
