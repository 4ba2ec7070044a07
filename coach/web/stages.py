"""Server-sent events: what an assessment is at each stage, told as the stages come."""

from collections.abc import AsyncIterator, Mapping

from litestar.response.sse import ServerSentEventMessage
from litestar.response.streaming import ASGIStreamingResponse

EVENT_STREAM = "text/event-stream"
# In seconds: what stands between us and a browser closes a line that is silent for a minute.
PULSE = 15.0
STILL_THERE = ServerSentEventMessage(data=None, comment="still reading").encode()


def message(event: str, data: bytes = b"{}") -> bytes:
    """Return one event. `data` is JSON: browsers drop an event without any."""
    return ServerSentEventMessage(event=event, data=data).encode()


def in_stages(
    told: AsyncIterator[bytes], status: int = 200, headers: Mapping[str, str] | None = None
) -> ASGIStreamingResponse:
    """Return the answer that tells events as they come, until whoever asked has gone."""
    # A proxy that gathers answers would keep the first stage until the last one is there.
    said = {"x-accel-buffering": "no", **(headers or {})}
    return ASGIStreamingResponse(
        iterator=told, media_type=EVENT_STREAM, status_code=status, headers=said
    )
