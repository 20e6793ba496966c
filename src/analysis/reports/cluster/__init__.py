"""Other machines: reports made by the workers of Dask, casebooks and reports in object stores.

Nothing else needs this room: the command line imports it where an address is given. Reports are
put into a store so that one without its manifest is no report (`stored_reports`); casebooks and
notebooks are fetched once by each process (`store`). May import `analysis.reports.batch`
and the rest of `analysis.reports`; Dask and fsspec come with the extra `scale`, and are imported
where a cluster or a store is opened.
"""
