"""Where a draft may be sent: the one address that the operator set, by https or on this machine."""

import ipaddress
from urllib.parse import urlsplit

from coach.errors import BadConfiguration


def check_address(url: str) -> str:
    """Return an endpoint's address without a closing slash. Raises BadConfiguration."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host or not _is_plain(url):
        raise BadConfiguration("an address is expected, as https://host/v1")
    if parts.username is not None or parts.password is not None:
        raise BadConfiguration(
            "a user or password has no place in it; the key has a setting of its own"
        )
    if "?" in url or "#" in url:
        raise BadConfiguration("it ends before “?” or “#”, usually with /v1")
    if parts.scheme == "http" and not is_loopback(host):
        raise BadConfiguration(f"{host} is another machine, and drafts travel there by https only")
    return url.rstrip("/")


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_plain(url: str) -> bool:
    """Tell whether every library reads the same address: no space, no control, no backslash."""
    return url.isascii() and url.isprintable() and not set(url) & set(" \\")
