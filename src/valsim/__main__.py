"""The command ``valsim``, also ``python -m valsim``."""

import gc
import os
import sys


def main() -> None:
    """Answer ``--version`` at once; hand everything else to the command line."""
    if sys.argv[1:] == ["--version"]:
        from valsim import __version__

        print(f"valsim {__version__}")
        return
    _start_lightly()
    from valsim.cli import app

    app(prog_name="valsim")


def _start_lightly() -> None:
    gc.disable()  # what is imported and read stays: to look for garbage in it is in vain; a run turns it on again
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # valsim multiplies no matrices: its threads would only wait


if __name__ == "__main__":
    main()
