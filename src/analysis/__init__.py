"""Contested figures: tables of claims, set side by side, drawn and told as known on a day.

Words become bounds (`bounds`), CSV files become checked claims (`tables`), each subject
tabulates its claims and draws them (`casualties`, `refugees`, `projections`, `population`,
`votes`, `actions`, `places`, `talks`, with `compare`, `prose` and `charts`), notebooks put
the subjects' tables and charts under a question, and `reports` runs the notebooks for any
day. Imports run in that order and never back.
"""
