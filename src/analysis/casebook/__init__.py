"""The casebook as a whole: checked, compared with itself, described, begun.

May import every subject and what stands below them.
"""
