"""The report room: one summary in, a page that opens offline or a screen of text out.

It reads only the plain summary (what ``--json`` prints), so a saved run can be told again later. Nothing is
imported here: ``labels`` is light, and only ``figures``, ``page`` and ``terminal`` load what draws.
"""
