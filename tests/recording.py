"""Cassettes: what a real model answered to the coach's own client, kept so that people can read it.

A cassette is YAML: the prompts' revisions, then each request and answer, decoded; what several
requests have in common, a system part and a schema, stands there once. Addresses, headers and
whatever differs from run to run are left out, so that a re-recorded cassette differs in what the
model said.
"""

import json
from typing import Any
from urllib.parse import urlsplit

import yaml
from vcr import VCR
from vcr.request import Request

from coach.prompting import revisions

ADDRESS = "http://127.0.0.1:8090/v1"
"""Where a cassette says that it comes from, wherever it was recorded."""
_FLEETING = ("created", "id", "system_fingerprint", "timings")


def pytest_recording_configure(config: object, vcr: VCR) -> None:
    """Teach vcrpy the form of our cassettes: pytest-recording calls this where it is registered."""
    vcr.register_serializer("yaml", Readable)


def matching() -> dict[str, Any]:
    """Return how requests are matched and what is kept of them."""
    return {
        "match_on": ("method", "path", "query", "body"),
        "before_record_request": _without_place,
        "before_record_response": _without_chance,
        "decode_compressed_response": True,
        "record_on_exception": False,
    }


def _without_place(request: Request) -> Request:
    path = urlsplit(request.uri).path
    request.uri = f"{ADDRESS.removesuffix('/v1')}{path}"
    request.headers = {"Content-Type": "application/json"}
    return request


def _without_chance(response: dict[str, Any]) -> dict[str, Any]:
    said = json.loads(response["body"]["string"])
    for name in _FLEETING:
        said.pop(name, None)
    body = json.dumps(said, ensure_ascii=False).encode()
    headers = {"Content-Type": ["application/json"]}
    return {**response, "headers": headers, "body": {"string": body}}


class Readable:
    """vcrpy's serializer, with JSON bodies as YAML and texts of several lines as blocks."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        """Return a cassette as text."""
        told = [
            {
                "request": {**_line(each["request"]), "body": json.loads(each["request"]["body"])},
                "answer": json.loads(each["response"]["body"]["string"]),
                "status": each["response"]["status"]["code"],
            }
            for each in cassette["interactions"]
        ]
        told.sort(key=lambda one: json.dumps(one["request"]))
        asked = {name_of(one["request"]["body"]) for one in told}
        prompts = {name: revisions()[name] for name in sorted(asked)}
        return yaml.dump(
            {"prompts": prompts, "exchanges": _shared(told, {})},
            Dumper=_Blocks,
            allow_unicode=True,
            sort_keys=False,
            width=100,
        )

    @staticmethod
    def deserialize(text: str) -> dict[str, Any]:
        """Return a cassette as vcrpy knows it."""
        return {
            "version": 1,
            "interactions": [
                {
                    "request": {
                        "method": one["request"]["method"],
                        "uri": one["request"]["uri"],
                        "headers": {"Content-Type": ["application/json"]},
                        "body": json.dumps(one["request"]["body"], ensure_ascii=False),
                    },
                    "response": {
                        "status": {"code": one["status"], "message": ""},
                        "headers": {"Content-Type": ["application/json"]},
                        "body": {"string": json.dumps(one["answer"], ensure_ascii=False)},
                    },
                }
                for one in yaml.safe_load(text)["exchanges"]
            ],
        }


def name_of(body: dict[str, Any]) -> str:
    """Return the prompt that a request was made from: its schema's name, else a single question."""
    told = body.get("response_format", {}).get("json_schema", {})
    return str(told.get("name", "question"))


def _line(request: dict[str, Any]) -> dict[str, Any]:
    return {"method": request["method"], "uri": request["uri"]}


def _shared(part: Any, seen: dict[str, Any]) -> Any:
    """Return the same with one object in the place of long ones that are equal."""
    if isinstance(part, dict):
        part = {key: _shared(value, seen) for key, value in part.items()}
    elif isinstance(part, list):
        part = [_shared(each, seen) for each in part]
    written = json.dumps(part)
    return seen.setdefault(written, part) if len(written) > _LONG else part


_LONG = 400


class _Blocks(yaml.SafeDumper):
    """Writes a text of several lines as a block, and a long one that comes again as a reference."""

    def ignore_aliases(self, data: Any) -> bool:
        """Tell what is written again where it comes again."""
        return not (isinstance(data, str | dict | list) and len(json.dumps(data)) > _LONG)


def _represent(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Blocks.add_representer(str, _represent)
