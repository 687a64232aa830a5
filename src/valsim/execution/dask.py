"""A Dask cluster as an executor: what `concurrent.futures` has no word for. Dask itself is imported by nobody here."""

from concurrent.futures import Executor
from importlib.util import find_spec
from typing import Any, TypeAlias

from valsim.core.errors import SimulationError

Client: TypeAlias = Any
"""A ``distributed.Client``."""
PATIENCE = 30
"""After so many seconds in which nothing was done it is asked whether anybody works; one that is started anew takes a few."""


def client_of(executor: object) -> Client | None:
    """Give the client behind an executor of ``Client.get_executor``; none behind any other."""
    return getattr(executor, "_client", None) if isinstance(executor, Executor) else None


def workers_of(client: Client) -> int:
    """Say how many tasks a cluster does at the same time."""
    return sum(client.nthreads().values())


def expect_workers(client: Client) -> None:
    """Raise :class:`~valsim.core.errors.SimulationError` where all workers have left a cluster and none comes; it would wait for ever."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise SimulationError(
            f"all workers of the cluster have left it, and none came within {PATIENCE} seconds: start some and run again"
        ) from None
    except OSError:
        return  # the scheduler does not answer: what waits there is cancelled, which is told


def expect_valsim(client: Client) -> None:
    """Raise :class:`~valsim.core.errors.SimulationError` where the scheduler or a worker lacks valsim.

    A worker that is sent what it cannot read leaves the cluster, and what it was sent waits for ever.
    """
    told = client.run(
        find_spec, "valsim", on_error="ignore"
    )  # a worker that dies meanwhile says nothing, and lacks nothing
    found = {**told, "the scheduler": client.run_on_scheduler(find_spec, "valsim")}
    missing = sorted(where for where, spec in found.items() if spec is None)
    if missing:
        raise SimulationError(
            f"valsim is not installed on {len(missing)} of {len(found)} machines of the cluster ({missing[0]}): install the same "
            "version on its workers and on its scheduler as here"
        )
