"""Sanctions and company actions: who did or announced what, and how many.

May import `analysis.claims`, `analysis.charts` and what stands below them.
"""
