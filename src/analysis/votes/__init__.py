"""Votes on resolutions: by country and in total.

May import `analysis.claims`, `analysis.charts`, `analysis.refugees` and what stands below.
"""
