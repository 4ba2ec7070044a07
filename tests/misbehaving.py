"""An endpoint on this machine that misbehaves on request, over raw sockets.

A libraries' server is too polite to cut an answer short, so this one writes bytes. It takes one
behaviour a call, the last one again and again, and remembers what it was sent.

    async with misbehaving(answer(503), complete()) as endpoint:
        ...  # endpoint.url, endpoint.calls
"""

import asyncio
import gzip
import json
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from socket import SO_LINGER, SOL_SOCKET
from typing import Any, NamedTuple

# Writes to a caller; what it returns says whether the connection stays for another request.
Behaviour = Callable[[asyncio.StreamWriter], Awaitable[bool]]


class Call(NamedTuple):
    """A request as it came in."""

    target: str
    headers: dict[str, str]
    body: Any


class Endpoint:
    """The server as a test sees it."""

    def __init__(self, behaviours: tuple[Behaviour, ...]) -> None:
        self._behaviours = list(behaviours)
        self.calls: list[Call] = []
        self.connections = 0
        self.port = 0
        self.scheme = "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/v1"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            stays = True
            while stays:
                self.calls.append(await _read_call(reader))
                stays = await self._next()(writer)
            writer.close()
            await writer.wait_closed()
        except (OSError, asyncio.IncompleteReadError):
            pass  # The caller left, as callers may.
        finally:
            writer.transport.abort()

    def _next(self) -> Behaviour:
        return self._behaviours.pop(0) if len(self._behaviours) > 1 else self._behaviours[0]


@asynccontextmanager
async def misbehaving(
    *behaviours: Behaviour, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Endpoint]:
    """Serve on a free port of this machine until the block ends."""
    endpoint = Endpoint(behaviours or (complete(),))
    endpoint.scheme = "https" if tls else "http"
    busy: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(endpoint.serve(reader, writer))
        busy.add(task)
        task.add_done_callback(busy.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=tls)
    endpoint.port = server.sockets[0].getsockname()[1]
    try:
        yield endpoint
    finally:
        server.close()
        for task in busy:
            task.cancel()
        await asyncio.gather(*busy, return_exceptions=True)
        await asyncio.sleep(0)  # Transports close their sockets in the loop's next round.


async def unused_port() -> int:
    """Return a port that nobody listens on."""
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return port


async def _read_call(reader: asyncio.StreamReader) -> Call:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Call(head[0].split()[1], headers, json.loads(body) if body else None)


# --- what it can say ------------------------------------------------------------------------


def completion(content: Any = "{}", **changed: Any) -> dict[str, Any]:
    """Return a chat completion as endpoints answer it; `changed` sets fields of its choice."""
    message = {"role": "assistant", "content": content} | changed.pop("message", {})
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "model-2026-01-01",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"} | changed],
        "usage": {
            "prompt_tokens": 1700,
            "completion_tokens": 200,
            "total_tokens": 1900,
            "prompt_tokens_details": {"cached_tokens": 1024},
        },
    }


def complete(content: Any = "{}", **changed: Any) -> Behaviour:
    """Answer as an endpoint does on a good day, and keep the connection."""
    return answer(200, completion(content, **changed))


def answer(status: int, body: Any = b"", *headers: str) -> Behaviour:
    """Answer with a status and a body: bytes as they are, anything else as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return send(_head(status, f"Content-Length: {len(raw)}", *headers) + raw, stays=True)


def refuse(status: int, code: str, message: str = "no", *headers: str) -> Behaviour:
    """Answer with an error in the form that OpenAI's clients know."""
    return answer(status, {"error": {"message": message, "type": code, "code": code}}, *headers)


def send(raw: bytes, *, stays: bool = False) -> Behaviour:
    """Write bytes and, unless the connection stays, close."""

    async def behave(writer: asyncio.StreamWriter) -> bool:
        writer.write(raw)
        await writer.drain()
        return stays

    return behave


def _head(status: int, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Status", "Content-Type: application/json", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def reset(writer: asyncio.StreamWriter) -> bool:
    """Reset the connection without a word."""
    _reset_on_close(writer)
    return False


async def hang_up(writer: asyncio.StreamWriter) -> bool:
    """Close the connection without a word."""
    return False


def cut(*, resets: bool = False, answered: bytes = b"") -> Behaviour:
    """Promise a whole answer and send half of it."""
    raw = answered or json.dumps(completion()).encode()

    async def behave(writer: asyncio.StreamWriter) -> bool:
        writer.write(_head(200, f"Content-Length: {len(raw)}") + raw[: len(raw) // 2])
        await writer.drain()
        if resets:
            await asyncio.sleep(0.02)
            _reset_on_close(writer)
        return False

    return behave


def _reset_on_close(writer: asyncio.StreamWriter) -> None:
    writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))


def late(seconds: float, then: Behaviour) -> Behaviour:
    """Wait, then behave."""

    async def behave(writer: asyncio.StreamWriter) -> bool:
        await asyncio.sleep(seconds)
        return await then(writer)

    return behave


hang = late(3600, hang_up)


async def drip(writer: asyncio.StreamWriter) -> bool:
    """Send a good answer, a byte at a time, each sooner than a read's usual patience ends."""
    raw = json.dumps(completion(" " * 4000)).encode()
    writer.write(_head(200, f"Content-Length: {len(raw)}"))
    for byte in raw:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.02)
    return True


def huge(size: int, *, told: bool, status: int = 200) -> Behaviour:
    """Send an answer of that many bytes: told ahead, or in chunks whose end nobody knows."""
    part = b"a" * 65536

    async def behave(writer: asyncio.StreamWriter) -> bool:
        length = f"Content-Length: {size}" if told else "Transfer-Encoding: chunked"
        writer.write(_head(status, length))
        for _ in range(size // len(part)):
            writer.write(part if told else b"%x\r\n%b\r\n" % (len(part), part))
            await writer.drain()
        return False

    return behave


def packed(size: int, coding: str = "gzip") -> Behaviour:
    """Send a small body that says it unpacks to `size` bytes."""
    return answer(200, gzip.compress(b"a" * size), f"Content-Encoding: {coding}")


def flood_of_headers(lines: int = 200_000) -> Behaviour:
    """Send headers without an end in sight."""
    return send(b"HTTP/1.1 200 OK\r\n" + b"X-More: and more\r\n" * lines)


def redirect(status: int, to: str) -> Behaviour:
    """Send the caller elsewhere."""
    return answer(status, b"", f"Location: {to}")
