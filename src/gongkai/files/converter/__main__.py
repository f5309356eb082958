"""Entry of the child: limits first, then the converter itself takes its place."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

MEMORY_BYTES = 6 * 1024**3  # address space, of which the converter reserves far more than it uses
CPU_SECONDS = 40
FILE_BYTES = 256 * 1024**2
_PR_SET_PDEATHSIG = 1
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000


def main() -> None:
    program, folder, paper = sys.argv[1:4]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.unshare(_CLONE_NEWNET)
    os.execv(
        program,
        [
            program,
            "--headless",
            "--norestore",
            "--nolockcheck",
            f"-env:UserInstallation=file://{folder}/home",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            folder,
            paper,
        ],
    )


if __name__ == "__main__":
    main()
