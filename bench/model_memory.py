"""What a hostile answer costs in memory: one call each, in a process of its own, beside stock.

Told is by how much the peak of resident memory grew over an ordinary call. The endpoint sends from
a process of its own, so that its answers don't count.
"""

import asyncio
import gzip
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress

from bench.loopback import completion

HUGE = 200_000_000
MEGABYTE = 1_000_000
TARGET = 16


def main() -> None:
    """Print each answer's growth, through ours and through the stock client."""
    for name in ANSWERS:
        grown = {client: _measure(client, name) for client in ("ours", "stock")}
        told = "   ".join(f"{client} +{size:6.1f} MB" for client, size in grown.items())
        print(f"{name:30} {told}   target +{TARGET} MB", flush=True)


def _measure(client: str, answer: str) -> float:
    endpoint = subprocess.Popen(
        [sys.executable, "-m", "bench.model_memory", "serve", answer],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert endpoint.stdout
    port = endpoint.stdout.readline().strip()
    asked = [sys.executable, "-m", "bench.model_memory", client, port]
    grown = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    endpoint.kill()
    endpoint.wait()
    return float(grown)


# --- the endpoint ---------------------------------------------------------------------------

_JSON = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def _ordinary() -> Iterator[bytes]:
    body = completion("{}")
    yield f"{_JSON}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _huge() -> Iterator[bytes]:
    start, end = completion("{}").split(b"{}")
    length = len(start) + HUGE + len(end)
    yield f"{_JSON}Content-Length: {length}\r\n\r\n".encode() + start
    yield from (b"a" * MEGABYTE for _ in range(HUGE // MEGABYTE))
    yield end


def _bomb() -> Iterator[bytes]:
    start, end = completion("{}").split(b"{}")
    packed = gzip.compress(start + b"a" * HUGE + end)
    yield f"{_JSON}Content-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    yield packed


def _headers() -> Iterator[bytes]:
    yield _JSON.encode()
    yield from (b"X-More: and more\r\n" * 10_000 for _ in range(100))


def _bad_gzip() -> Iterator[bytes]:
    yield f"{_JSON}Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnone".encode()


def _no_http() -> Iterator[bytes]:
    yield from (b"SSH-2.0-OpenSSH" * 10_000 for _ in range(100))


ANSWERS: dict[str, Callable[[], Iterator[bytes]]] = {
    "F16, 200 MB": _huge,
    "F17, gzip of 200 MB": _bomb,
    "F18, headers without end": _headers,
    "F18, gzip that is none": _bad_gzip,
    "F18, not HTTP": _no_http,
}


async def _serve(name: str) -> None:
    """Answer the first call as endpoints do, those after it as `name` says."""
    answers = [_ordinary, ANSWERS[name]]

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                await reader.readuntil(b"\r\n\r\n")
                await reader.read(65536)
                for part in (answers.pop(0) if len(answers) > 1 else answers[0])():
                    writer.write(part)
                    await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            writer.transport.abort()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


# --- the callers ----------------------------------------------------------------------------


async def _ask_ours(url: str) -> None:
    from coach.model import Request
    from coach.model.endpoint import Endpoint
    from coach.model.faults import ModelFailure

    endpoint = Endpoint(url, "model")
    request = Request("judge", "You read drafts.", "Objective: Delight")
    await endpoint.ask(request)
    before = _peak()
    try:
        await endpoint.ask(request)
    except ModelFailure:
        print(_peak() - before)
    await endpoint.close()


async def _ask_stock(url: str) -> None:
    import openai

    client = openai.AsyncOpenAI(api_key="none", base_url=url, max_retries=0)
    before = 0.0
    for _ in range(2):
        before = _peak()
        with suppress(openai.OpenAIError):
            await client.chat.completions.create(
                model="model", messages=[{"role": "user", "content": "Objective: Delight"}]
            )
    print(_peak() - before)
    await client.close()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve", name]:
            asyncio.run(_serve(name))
        case ["ours", port]:
            asyncio.run(_ask_ours(f"http://127.0.0.1:{port}/v1"))
        case ["stock", port]:
            asyncio.run(_ask_stock(f"http://127.0.0.1:{port}/v1"))
        case _:
            main()
