"""What readers of published files are made with, from bytes to rows. Imports `analysis.bounds`.

`file` opens and decodes, `table` finds the header and cuts into records, `numbers`, `dates` and
`countries` read cells, `rows` makes frames of records, `parts` does so for files larger than
memory, `results` is what comes out.
"""
