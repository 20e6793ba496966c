"""Warm kernels: a notebook to run comes in, a forked kernel that has its libraries comes out.

A fork server, a process of one thread that has imported what notebooks need, forks a kernel
for each notebook; papermill and nbclient talk to it as to any other. May import
`analysis.reports.kernel`, `kernel_environment` and `temporary`; the server itself (`server`)
imports nothing of this package.
"""

from analysis.reports.warm.project_server import ProjectServer, open_project_server

__all__ = ["ProjectServer", "open_project_server"]
