"""The reference of the API: the OpenAPI document, and a page to try it on.

The page is Swagger UI from the package that is installed; nothing on it comes from elsewhere.
"""

import hashlib
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from string import Template

import msgspec
from litestar import MediaType, Response, Router, get
from litestar.params import FromPath
from litestar.response import Redirect

from coach.errors import NotFound
from coach.service import Coach
from coach.web.given import TheCoach
from coach.web.openapi import openapi

_OURS = Path(__file__).parent / "docs"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
# Swagger UI draws its icons from addresses that hold the picture.
_POLICY = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'; object-src 'none'"
)


@get("/v1/openapi.json", sync_to_thread=False)
def document(coach: TheCoach) -> Response[bytes]:
    """The description of the API."""
    return Response(_document(coach), media_type=MediaType.JSON)


@get(["/", "/v1"], sync_to_thread=False)
def overview() -> Redirect:
    """Whoever asks for the API itself is led to its page."""
    return Redirect("/api/docs", status_code=303)


@get("/docs", sync_to_thread=False)
def page() -> Response[str]:
    """The page to read and try the API on."""
    template = Template((_OURS / "page.html").read_text("utf-8"))
    return Response(
        template.substitute(version=_version()),
        media_type=MediaType.HTML,
        headers={"content-security-policy": _POLICY},
    )


@get("/docs/{version:str}/{name:str}", sync_to_thread=False)
def file(version: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """A file of the page. Its address changes with its content, so it may be kept for good."""
    files = _files()
    if version != _version() or name not in files:
        raise NotFound("There is no such file.")
    return Response(
        files[name],
        media_type=_TYPES[Path(name).suffix],
        headers={"cache-control": "public, max-age=31536000, immutable"},
    )


@lru_cache(1)
def _document(coach: Coach) -> bytes:
    return msgspec.json.encode(openapi(coach))


@cache
def _files() -> dict[str, bytes]:
    # Found without importing: the package's code is for other frameworks.
    package = find_spec("swagger_ui")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("swagger-ui-py is not installed")
    theirs = Path(package.origin).parent / "static"
    paths = [
        theirs / "swagger-ui.css",
        theirs / "swagger-ui-bundle.js",
        _OURS / "page.css",
        _OURS / "start.js",
    ]
    return {path.name: path.read_bytes() for path in paths}


@cache
def _version() -> str:
    return hashlib.sha256(b"\0".join(_files().values())).hexdigest()[:12]


reference = Router("/api", route_handlers=[document, overview, page, file])
