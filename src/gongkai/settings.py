"""All settings: one file, environment variables only, each listed in docs/settings.md."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF

env = environ.Env()
DECLARED: dict[str, tuple[str, str]] = {}


def declare(name: str, default: Any, meaning: str, cast: type = str) -> Any:
    """Read one setting from the environment and put it on the generated page of settings."""
    DECLARED[name] = (str(default), meaning)
    return env.get_value(name, cast=cast, default=default)


PACKAGE = Path(__file__).resolve().parent
DATA_DIR = Path(declare("DATA_DIR", "data", "目录：数据库、文件、索引、静态树、密钥")).absolute()
PORT = declare("PORT", 8000, "网站端口", int)
DEBUG = declare("DEBUG", False, "调试方式，只用于开发；对外地址上拒绝启动", bool)
DEMO_PUBLIC = declare("DEMO_PUBLIC", False, "演示环境允许其他机器访问", bool)


def _served_at() -> str:
    """Without SITE_URL: this machine, at the port on which the site was last started."""
    noted = DATA_DIR / "port"
    port = PORT if "PORT" in os.environ or not noted.exists() else noted.read_text().strip()
    return f"http://localhost:{port}"


SITE_URL = declare(
    "SITE_URL", "", "网站对外地址，如 https://www.example.gov.cn；空则按 localhost 和端口", str
)
SITE_URL_GIVEN = bool(SITE_URL)
SITE_URL = SITE_URL or _served_at()
ALLOWED_HOSTS = [
    host.strip()
    for host in declare("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "允许的主机名，逗号分隔").split(",")
    if host.strip()
]
HTTPS = declare("HTTPS", False, "网站在 https 之后，Cookie 只走 https", bool)
TRUSTED_PROXIES = [
    address.strip()
    for address in declare(
        "TRUSTED_PROXIES", "", "前面的反向代理的地址，逗号分隔；只信它们转来的来访地址"
    ).split(",")
    if address.strip()
]
WORKERS = declare("WORKERS", 1, "网站进程数", int)
JOB_WORKERS = declare("JOB_WORKERS", 1, "后台任务进程数", int)
DATABASE_URL = declare("DATABASE_URL", "", "数据库地址；空则用 DATA_DIR 里的 SQLite")
EMAIL_URL = declare("EMAIL_URL", "", "邮件服务器地址；空则只在站内提醒")
EMAIL_FROM = declare("EMAIL_FROM", "", "发件地址；空则用 no-reply@ 网站主机名")
MAX_UPLOAD_MB = declare("MAX_UPLOAD_MB", 50, "单个上传文件的上限（MB）", int)
CLAMD = declare(
    "CLAMD", "", "病毒扫描服务 clamd：地址和端口，如 127.0.0.1:3310，或套接字路径；空则只认测试病毒"
)


def _secret_key() -> str:
    """The key of this installation; ``running.data_dir`` writes the file before the first command."""
    given = declare("SECRET_KEY", "", "签名密钥；空则用 DATA_DIR/secrets/secret_key")
    if given:
        return str(given)
    stored = DATA_DIR / "secrets" / "secret_key"
    # Building a wheel or running a linter needs no installation; such a key signs nothing that is kept.
    return stored.read_text().strip() if stored.exists() else "not-an-installation"


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "gongkai",
    "gongkai.kernel",
    "gongkai.trail",
    "gongkai.law",
    "gongkai.orgs",
    "gongkai.files",
    "gongkai.sheets",
    "gongkai.messaging",
    "gongkai.catalogue",
    "gongkai.columns",
    "gongkai.gate",
    "gongkai.documents",
    "gongkai.review",
    "gongkai.publishing",
    "gongkai.exchange",
    "gongkai.records",
    "gongkai.budget",
    "gongkai.registers",
    "gongkai.upkeep",
    "gongkai.search",
    "gongkai.foi",
    "gongkai.ledger",
    "gongkai.portal",
    "gongkai.workbench",
    "gongkai.api",
    "gongkai.running",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_q",
    "django_prose_editor",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
AUTH_USER_MODEL = "orgs.Person"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gongkai.orgs.middleware.Headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gongkai.orgs.middleware.SessionRules",
    "gongkai.orgs.middleware.Wall",
    "gongkai.running.middleware.FullDisk",
]
ROOT_URLCONF = "gongkai.urls"
WSGI_APPLICATION = "gongkai.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "gongkai.workbench.context.frame",
                "gongkai.portal.frame.public_frame",
            ],
        },
    }
]

if DATABASE_URL:
    DATABASES = {"default": env.db_url_config(DATABASE_URL)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "gongkai.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: an acknowledged write survives a power cut; NORMAL lost some in every simulated one.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                " PRAGMA cache_size=-20000;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/workbench/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "gongkai.orgs.accounts.StaffAccounts"
MFA_ADAPTER = "gongkai.orgs.accounts.SecondFactor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# Failures are delayed by orgs.accounts, in the database, so that every process counts the same.
ACCOUNT_RATE_LIMITS = {"login_failed": False, "login": False, "reauthenticate": False}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "公开 Gongkai"
MFA_TOTP_TOLERANCE = 1  # a phone whose clock is half a minute off still gets in
ACCOUNT_FORMS = {
    "login": "gongkai.orgs.login_forms.PasswordLogin",
    "reauthenticate": "gongkai.orgs.login_forms.PasswordAgain",
    "change_password": "gongkai.orgs.login_forms.NewPassword",
}
MFA_FORMS = {
    "authenticate": "gongkai.orgs.login_forms.CodeLogin",
    "reauthenticate": "gongkai.orgs.login_forms.CodeAgain",
    "activate_totp": "gongkai.orgs.login_forms.NewFactor",
    "add_webauthn": "gongkai.orgs.login_forms.NewKey",
    "edit_webauthn": "gongkai.orgs.login_forms.KeyName",
}
# Browsers allow passkeys on localhost without https; elsewhere they refuse by themselves.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "gk_session"
CSRF_COOKIE_NAME = "gk_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "gongkai.orgs.views.errors.form_expired"
SESSION_IDLE_MINUTES = declare("SESSION_IDLE_MINUTES", 30, "工作人员多久不操作要重新登录（分钟）", int)
SESSION_HOURS = declare("SESSION_HOURS", 12, "一次登录最长多久（小时）", int)

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
# Only the editor page carries an import map and one style; its view asks for this policy by name.
EDITOR_CSP = {"script-src": [SELF, NONCE], "style-src": [SELF, NONCE], "img-src": [SELF, "data:"]}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "Y-m-d H:i"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
FILES_DIR = DATA_DIR / "files"
INDEX_DIR = DATA_DIR / "index"
TREE_DIR = DATA_DIR / "tree"
VISITS_DIR = DATA_DIR / "visits"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# The first one swallows what is too large, so that nothing of it is written.
FILE_UPLOAD_HANDLERS = [
    "gongkai.files.uploading.Measured",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

Q_CLUSTER = {
    "name": "gongkai",
    "orm": "default",
    "workers": JOB_WORKERS,
    "timeout": 50,
    "retry": 60,
    "poll": 1,
    "queue_limit": 20,
    "save_limit": 200,
    "max_attempts": 5,
    "catch_up": False,
    "guard_cycle": 2,
}

if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = EMAIL_FROM or f"no-reply@{urlsplit(SITE_URL).hostname or 'localhost'}"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "gongkai.kernel.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
