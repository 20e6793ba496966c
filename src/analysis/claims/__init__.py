"""What is done with claims of any subject: compare them, tell them in sentences, split at breaks.

May import `analysis.tables` and what stands below it.
"""
