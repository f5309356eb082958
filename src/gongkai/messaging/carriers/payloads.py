"""The shapes in which messengers take a message, and what their answers mean. Described in docs/messages.md."""

from __future__ import annotations

import hashlib
import hmac as plain_hmac
import json
from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from cryptography.hazmat.primitives import hashes, hmac

from gongkai.messaging.carriers.parcels import Carried, Parcel
from gongkai.messaging.rules.repeats import Outcome
from gongkai.messaging.rules.wording import brief_words, fitted

VERSION = 1
JSON, WECOM, DINGTALK, FEISHU, SMS = "json", "wecom", "dingtalk", "feishu", "sms"
# What the messengers take in one text message.
MOST_BYTES = {WECOM: 2048, DINGTALK: 18_000, FEISHU: 18_000}
# "Too fast" in the words of each messenger; it is tried again.
TOO_FAST = {WECOM: {45009}, DINGTALK: {130101, 130102}, FEISHU: {11232}}
# These receivers get the number of the delivery and drop a repetition by it.
KNOW_THE_NUMBER = frozenset({JSON, SMS})


@dataclass(frozen=True, slots=True)
class Request:
    """What is posted where."""

    url: str
    headers: dict[str, str]
    body: bytes


def request_for(parcel: Parcel, *, moment: int) -> Request:
    """The request for one try; ``moment`` is the real time in milliseconds since 1970, for the signature."""
    shape = {JSON: _plain, SMS: _short, WECOM: _wecom, DINGTALK: _dingtalk, FEISHU: _feishu}[parcel.kind]
    return shape(parcel, moment)


def judge(kind: str, status: int, body: bytes) -> Carried:
    """What the answer means: robots answer 200 also when they refuse, with a code in the body."""
    if kind in KNOW_THE_NUMBER:
        return Carried(Outcome.ARRIVED)
    try:
        answer = json.loads(body)
        code = answer.get("errcode", answer.get("code", answer.get("StatusCode")))
    except (ValueError, AttributeError):
        return Carried(Outcome.UNCLEAR, "机器人的应答读不懂，不知是否送达")
    if code == 0:
        return Carried(Outcome.ARRIVED)
    if code in TOO_FAST[kind]:
        return Carried(Outcome.NOT_TAKEN, f"机器人说发得太快（{code}），稍后再发")
    return Carried(Outcome.REFUSED, f"机器人拒绝（代码 {str(code)[:12]}）。请核对网址、密钥和安全设置")


def words_of(parcel: Parcel) -> str:
    """The words for a messenger: the whole text, or only how many and where."""
    if parcel.brief and parcel.sort != "test":
        return brief_words(is_digest=parcel.sort == "digest", subject=parcel.subject, url=parcel.link)
    if parcel.sort == "digest":
        return parcel.text
    return "\n".join(filter(None, (parcel.subject, parcel.text, parcel.link)))


def signatures(secret: str, *, moment: int, body: bytes) -> str:
    """Both signatures over ``moment.body``: SM3 for offices that need it, SHA-256 for everybody else."""
    signed = f"{moment}.".encode() + body
    sm3 = hmac.HMAC(secret.encode() or b"\0", hashes.SM3())
    sm3.update(signed)
    sha = plain_hmac.new(secret.encode() or b"\0", signed, hashlib.sha256)
    return f"hmac-sm3={sm3.finalize().hex()}, hmac-sha256={sha.hexdigest()}"


def _plain(parcel: Parcel, moment: int) -> Request:
    content = {
        "version": VERSION,
        "id": parcel.number,
        "kind": parcel.sort,
        "to": {"account": parcel.account, "name": parcel.name, "unit": parcel.unit},
        "subject": "" if parcel.brief and parcel.sort == "message" else parcel.subject,
        "text": words_of(parcel) if parcel.brief else parcel.text,
        "url": parcel.link,
        "due": parcel.due.isoformat() if parcel.due and not parcel.brief else None,
    }
    return _signed(parcel, moment, content)


def _short(parcel: Parcel, moment: int) -> Request:
    text = parcel.text if parcel.sort == "notice" else words_of(parcel)
    content = {
        "version": VERSION,
        "id": parcel.number,
        "kind": parcel.sort,
        "phone": parcel.account,
        "purpose": parcel.purpose,
        "text": text,
    }
    return _signed(parcel, moment, content)


def _signed(parcel: Parcel, moment: int, content: dict[str, Any]) -> Request:
    body = json.dumps(content, ensure_ascii=False).encode()
    headers = {"X-Gongkai-Delivery": parcel.number, "X-Gongkai-Timestamp": str(moment)}
    if parcel.secret:
        headers["X-Gongkai-Signature"] = signatures(parcel.secret, moment=moment, body=body)
    return Request(parcel.url, headers, body)


def _group_words(parcel: Parcel) -> str:
    """In a group everybody must see for whom it is."""
    who = "" if parcel.sort == "digest" and not parcel.brief else f"{parcel.name}："
    return fitted(
        f"{who}{words_of(parcel)}", most_bytes=MOST_BYTES[parcel.kind], tail=f"余下见 {parcel.link}"
    )


def _wecom(parcel: Parcel, moment: int) -> Request:
    text: dict[str, Any] = {"content": _group_words(parcel)}
    if parcel.account:
        who = "mentioned_mobile_list" if parcel.account.isdigit() else "mentioned_list"
        text[who] = [parcel.account]
    return _robot(parcel.url, {"msgtype": "text", "text": text})


def _dingtalk(parcel: Parcel, moment: int) -> Request:
    url = parcel.url
    if parcel.secret:
        sign = b64encode(
            plain_hmac.new(
                parcel.secret.encode(), f"{moment}\n{parcel.secret}".encode(), hashlib.sha256
            ).digest()
        )
        url += f"{'&' if '?' in url else '?'}timestamp={moment}&sign={quote_plus(sign)}"
    at: dict[str, Any] = {"isAtAll": False}
    if parcel.account:
        at["atMobiles" if parcel.account.isdigit() else "atUserIds"] = [parcel.account]
    return _robot(url, {"msgtype": "text", "text": {"content": _group_words(parcel)}, "at": at})


def _feishu(parcel: Parcel, moment: int) -> Request:
    # Only letters, digits and . @ + - _ come in an account, so it cannot break out of the mark.
    mark = f'<at user_id="{parcel.account}"></at> ' if parcel.account else ""
    content: dict[str, Any] = {"msg_type": "text", "content": {"text": mark + _group_words(parcel)}}
    if parcel.secret:
        seconds = str(moment // 1000)
        key = f"{seconds}\n{parcel.secret}".encode()
        sign = b64encode(plain_hmac.new(key, b"", hashlib.sha256).digest()).decode()
        content = {"timestamp": seconds, "sign": sign, **content}
    return _robot(parcel.url, content)


def _robot(url: str, content: dict[str, Any]) -> Request:
    return Request(url, {}, json.dumps(content, ensure_ascii=False).encode())
