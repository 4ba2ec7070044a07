"""The description of the API tells what the API does."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from jsonschema import Draft202012Validator
from litestar import Litestar
from openapi_spec_validator import validate

from coach.service import Coach
from coach.store import Database
from coach.web.app import create_app
from coach.web.openapi import openapi

DRAFT = {"objective": "Parcels arrive when promised 📦", "key_results": ["Late from 9 % to 4 %"]}
URL = "/api/v1/assessments"
DOCUMENT: dict[str, Any] = json.loads(msgspec.json.encode(openapi(Coach())))


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    store = Database(tmp_path / "coach.sqlite3")
    await store.open()
    transport = httpx.ASGITransport(create_app(Coach(), store))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as one:
        yield one
    await store.close()


def test_description_is_valid_openapi() -> None:
    validate(DOCUMENT)


def test_every_field_is_described() -> None:
    silent = [
        f"{name}.{field}"
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for field, said in schema.get("properties", {}).items()
        if not said["description"]
    ]
    assert not silent


def test_routes_are_what_is_described(tmp_path: Path) -> None:
    app = create_app(Coach(), Database(tmp_path / "coach.sqlite3"))
    assert isinstance(app.app, Litestar)
    routed = {
        (re.sub(r"{\w+}", "{id}", route.path_format), method.lower())
        for route in app.app.routes
        for method in getattr(route, "methods", ())
        if route.path_format.startswith(("/api/v1/", "/health", "/problems"))
    }
    routed = {(path, method) for path, method in routed if method != "options"}
    described = {
        (path, method) for path, methods in DOCUMENT["paths"].items() for method in methods
    }
    assert described == routed - {("/api/v1/openapi.json", "get")}


async def test_answers_are_as_described(client: httpx.AsyncClient) -> None:
    stored = await client.post(URL, json=DRAFT)
    key = stored.json()["id"]
    for path, status in (
        (URL, "201"),
        (f"{URL}?store=false", "200"),
        (f"{URL}/{key}", "200"),
        ("/api/v1/rubrics", "200"),
        ("/api/v1/criteria", "200"),
        ("/api/v1/criteria/no-target", "200"),
        ("/problems", "200"),
        ("/problems/not-found", "200"),
        ("/health/live", "200"),
        ("/health/ready", "200"),
    ):
        post = path.split("?")[0] == URL
        answer = await (client.post(path, json=DRAFT) if post else client.get(path))
        operation = described(path.split("?")[0])["post" if post else "get"]
        content = operation["responses"][status]["content"]["application/json"]
        validator = Draft202012Validator({**DOCUMENT, **content["schema"]})
        validator.validate(answer.json())
        assert str(answer.status_code) == status


async def test_errors_are_as_described(client: httpx.AsyncClient) -> None:
    answers = [
        await client.post(URL, content=b"{", headers={"content-type": "application/json"}),
        await client.post(URL, json={"title": 1}),
        await client.post(f"{URL}?store=no", json=DRAFT),
        await client.post(URL, json=DRAFT, headers={"accept": "text/html"}),
        await client.post(URL, content=b"{}"),
        await client.post(URL, json=DRAFT, headers={"origin": "null"}),
        await client.post(URL, json=DRAFT, headers={"host": "evil.example"}),
    ]
    responses = described(URL)["post"]["responses"]
    for answer in answers:
        content = responses[str(answer.status_code)]["content"]["application/problem+json"]
        Draft202012Validator({**DOCUMENT, **content["schema"]}).validate(answer.json())
        assert answer.json()["type"].rpartition("/")[2] in content["examples"]


def described(path: str) -> dict[str, Any]:
    for template, methods in DOCUMENT["paths"].items():
        if re.fullmatch(template.replace("{id}", "[^/]+"), path):
            return dict(methods)
    raise AssertionError(path)


def test_examples_are_as_described() -> None:
    checked = 0
    for methods in DOCUMENT["paths"].values():
        for operation in methods.values():
            for part in (operation.get("requestBody"), *operation["responses"].values()):
                for content in (part or {}).get("content", {}).values():
                    validator = Draft202012Validator({**DOCUMENT, **content["schema"]})
                    examples = [each["value"] for each in content.get("examples", {}).values()]
                    for example in [*examples, *filter(None, [content.get("example")])]:
                        validator.validate(example)
                        checked += 1
    assert checked > 20


async def test_example_drafts_are_assessed_as_shown(client: httpx.AsyncClient) -> None:
    operation = DOCUMENT["paths"][URL]["post"]
    sent = operation["requestBody"]["content"]["application/json"]["examples"]["in-context"]
    shown = operation["responses"]["200"]["content"]["application/json"]["example"]
    assert (await client.post(f"{URL}?store=false", json=sent["value"])).json() == shown


async def test_description_is_served(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/openapi.json")).json() == DOCUMENT


async def test_page_to_try_it_loads_nothing_from_elsewhere(client: httpx.AsyncClient) -> None:
    page = await client.get("/api/docs")
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert all(address.startswith("/") for address in loaded)
    assert "<script>" not in page.text
    for address in loaded:
        answer = await client.get(address)
        assert answer.status_code == 200, address
        assert answer.content
    assert (await client.get("/api")).headers["location"] == "/api/docs"
