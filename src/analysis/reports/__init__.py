"""Reports: notebooks and parameters come in, a folder of everything for one day goes out.

May import `analysis.casebook.check` and what stands below it. Notebooks are read, checked, run by
papermill and put together (`parameters`, `notebooks`, `run`, `build`); single charts and tables
come from `export` without a notebook.
"""
