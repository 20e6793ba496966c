"""What holds for claims of any subject: compared, told in sentences, broken where they change.

May import `analysis.tables` and what stands below it.
"""
