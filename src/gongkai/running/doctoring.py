"""What is unsafe or missing in an installation, in words for its operator."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from gongkai.running import preparing, readiness
from gongkai.trail import chain, installation

LOCAL = {"localhost", "127.0.0.1", "[::1]", "::1", "testserver"}
BAD, WARN = "不安全", "提醒"
DANGEROUS = {"database", "migrations", "triggers", "disk", "outbox"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to be put right, and how."""

    level: str
    text: str


def examine() -> list[Finding]:
    """Everything that was found; empty when all is well."""
    folder = Path(settings.DATA_DIR)
    return [
        *_data(folder),
        *_secrets(folder),
        *_settings(),
        *_checks(),
        *_trail(),
    ]


def _data(folder: Path) -> list[Finding]:
    if not preparing.fits(folder):
        return [Finding(BAD, "数据目录是另一个版本的。请运行 gongkai upgrade。")]
    if folder.stat().st_mode & stat.S_IWOTH:
        return [Finding(BAD, f"任何用户都能写入数据目录 {folder}。请运行 chmod o-w {folder}")]
    return []


def _secrets(folder: Path) -> list[Finding]:
    found = []
    for path in [folder / "secrets", *(folder / "secrets").glob("*")]:
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            right = "700" if path.is_dir() else "600"
            found.append(Finding(BAD, f"其他用户能读到密钥。请运行 chmod {right} {path}"))
    if len(settings.SECRET_KEY) < 32:
        found.append(Finding(BAD, "签名密钥太短。请去掉环境变量 SECRET_KEY，改用自动生成的密钥。"))
    return found


def _settings() -> list[Finding]:
    found = []
    outside = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL]
    address = urlsplit(settings.SITE_URL)
    is_live = not installation.is_playground()
    if settings.DEBUG:
        found.append(Finding(BAD, "DEBUG 打开着，出错页面会显示内部内容。请去掉 DEBUG。"))
    if "*" in settings.ALLOWED_HOSTS:
        found.append(Finding(BAD, "ALLOWED_HOSTS 是 *，任何主机名都接受。请写明网站的主机名。"))
    if not is_live and settings.DEMO_PUBLIC:
        found.append(Finding(BAD, "演示环境对外开放，而演示帐号的口令是公开的。不需要时请去掉 DEMO_PUBLIC。"))
    if is_live and address.hostname in LOCAL:
        found.append(Finding(WARN, "没有设置 SITE_URL，页面、订阅和二维码里的地址会是 localhost。"))
    if is_live and outside and not settings.HTTPS:
        found.append(Finding(BAD, "网站对外而没有用 https。请在前面的 nginx 配好证书，并设置 HTTPS=1。"))
    if settings.HTTPS and not settings.TRUSTED_PROXIES:
        found.append(
            Finding(WARN, "没有设置 TRUSTED_PROXIES，所有来访都会记成 nginx 的地址。通常设为 127.0.0.1,::1")
        )
    if is_live and not settings.EMAIL_URL:
        found.append(Finding(WARN, "没有设置 EMAIL_URL，提醒只在工作台里显示。"))
    return found


def _checks() -> list[Finding]:
    # What the site catches up with by itself once it runs (tree, index) is no danger.
    return [
        Finding(BAD if check.name in DANGEROUS and not check.warning_only else WARN, check.text)
        for check in readiness.all_checks()
        if not check.ok
    ]


def _trail() -> list[Finding]:
    verdict = chain.verify()
    if not verdict.ok:
        return [Finding(BAD, f"留痕从第 {verdict.first_bad} 行起对不上，可能被改动过。请保留现场并报告。")]
    return []
