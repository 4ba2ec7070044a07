"""An endpoint for measuring: answers a chat completion after a fixed time, in its own process.

It reads no request but its length, so that it takes little of the machine that it is measured on.
"""

import asyncio
import json
import re
import sys
from typing import Any

ANSWERS = {
    "answers": [
        {"id": f"question-{number}", "answer": "no", "quote": "Raise activation from 32 % to 45 %"}
        for number in range(12)
    ]
}


def completion(content: str) -> bytes:
    """Return a chat completion that says `content`, as endpoints send it."""
    told = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "model",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content},
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 1700, "completion_tokens": 400, "total_tokens": 2100},
    }
    return json.dumps(told).encode()


_BODY = completion(json.dumps(ANSWERS))
_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(_BODY)
) + _BODY
_LENGTH = re.compile(rb"(?i)content-length: (\d+)")


class _Caller(asyncio.Protocol):
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._read = bytearray()

    def connection_made(self, transport: Any) -> None:
        self._write = transport.write

    def data_received(self, data: bytes) -> None:
        self._read += data
        head = self._read.find(b"\r\n\r\n")
        length = _LENGTH.search(self._read, 0, head) if head > 0 else None
        if length and len(self._read) >= head + 4 + int(length[1]):
            self._read.clear()
            asyncio.get_running_loop().call_later(self._seconds, self._write, _ANSWER)


async def serve(seconds: float) -> None:
    """Serve on a free port, which is printed, until the process is ended."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Caller(seconds), "127.0.0.1", 0, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    import uvloop

    uvloop.run(serve(float(sys.argv[1])))
