"""By https a draft goes to the endpoint that proves to be the one that is set, or nowhere."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from misbehaving import Behaviour, complete, misbehaving, redirect
from misbehaving import Endpoint as Server

from coach.model import Reply, Request
from coach.model.endpoint import Endpoint
from coach.model.faults import Fault, ModelFailure

ASKED = Request("judge", "You read drafts.", "Objective: Delight-canary-4711", {"type": "object"})


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """Return an authority that the endpoint's client is told to trust, as operators tell it."""
    made = trustme.CA()
    file = tmp_path / "authority.pem"
    made.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return made


def identity(authority: trustme.CA, host: str, until: datetime | None = None) -> ssl.SSLContext:
    """Return what a server of that name shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host, not_after=until).configure_cert(context)
    return context


async def ask(tls: ssl.SSLContext, *behaviours: Behaviour) -> tuple[Reply | ModelFailure, Server]:
    async with misbehaving(*behaviours, tls=tls) as server:
        endpoint = Endpoint(server.url, "model", "key-canary")
        try:
            return await endpoint.ask(ASKED), server
        except ModelFailure as failure:
            return failure, server
        finally:
            await endpoint.close()


async def test_endpoint_that_the_authority_vouches_for_is_asked(authority: trustme.CA) -> None:
    reply, server = await ask(identity(authority, "127.0.0.1"), complete("{}"))
    assert isinstance(reply, Reply)
    (call,) = server.calls
    assert call.headers["authorization"] == "bearer key-canary"
    assert "Delight-canary-4711" in str(call.body)


async def test_connection_by_https_is_kept_for_the_next_question(authority: trustme.CA) -> None:
    async with misbehaving(tls=identity(authority, "127.0.0.1")) as server:
        endpoint = Endpoint(server.url, "model")
        await endpoint.ask(ASKED)
        await endpoint.ask(ASKED)
        await endpoint.close()
    assert (len(server.calls), server.connections) == (2, 1)


YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@pytest.mark.parametrize(
    ("flaw", "said"),
    [
        ("another host", "IP address mismatch"),
        ("another authority", "unable to get local issuer"),
        ("too old", "expired"),
    ],
)
async def test_endpoint_that_is_not_who_it_says_gets_neither_draft_nor_key(
    authority: trustme.CA, flaw: str, said: str
) -> None:
    issuer = trustme.CA() if flaw == "another authority" else authority
    host = "models.example" if flaw == "another host" else "127.0.0.1"
    until = YESTERDAY if flaw == "too old" else None
    failure, server = await ask(identity(issuer, host, until=until))
    assert isinstance(failure, ModelFailure)
    assert failure.fault is Fault.UNTRUSTED
    assert said in failure.detail
    assert failure.fault.row.alarm
    assert failure.fault.row.tries == 1
    assert server.calls == []
    assert "canary" not in str(failure)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("scheme", ["https", "http"])
async def test_redirect_to_another_origin_is_not_followed(
    authority: trustme.CA, status: int, scheme: str
) -> None:
    tls = identity(authority, "127.0.0.1")
    async with misbehaving(tls=tls if scheme == "https" else None) as elsewhere:
        to = f"{elsewhere.url}/chat/completions"
        failure, server = await ask(tls, redirect(status, to))
    assert isinstance(failure, ModelFailure)
    assert failure.fault is Fault.REDIRECTED
    assert len(server.calls) == 1
    assert (elsewhere.calls, elsewhere.connections) == ([], 0)
