"""The hands that carry a message out: mail, and JSON over HTTP to hosts that an administrator entered."""

from __future__ import annotations

import time
from types import TracebackType

from gongkai.messaging.carriers.mail import Postman
from gongkai.messaging.carriers.parcels import Carried, Parcel
from gongkai.messaging.carriers.payloads import judge, request_for
from gongkai.messaging.carriers.posting import post
from gongkai.messaging.rules.repeats import Outcome
from gongkai.messaging.rules.targets import EMAIL

__all__ = ["Carried", "Carriers", "Parcel"]


class Carriers:
    """Carries parcels one after the other; the connection to the mail server is kept between them."""

    def __init__(self) -> None:
        self._postman = Postman()

    def __enter__(self) -> Carriers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._postman.close()

    def carry(self, parcel: Parcel) -> Carried:
        """Try once; never raises for what goes wrong outside."""
        if parcel.kind == EMAIL:
            return self._postman.carry(parcel)
        # Signatures are checked against the other side's real clock, never against a shifted one.
        request = request_for(parcel, moment=int(time.time() * 1000))
        answer = post(request.url, body=request.body, headers=request.headers, inside=parcel.inside)
        if answer.outcome is not Outcome.ARRIVED:
            return Carried(answer.outcome, answer.problem)
        return judge(parcel.kind, answer.status, answer.body)
