"""Tests of `analysis.bounds`; a package, so that other folders may use the same file names."""
