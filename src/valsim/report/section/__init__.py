"""One section of the page a file: each is a function from the summary to a :class:`~valsim.report.section.parts.Section` or None.

A new section is a new file and one line in ``page.SECTIONS``; the template knows only the parts of which all are made. Where it shows
a key that the summary does not have yet, that is a function of the result in ``analysis`` and one line in ``analysis.summary``.
A table of it for a notebook is one function in ``notebook.frames``, and a sheet of it one file and one line in ``workbook.book.SHEETS``.
"""
