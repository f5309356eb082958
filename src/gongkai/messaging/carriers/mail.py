"""Mail by the server of the installation (EMAIL_URL); one connection for many letters."""

from __future__ import annotations

import contextlib
import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from gongkai.messaging.carriers.parcels import Carried, Parcel
from gongkai.messaging.rules.repeats import Outcome


class Postman:
    """Keeps the connection to the mail server open between letters."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def carry(self, parcel: Parcel) -> Carried:
        """Send one letter."""
        try:
            connection = self._open()
        except (OSError, smtplib.SMTPException):
            return Carried(Outcome.NOT_TAKEN, "连不上邮件服务器，请核对 EMAIL_URL")
        try:
            connection.send_messages([_letter(parcel)])
        except smtplib.SMTPRecipientsRefused as problem:
            codes = [code for code, _ in problem.recipients.values()]
            return self._refused(max(codes, default=500))
        except smtplib.SMTPResponseException as problem:
            return self._refused(problem.smtp_code)
        except (OSError, smtplib.SMTPException):
            self.close()
            return Carried(Outcome.UNCLEAR, "邮件发出后连接断开，不知是否送达")
        return Carried(Outcome.ARRIVED)

    def close(self) -> None:
        """Take leave of the server."""
        if self._connection is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._connection.close()
            self._connection = None

    def _open(self) -> BaseEmailBackend:
        if self._connection is None:
            connection = get_connection()
            connection.open()
            self._connection = connection
        return self._connection

    def _refused(self, code: int) -> Carried:
        self.close()
        if 400 <= code < 500:
            return Carried(Outcome.NOT_TAKEN, f"邮件服务器暂时不收（{code}）")
        return Carried(Outcome.REFUSED, f"邮件服务器拒绝（{code}）。请核对收件地址和发件地址")


def _letter(parcel: Parcel) -> EmailMessage:
    """A plain letter; its number stands in the head, so that a repetition can be recognised."""
    text = parcel.text if parcel.sort in ("digest", "notice") else f"{parcel.text}\n\n{parcel.link}".strip()
    if parcel.brief:
        text = f"{parcel.subject}\n\n{parcel.link}"
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return EmailMessage(
        subject=f"【公开工作台】{parcel.subject}" if parcel.sort != "notice" else parcel.subject,
        body=text,
        to=[parcel.account],
        headers={
            "Message-ID": f"<{parcel.number}@{host}>",
            "Auto-Submitted": "auto-generated",
            "X-Gongkai-Delivery": parcel.number,
        },
    )
