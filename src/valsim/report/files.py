"""Files that appear whole or not at all."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from valsim.core.whole_file import whole_file


def json_text(told: Mapping[str, Any]) -> str:
    r"""Give results as the text of a JSON file.

    >>> json_text({"chance": 0.5})
    '{\n "chance": 0.5\n}\n'
    """
    return json.dumps(told, allow_nan=False, ensure_ascii=False, indent=1) + "\n"


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file under another name beside its place and then move it there, so that no reader ever sees a half.

    What is no plain file, such as a pipe, is written to as it is.

    Raises:
        OSError: the folder does not exist or cannot be written to.
    """
    data = content.encode() if isinstance(content, str) else content
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    with whole_file(path) as draft:
        draft.write_bytes(data)
