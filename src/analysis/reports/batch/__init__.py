"""Batches of reports: a plan comes in, a folder of reports with an index and a manifest goes out.

A plan of notebooks, days and parameters is read and checked before anything runs
(`plan`), what is made already is left alone (`earlier`), and worker processes make the
rest (`running`), so that a report that fails, hangs or dies costs nothing but itself. May
import the rest of `analysis.reports` and what stands below it.
"""
