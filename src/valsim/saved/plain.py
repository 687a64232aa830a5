"""JSON files that somebody else may have written."""

import json
from pathlib import Path
from typing import Any

from valsim.core.errors import SavedRunError


def read_plain(path: Path) -> dict[str, Any]:
    """Read the object that a JSON file holds.

    Raises:
        SavedRunError: the file cannot be read or holds something else.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SavedRunError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise SavedRunError(f"{path} is no JSON: it is no text in UTF-8") from None
    except json.JSONDecodeError as error:
        raise SavedRunError(f"{path}:{error.lineno}:{error.colno}  is no JSON: {error.msg.lower()}") from None
    except RecursionError:
        raise SavedRunError(f"{path} is no JSON of valsim: it is nested too deeply") from None
    if not isinstance(found, dict):
        raise SavedRunError(f"{path} is no JSON of valsim: expected an object, got {type(found).__name__}")
    return found
