"""The web application as a running server: where it listens, what it says when it starts."""

import errno
import socket
from collections.abc import Callable

from coach.errors import BadConfiguration
from coach.model.address import is_loopback
from coach.settings import Settings
from coach.spending import Terms, amount

Say = Callable[[str], None]


def serve(settings: Settings, say: Say) -> None:
    """Serve until interrupted.

    Raises BadConfiguration where it may not, or can't, listen there, and StoreUnavailable where
    nothing can be kept.
    """
    check_host(settings)
    with _listen(settings.host, settings.port) as listening:
        import uvicorn

        from coach import wiring

        config = uvicorn.Config(
            wiring.app(settings),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=25,
        )
        wiring.prepare(settings)
        say(banner(settings, listening.getsockname()[1], wiring.terms(settings)))
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        reason = "it is taken" if error.errno == errno.EADDRINUSE else error.strerror
        raise BadConfiguration(
            f"can't listen on {host}, port {port}: {reason}. Another port: coach serve --port 8001"
        ) from error


def check_host(settings: Settings) -> None:
    """Raise BadConfiguration where others could reach a server that knows no accounts."""
    if settings.allow_remote or is_loopback(settings.host):
        return
    raise BadConfiguration(
        f"{settings.host} can be reached from other machines, and there are no accounts yet: "
        "whoever reaches the coach can use it. Where your network is meant to, set "
        "COACH_ALLOW_REMOTE=true; else leave COACH_HOST at 127.0.0.1."
    )


def banner(settings: Settings, port: int, terms: Terms | None = None) -> str:
    """Return what a started server says: where it is, what it keeps, what is switched on."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    also = ""
    if settings.host in _EVERY_ADDRESS:
        host, also = "localhost", ", and at every address of this machine"
    organisation = settings.organisation_path
    return "\n".join(
        [
            f"The OKR coach is at http://{host}:{port}{also}  (Ctrl-C ends it)",
            f"  kept in       {settings.database_url or settings.data_dir / 'coach.sqlite3'}",
            f"  organisation  {organisation or 'none: no organisation.toml in the data folder'}",
            f"  judged by     {_judged_by(terms)}",
            f"  API           http://{host}:{port}/api/docs",
        ]
    )


def _judged_by(terms: Terms | None) -> str:
    if terms is None:
        return "rules on this machine; no language model is asked, no text leaves it"
    budget = "no budget is set"
    if terms.budget_micro is not None:
        budget = f"at most {amount(terms.budget_micro, terms.currency)} a day"
    return (
        f"rules on this machine, and {terms.model} at {terms.host}, where drafts are sent; {budget}"
    )


_EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - recognised, not listened on
