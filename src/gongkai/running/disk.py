"""Knowing a full disk when it is met, whoever reports it."""

from __future__ import annotations

import errno

MESSAGE = "磁盘已满，这一步没有完成，已保存的内容不受影响。请清出空间后重新运行。"


def is_full(problem: BaseException | None) -> bool:
    """Whether an error says that the disk is full: from the system, from SQLite or from PostgreSQL.

    A limit on the size of files (EFBIG, SQLite then says disk I/O error) is the same to the person who saves.
    """
    while problem is not None:
        if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return True
        text = str(problem)
        if "disk is full" in text or "No space left on device" in text:
            return True
        problem = problem.__cause__
    return False
