"""What stands around the application: whom it answers, what every answer carries, what is logged.

Nothing is asked of a request here that its headers don't say, so that a refusal costs nothing.
"""

import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from itertools import count
from time import perf_counter
from typing import Any

from coach.web.answer import Answer, Message, Send
from coach.web.logs import REQUEST_ID, failure, log
from coach.web.problems import (
    BAD_REQUEST,
    CROSS_SITE,
    MEDIA_TYPE,
    UNKNOWN_HOST,
    Refused,
    details_of,
    encode,
)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
App = Callable[..., Awaitable[None]]  # frameworks type their scopes each in their own way

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})

# An answer that says otherwise itself keeps its own.
_PROTECTION: tuple[tuple[bytes, bytes], ...] = (
    (
        b"content-security-policy",
        b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
        b" object-src 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cache-control", b"no-store"),
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_PROCESS = secrets.token_hex(4)
_COUNT = count(1)


class ClientGone(Exception):
    """Whoever sent the request left before its end."""


class Edge:
    """An ASGI application around another one.

    `hosts` are the names it answers to; with None it answers to any.
    """

    def __init__(self, app: App, hosts: frozenset[str] | None) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(dict(scope), receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = perf_counter()
        method = scope["method"]
        headers = dict(scope["headers"])
        request_id = _request_id(headers)
        REQUEST_ID.set(request_id)
        status = 0
        complete = False

        async def incoming() -> Message:
            nonlocal complete
            message = await receive()
            if message["type"] == "http.request":
                complete = not message.get("more_body")
            elif not complete:
                raise ClientGone
            return message

        async def outgoing(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                said = [*message["headers"], (b"x-request-id", request_id.encode())]
                names = {name for name, _ in said}
                said += [one for one in _PROTECTION if one[0] not in names]
                message = {**message, "headers": said}
            elif method == "HEAD" and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if method == "HEAD":
            scope["method"] = "GET"
        try:
            refusal = self._refusal(scope, headers)
            if refusal:
                await _refused(refusal)(scope, incoming, outgoing)
            else:
                await self.app(scope, incoming, outgoing)
        except Exception as error:
            log.error("unforeseen", **failure(error))
            if status:  # half an answer is out: the server breaks the connection off
                raise
            await _refused(error)(scope, incoming, outgoing)
        finally:
            _log_request(method, scope.get("path_template", ""), status, perf_counter() - began)

    def _refusal(self, scope: Scope, headers: dict[bytes, bytes]) -> Refused | None:
        host = headers.get(b"host", b"")
        if sum(name == b"host" for name, _ in scope["headers"]) > 1:
            return Refused(BAD_REQUEST, "One Host header is expected.")
        if self.hosts is not None and _host_name(host) not in self.hosts:
            names = ", ".join(sorted(self.hosts))
            return Refused(UNKNOWN_HOST, f"This service answers to: {names}.")
        if scope["method"] not in _READING and _is_cross_site(headers, host):
            return Refused(CROSS_SITE, "Only pages of this service may send to it.")
        return None


def _is_cross_site(headers: dict[bytes, bytes], host: bytes) -> bool:
    """Tell whether a browser sent this for a page that isn't ours. Programs send neither header."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in (b"same-origin", b"none")
    origin = headers.get(b"origin")  # browsers leave the other out where there is no TLS
    return origin is not None and origin.partition(b"://")[2].lower() != host.lower()


@lru_cache(256)
def _host_name(host: bytes) -> str:
    name, colon, port = host.decode("latin-1").lower().rpartition(":")
    return name if colon and port.isdecimal() else host.decode("latin-1").lower()


def _request_id(headers: dict[bytes, bytes]) -> str:
    given = headers.get(b"x-request-id", b"")
    return given.decode() if _REQUEST_ID.fullmatch(given) else f"{_PROCESS}-{next(_COUNT):04x}"


def _refused(error: Exception) -> Answer:
    details = details_of(error, REQUEST_ID.get() or "")
    return Answer(encode(details), MEDIA_TYPE, details.status)


def _log_request(method: str, route: str, status: int, seconds: float) -> None:
    write = log.debug if route.startswith("/health/") and status < 500 else log.info
    write(
        "request",
        method=method if method in _METHODS else "other",
        route=route,
        status=status,
        milliseconds=round(seconds * 1000, 3),
    )
