"""The API over real HTTP: a server on loopback, as it is served in earnest."""

import socket
from pathlib import Path

import httpx
from serving import served

from coach.service import Coach
from coach.store import Database
from coach.web.app import create_app

DRAFT = {"objective": "Parcels arrive when promised 📦", "key_results": ["Late from 9 % to 4 %"]}
URL = "/api/v1/assessments"


def test_draft_is_assessed_kept_and_opened_again_over_real_http(tmp_path: Path) -> None:
    app = create_app(Coach(), Database(tmp_path / "coach.sqlite3"))
    with served(app) as address, httpx.Client(base_url=address) as client:
        made = client.post(URL, json=DRAFT)
        assert made.status_code == 201
        assert made.headers["content-type"] == "application/json"
        opened = client.get(made.headers["location"])
        assert opened.content == made.content
    with served(create_app(Coach(), Database(tmp_path / "coach.sqlite3"))) as address:
        assert httpx.get(f"{address}{made.headers['location']}").content == made.content


def test_large_body_is_refused_over_real_http_before_it_is_sent(tmp_path: Path) -> None:
    app = create_app(Coach(), Database(tmp_path / "coach.sqlite3"))
    with served(app) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=5) as connection:
            head = f"POST {URL} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            connection.sendall(f"{head}Content-Length: 900000000\r\n\r\n{{".encode())
            assert connection.recv(100).startswith(b"HTTP/1.1 413 ")
