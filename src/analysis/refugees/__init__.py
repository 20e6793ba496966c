"""Refugees and the displaced, the populations that they are measured against, and shares.

May import `analysis.claims`, `analysis.charts`, `analysis.forecasting` and what stands below.
"""
