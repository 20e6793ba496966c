"""Kernels that a fork server makes, for everything that asks jupyter_client for a kernel."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Type, Unicode

from analysis.reports.kernel import private_connection
from analysis.reports.temporary import TemporaryFolder
from analysis.reports.warm.forked_process import CannotFork, ForkedProcess

#: Seconds between two looks whether a kernel is there or has ended; jupyter_client takes 0.1.
_LOOK = 0.002

#: Seconds after which a kernel is talked to although its sockets are not there yet.
_SOCKETS = 5.0


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel by a fork server, and by itself where the server does not."""

    parent: Any
    process: Any

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel that `cmd` would start."""
        try:
            arguments = read_command(cmd)
            folder = str(Path(kwargs.get("cwd") or Path.cwd()).resolve())
            self.process = ForkedProcess(
                self.parent.fork_server, arguments, folder, kwargs.get("env") or os.environ
            )
        except CannotFork as reason:
            self.log.warning("This kernel starts cold: %s.", reason)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid
        self.cwd = Path(folder)
        await _wait_for_sockets(self.parent, self.process)
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the end of the kernel."""
        while self.process and await self.poll() is None:
            await asyncio.sleep(_LOOK)
        return await super().wait()


async def _wait_for_sockets(manager: Any, process: ForkedProcess) -> None:
    """Wait until a kernel listens: who connects too early tries again only 0.1 s later."""
    until = time.monotonic() + _SOCKETS
    sockets = [Path(f"{manager.ip}-{port}") for port in manager.ports]
    while manager.transport == "ipc" and time.monotonic() < until:
        if all(socket.exists() for socket in sockets) or process.poll() is not None:
            return
        await asyncio.sleep(_LOOK)


def read_command(command: list[str]) -> list[str]:
    """Return the arguments of the kernel that `command` starts with this Python.

    Raises `CannotFork`: it starts another Python, or no ipykernel.
    """
    try:
        at = command.index("-m")
    except ValueError:
        at = len(command)
    if command[at + 1 : at + 2] != ["ipykernel_launcher"]:
        raise CannotFork("it is no ipykernel")
    if command[0] != sys.executable:
        raise CannotFork(f"it runs another Python, {command[0]}")
    if any(option != "-Xfrozen_modules=off" for option in command[1:at]):
        raise CannotFork(f"its Python has the options {' '.join(command[1:at])}")
    return command[at + 2 :]


class ReadyClient(AsyncKernelClient):
    """A client that knows at once when a kernel is ready, and does not wait to be sure."""

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        manager: Any = self.parent
        until = time.monotonic() + (float("inf") if timeout is None else timeout)
        while True:
            request = self.kernel_info()
            try:
                reply = await self.shell_channel.get_msg(timeout=1)
                # The kernel greets on iopub who listens there, and is idle after a request.
                while not _is_idle_after(await self.iopub_channel.get_msg(timeout=0.2), request):
                    pass
            except Empty:
                if not await manager._async_is_alive():
                    raise RuntimeError("Kernel died before replying to kernel_info") from None
                if time.monotonic() > until:
                    message = f"Kernel didn't respond in {timeout} seconds"
                    raise RuntimeError(message) from None
            else:
                self._handle_kernel_info_reply(reply)
                return

    wait_for_ready = _async_wait_for_ready


def _is_idle_after(message: dict[str, Any], request: str) -> bool:
    return bool(
        message["parent_header"].get("msg_id") == request
        and message["content"].get("execution_state") == "idle"
    )


class Forked(AsyncKernelManager):
    """A kernel manager whose kernel comes from the fork server at `fork_server`.

    A kernel that no fork server can make is started as jupyter_client would.
    """

    fork_server = Unicode()
    client_class = Unicode(f"{__name__}.ReadyClient")
    client_factory = Type(klass="jupyter_client.client.KernelClient", default_value=ReadyClient)

    #: Where the sockets are.
    _private: TemporaryFolder | None = None

    async def _async_pre_start_kernel(self, **kw: Any) -> tuple[list[str], dict[str, Any]]:
        if self.provisioner is None and is_forkable(self.kernel_spec):
            if self.transport != "ipc":
                self._private = TemporaryFolder()
                for name, value in private_connection(self._private.name).items():
                    setattr(self, name, value)
            self.kernel_id = self.kernel_id or str(uuid4())
            self.provisioner = ForkedProvisioner(
                kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
            )
        return await super()._async_pre_start_kernel(**kw)

    pre_start_kernel = _async_pre_start_kernel

    async def _async_interrupt_kernel(self) -> None:
        # At its end, a kernel that is just done with a request would hear it in its own code.
        if not self.shutting_down:
            await super()._async_interrupt_kernel()

    interrupt_kernel = _async_interrupt_kernel

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        if self._private and not restart:
            self._private.cleanup()

    cleanup_resources = _async_cleanup_resources

    async def _async_finish_shutdown(
        self, waittime: float | None = None, pollinterval: float = _LOOK, restart: bool = False
    ) -> None:
        await super()._async_finish_shutdown(waittime, min(pollinterval, _LOOK), restart)

    finish_shutdown = _async_finish_shutdown


def is_forkable(spec: KernelSpec | None) -> bool:
    """Whether `spec` starts an ipykernel on this machine; others may not know Unix sockets."""
    return (
        spec is not None
        and "ipykernel_launcher" in spec.argv
        and "kernel_provisioner" not in spec.metadata
    )


def forked(manager: type[AsyncKernelManager], address: str) -> type[AsyncKernelManager]:
    """Return a kernel manager like `manager` whose kernels come from the server at `address`."""
    bases = (Forked,) if issubclass(Forked, manager) else (Forked, manager)
    return type(f"Forked{manager.__name__}", bases, {"fork_server": Unicode(address)})
