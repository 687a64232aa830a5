"""One section of the page a file: each is a function from the summary to a :class:`~valsim.report.section.parts.Section` or None.

A new section is a new file and one line in ``page.SECTIONS``; the template knows only the parts of which all are made.
"""
