"""An OpenAI-compatible endpoint, asked through the `openai` client with its trust taken out.

The stock client follows a redirect with the draft in its hands, retries by itself, unpacks
whatever it is told to, reads an answer of any size, and sends what it finds in the environment.
Here one `ask` is one HTTP request to one address, with the headers that are listed below, and an
answer is plain JSON of at most `MOST_BYTES`, whose bytes are read by us.
"""

import hashlib
import logging
import math
import re
import ssl
from contextlib import aclosing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, Any, Literal, TypeAlias

import httpx2
import msgspec
import openai
from msgspec import Meta

from coach import __version__
from coach.model import Check, Reply, Request
from coach.model.address import check_address
from coach.model.faults import Fault, ModelFailure

MOST_BYTES = 256 * 1024
CONNECT_SECONDS = 5.0

TokenField = Literal["max_tokens", "max_completion_tokens"]
SchemaMode = Literal["json_schema", "json_object", "none"]

# It notes each request at a level that operators read, and says nothing that the ledger doesn't.
logging.getLogger("httpx2").setLevel(logging.WARNING)


class Endpoint:
    """A chat-completions endpoint and the model it serves. Made and used in one event loop.

    `token_field` and `schema_mode` say what the endpoint understands; where it isn't sent a schema,
    the schema ends the system text instead. `temperature` is left out where it is `None`.

    Raises BadConfiguration for an address that a draft may not be sent to.
    """

    def __init__(
        self,
        url: str,
        model: str,
        key: str | None = None,
        *,
        token_field: TokenField = "max_tokens",  # noqa: S107 - a field's name, no password
        schema_mode: SchemaMode = "json_schema",
        temperature: float | None = 0.0,
    ) -> None:
        self.name = model
        self._token_field = token_field
        self._schema_mode = schema_mode
        self._temperature = temperature
        self._client = openai.AsyncOpenAI(
            api_key="in the transport",
            base_url=check_address(url),
            max_retries=0,
            http_client=httpx2.AsyncClient(
                transport=_Sealed(key),
                timeout=httpx2.Timeout(None, connect=CONNECT_SECONDS),
                follow_redirects=False,
                trust_env=False,
            ),
        )

    async def ask(self, request: Request, check: Check | None = None) -> Reply:
        """Send one request and read what comes.

        Bounds size, not time: that is the caller's, who may cancel and so close the connection.
        """
        try:
            response = await self._client.post(
                "/chat/completions",
                cast_to=httpx2.Response,
                content=msgspec.json.encode(self._body(request)),
            )
        except openai.APIStatusError as error:
            raise _from_status(error) from None
        except openai.APIConnectionError as error:
            raise _from_line(error.__cause__ or error) from None
        reply = read_reply(response.content, self.name, yes_or_no=request.yes_or_no)
        if check is not None and (off := check(reply.text)) is not None:
            raise ModelFailure(Fault.OFF_SCHEMA, off, reply=without_text(reply))
        return reply

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()

    def _body(self, request: Request) -> dict[str, Any]:
        told = request.schema is not None and self._schema_mode != "json_schema"
        system = f"{request.system}\n\n{_in_words(request.schema)}" if told else request.system
        body: dict[str, Any] = {
            "model": self.name,
            "messages": [
                {"role": "system", "content": system},
                {"role": "user", "content": request.user},
            ],
            self._token_field: request.most_tokens,
        }
        if self._temperature is not None:
            body["temperature"] = self._temperature
        if request.yes_or_no:
            body |= {self._token_field: 1, "logprobs": True, "top_logprobs": 20}
        elif request.schema is not None and self._schema_mode != "none":
            body["response_format"] = {"type": self._schema_mode}
            if self._schema_mode == "json_schema":
                schema = {"name": request.name, "schema": request.schema, "strict": True}
                body["response_format"]["json_schema"] = schema
        return body


def _in_words(schema: dict[str, Any] | None) -> str:
    written = msgspec.json.encode(schema).decode()
    return f"Answer with one JSON object and nothing else. It keeps to this JSON schema:\n{written}"


# --- what leaves, and how much comes back ---------------------------------------------------


class _Sealed(httpx2.AsyncBaseTransport):
    """Sends listed headers alone, and hands on a status, `Retry-After`, and a body of bounded size.

    Each request has a connection to itself, taken from the idle ones, the last used first. (A
    shared pool looks through all its connections twice a request: most of the cost at 256.)
    """

    def __init__(self, key: str | None) -> None:
        self._headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
            "User-Agent": f"okr-coach/{__version__}",
        }
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._idle: list[httpx2.AsyncHTTPTransport] = []
        self._trust: ssl.SSLContext | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        lane = self._idle.pop() if self._idle else self._new_lane()
        try:
            received = await lane.handle_async_request(self._leaving(request))
            body = await _read(received)
        finally:
            self._idle.append(lane)
        kept = [header for header in received.headers.raw if header[0].lower() == b"retry-after"]
        return httpx2.Response(received.status_code, headers=kept, content=body)

    async def aclose(self) -> None:
        while self._idle:
            await self._idle.pop().aclose()

    def _new_lane(self) -> httpx2.AsyncHTTPTransport:
        if self._trust is None:
            # The usual authorities, or in their place an operator's own (`SSL_CERT_FILE`).
            self._trust = httpx2.create_ssl_context()
        one = httpx2.Limits(max_connections=1, max_keepalive_connections=1)
        return httpx2.AsyncHTTPTransport(verify=self._trust, limits=one)

    def _leaving(self, request: httpx2.Request) -> httpx2.Request:
        return httpx2.Request(
            request.method,
            request.url,
            headers=self._headers,
            content=request.content,
            extensions=request.extensions,
        )


async def _read(response: httpx2.Response) -> bytes:
    """Return an answer's body. Raises ModelFailure where it is packed, or too long to be one."""
    coding = response.headers.get("content-encoding", "").strip().lower() or "identity"
    body = bytearray()
    async with aclosing(response.aiter_raw()) as chunks:
        async for chunk in chunks:
            if coding != "identity":
                raise _packed(chunk)
            body += chunk
            if len(body) > MOST_BYTES:
                raise ModelFailure(Fault.TOO_BIG, f"over {MOST_BYTES} bytes")
    return bytes(body)


def _packed(start: bytes) -> ModelFailure:
    """Name an answer that is packed though it was asked not to be; it isn't unpacked to see."""
    if start.startswith(b"\x1f\x8b"):
        return ModelFailure(Fault.ENCODED, "gzip, unasked")
    return ModelFailure(Fault.GARBLED, "said to be packed")


# --- reading an answer ----------------------------------------------------------------------

_Tokens: TypeAlias = Annotated[int, Meta(ge=0, le=10**9)]


class _Candidate(msgspec.Struct):
    token: str
    logprob: float


class _Token(msgspec.Struct):
    top_logprobs: list[_Candidate] = []


class _Logprobs(msgspec.Struct):
    content: list[_Token] | None = None


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None
    logprobs: _Logprobs | None = None


class _Cached(msgspec.Struct):
    cached_tokens: _Tokens | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: _Tokens | None = None
    completion_tokens: _Tokens | None = None
    prompt_tokens_details: _Cached | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    model: str | None = None
    usage: _Usage | None = None


_decode = msgspec.json.Decoder(_Completion).decode
_FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*", re.DOTALL)
_LONGEST_NAME = 120


def read_reply(body: bytes, asked: str, *, yes_or_no: bool = False) -> Reply:
    """Return the reply in a 200's body, whatever that body is. Raises ModelFailure."""
    if body.lstrip()[:1] == b"<":
        raise ModelFailure(Fault.NOT_AN_API, "the answer is a web page")
    try:
        completion = _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        mark = hashlib.sha256(body).hexdigest()[:16]
        said = f"{type(error).__name__}, {len(body)} bytes, sha256 {mark}"
        raise ModelFailure(Fault.UNREADABLE, said) from None
    if not completion.choices:
        raise ModelFailure(Fault.UNREADABLE, "no choices")
    choice = completion.choices[0]
    used = completion.usage or _Usage()
    cached = used.prompt_tokens_details or _Cached()
    reply = Reply(
        text=choice.message.content or "",
        model=(completion.model or asked)[:_LONGEST_NAME],
        input_tokens=used.prompt_tokens or 0,
        output_tokens=used.completion_tokens or 0,
        cached_tokens=cached.cached_tokens or 0,
    )
    if unusable := _unusable(choice, cut_is_fine=yes_or_no):
        fault, detail = unusable
        raise ModelFailure(fault, detail, reply=without_text(reply))
    if not yes_or_no:
        fenced = _FENCED.fullmatch(reply.text)
        return msgspec.structs.replace(reply, text=fenced[1]) if fenced else reply
    yes = _chance_of_yes(choice)
    if yes is None:
        said = "no probabilities of yes and no"
        raise ModelFailure(Fault.OFF_SCHEMA, said, reply=without_text(reply))
    return msgspec.structs.replace(reply, yes=yes)


def without_text(reply: Reply) -> Reply:
    """Return what a reply used, and not a word of it."""
    return msgspec.structs.replace(reply, text="")


def _unusable(choice: _Choice, *, cut_is_fine: bool) -> tuple[Fault, str] | None:
    if choice.finish_reason == "content_filter":
        return Fault.DECLINED, "content_filter"
    if choice.message.refusal:
        return Fault.DECLINED, "refusal"
    if choice.finish_reason == "length" and not cut_is_fine:
        return Fault.CUT_SHORT, "finish_reason length"
    if not choice.message.content:
        return Fault.DECLINED, "no content"
    return None


_LEAST_MASS = 0.5


def _chance_of_yes(choice: _Choice) -> float | None:
    """Return P(yes) among yes and no at the first token, `None` where it says mostly neither."""
    tokens = choice.logprobs.content if choice.logprobs else None
    if not tokens:
        return None
    mass = {"yes": 0.0, "no": 0.0}
    for candidate in tokens[0].top_logprobs:
        word = candidate.token.strip(" \t\n\"'*.,").lower()
        if word in mass:
            mass[word] += math.exp(min(0.0, candidate.logprob))
    both = sum(mass.values())
    return mass["yes"] / both if both >= _LEAST_MASS else None


# --- naming a failure -----------------------------------------------------------------------

_SPENT_CODES = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
_LONG_CODES = {"context_length_exceeded", "string_above_max_length", "exceed_context_size_error"}
_LONG_WORDS = re.compile(r"context (?:length|window|size)|too many (?:input )?tokens", re.I)
_CODE = re.compile(r"[\w.-]{1,40}")

_OF_STATUS = {
    401: Fault.BAD_KEY,
    402: Fault.NO_QUOTA,
    403: Fault.BAD_KEY,
    404: Fault.NO_MODEL,
    408: Fault.DOWN,
    409: Fault.CONFLICT,
    413: Fault.TOO_LONG,
    429: Fault.BUSY,
    504: Fault.LOST,  # A gateway lost patience: behind it the work may be done.
}


def _from_status(error: openai.APIStatusError) -> ModelFailure:
    """Name what a status says. The error's own sentence isn't kept: it may repeat the draft."""
    status = error.status_code
    codes = {code for code in (error.code, error.type) if isinstance(code, str)}
    said = " ".join([f"status {status}", *sorted(filter(_CODE.fullmatch, codes))])
    if codes & _SPENT_CODES:
        fault = Fault.NO_QUOTA
    elif status == 400 and "content_filter" in codes:
        fault = Fault.DECLINED
    elif status == 400 and (codes & _LONG_CODES or _LONG_WORDS.search(error.message[:1000])):
        fault = Fault.TOO_LONG
    elif 300 <= status < 400:
        fault = Fault.REDIRECTED
    else:
        fault = _OF_STATUS.get(status, Fault.DOWN if status >= 500 else Fault.REJECTED)
    return ModelFailure(fault, said, wait=_wait(error.response.headers.get("retry-after")))


_NEVER_LEFT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol)


def _from_line(error: BaseException) -> ModelFailure:
    """Name what broke, by whether the request may have arrived."""
    if mistrust := _mistrust(error):
        return ModelFailure(Fault.UNTRUSTED, f"certificate: {mistrust}"[:120])
    if isinstance(error, _NEVER_LEFT):
        return ModelFailure(Fault.UNREACHABLE, f"{type(error).__name__}: {error}"[:120])
    return ModelFailure(Fault.LOST, type(error).__name__)


def _mistrust(error: BaseException | None) -> str | None:
    """Return what is off about the endpoint's certificate, where that is what broke it."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error.verify_message
        error = error.__cause__ or error.__context__
    return None


_LONGEST_WAIT = 86_400.0
_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


def _wait(header: str | None) -> float | None:
    """Return `Retry-After` in seconds, given as a number or as a date; at most a day."""
    if header is None:
        return None
    if _SECONDS.fullmatch(header):
        seconds = float(header)
    else:
        try:
            at = parsedate_to_datetime(header)
        except ValueError:
            return None
        seconds = (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(0.0, seconds), _LONGEST_WAIT)
