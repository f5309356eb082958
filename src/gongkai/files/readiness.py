"""Whether the scanner of the district answers; whether there is one at all."""

from __future__ import annotations

from django.conf import settings

from gongkai.files.scanning import is_answering
from gongkai.trail import installation

NONE = "没有接杀毒服务（CLAMD）：公众提交的文件要由经办人确认后才能打开。有条件的，请在服务器上装 clamav 并设置 CLAMD。"
AWAY = "杀毒服务没有回应：新收的文件在待查毒区等候。请检查 clamd 是否在运行，CLAMD 的地址是否正确。"


def checks() -> list[tuple[str, bool, str, bool]]:
    """One question of ``/ready``; a bad answer only warns, because files wait and nothing is lost."""
    if not settings.CLAMD:
        return [("scanner", installation.is_playground(), NONE, True)]
    return [("scanner", is_answering(), AWAY, True)]
