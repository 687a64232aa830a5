"""The command ``report``, of a run that was saved."""

from valsim.cli.app import app
from valsim.cli.helps import EXAMPLES
from valsim.cli.options import Quiet, ResultsJson
from valsim.cli.outputs import Checked, ReportFile, SavedRunPlace, WorkbookFile
from valsim.cli.trouble import reported


@app.command(epilog=EXAMPLES["report"])
def report(
    run: SavedRunPlace,
    json: ResultsJson = None,
    html: ReportFile = None,
    xlsx: WorkbookFile = None,
    check: Checked = False,
    quiet: Quiet = False,
) -> None:
    """Tell a saved run again, without playing it.

    RUN is the folder that valsim run --out wrote, or the file of its --json. The answer, the report, the workbook and the JSON are the
    same, byte for byte.
    """
    with reported():
        from valsim.cli.reporting import Telling, tell_again

        tell_again(Telling(run, json, html, xlsx, check, quiet))
