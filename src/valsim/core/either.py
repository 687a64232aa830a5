"""Fields of a block of which a document states exactly one."""

from valsim.core.block import Block, custom_error


def expect_one_of(block: Block, *names: str, code: str, subject: str = "", example: str) -> None:
    """Raise where a block states none of some fields, or more than one; ``subject`` begins the sentence, such as ``an earn-out: ``."""
    stated = [name for name in names if getattr(block, name) is not None]
    if len(stated) == 1:
        return
    message = f"{subject}expected one of {' and '.join(names)}"
    if not stated:
        raise custom_error(code, message, f"e.g. {example}")
    way_out = f"leave one of them out; what a file beneath states is taken away with null, such as {stated[-1]}: null"
    raise custom_error(code, f"{message}, got {' and '.join(stated)}", way_out)
