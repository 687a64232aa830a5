"""Show the examples of docstrings as code, for the page on Python: mkdocstrings takes them for quotations otherwise."""

import re

import griffe

EXAMPLE = re.compile(r"^>>> .*(?:\n.+)*", re.MULTILINE)
ROLE = re.compile(r":(?:func|class|meth|attr|mod):(?=`)")


class Fenced(griffe.Extension):
    """Puts a fence around every example, and leaves out what says of which kind a name is."""

    def on_object(self, *, obj: griffe.Object, **_: object) -> None:
        """Do so in the docstring of an object."""
        if obj.docstring:
            obj.docstring.value = ROLE.sub("", EXAMPLE.sub(r"```pycon\n\g<0>\n```", obj.docstring.value))
