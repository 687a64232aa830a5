"""What is asked of the commands that play one scenario."""

from dataclasses import dataclass
from pathlib import Path

from valsim.cli.target import named_files
from valsim.core.sampler import SamplerName


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line."""

    scenario: Path
    overrides: tuple[str, ...]
    variant: str
    with_: tuple[Path, ...]
    paths: int | None
    seed: int | None
    threads: int | None
    json: str | None
    html: Path | None
    quiet: bool
    until: tuple[str, ...] = ()
    sampler: SamplerName | None = None
    outcomes: Path | None = None
    cluster: str | None = None
    out: Path | None = None
    replace: bool = False
    xlsx: Path | None = None

    @property
    def files(self) -> dict[str, Path]:
        """The files to write of the summary, by the option that names them."""
        return named_files(self.json, html=self.html, xlsx=self.xlsx)

    @property
    def targets(self) -> dict[str, Path]:
        """All files to write, and the folder."""
        return self.files | named_files(None, outcomes=self.outcomes, out=self.out)
