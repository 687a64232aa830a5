"""The command ``valsim``, also ``python -m valsim``."""

import sys


def main() -> None:
    """Answer ``--version`` at once; hand everything else to the command line."""
    if sys.argv[1:] == ["--version"]:
        from valsim import __version__

        print(f"valsim {__version__}")
        return
    from valsim.cli import app

    app(prog_name="valsim")


if __name__ == "__main__":
    main()
