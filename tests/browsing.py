"""The pages as a browser without scripts meets them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html.parser import HTMLParser

import httpx

from coach.charter import Charter
from coach.service import Coach
from coach.store import Database
from coach.web.app import create_app

Pairs = list[tuple[str, str]]


class Page(HTMLParser):
    """What a browser without scripts makes of an answer."""

    void = frozenset("area base br col embed hr img input link meta source track wbr".split())

    def __init__(self, response: httpx.Response) -> None:
        super().__init__()
        self.status = response.status_code
        self.html = response.text
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.forms: list[tuple[dict[str, str], Pairs]] = []
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self._select = ""
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        element = (tag, said, list[str]())
        self.elements.append(element)
        if tag not in self.void:
            self._open.append(element)
        if tag == "form":
            self.forms.append((said, []))
        elif tag == "select":
            self._select = said["name"]
        elif tag == "option" and self._select and "selected" in said:
            self.forms[-1][1].append((self._select, said["value"]))
        elif tag == "input" and said.get("type") in ("checkbox", "radio") and "checked" not in said:
            return
        elif tag == "input" and "name" in said:
            self.forms[-1][1].append((said["name"], said.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        name, said, text = self._open.pop()
        assert name == tag, f"<{name}> is closed by </{tag}>"
        if tag == "textarea":
            typed = "".join(text).removeprefix("\n")
            self.forms[-1][1].append((said["name"], typed))
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        for _, _, text in self._open:
            text.append(data)

    def all(self, tag: str, **wanted: str) -> list[str]:
        """Return the text of every such element whose attributes hold the wanted words."""
        return [
            " ".join("".join(text).split())
            for name, said, text in self.elements
            if name == tag
            and all(value in said.get(key.strip("_"), "").split() for key, value in wanted.items())
        ]

    def attributes(self, tag: str, name: str) -> list[str]:
        return [said[name] for found, said, _ in self.elements if found == tag and name in said]

    @property
    def text(self) -> str:
        return " ".join("".join(next(t for n, _, t in self.elements if n == "main")).split())

    @property
    def draft_form(self) -> Pairs:
        return next(pairs for said, pairs in self.forms if said.get("id") == "draft")

    def typed(self, field: str) -> list[str]:
        return [value for name, value in self.draft_form if name == field]


class Browser:
    """Follows links and sends forms, as people without scripts do."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def open(self, address: str) -> Page:
        return Page(await self.client.get(address))

    async def send(self, pairs: Pairs | dict[str, str], address: str = "/") -> Page:
        said = list(pairs.items()) if isinstance(pairs, dict) else pairs
        body = httpx.QueryParams(said)
        return Page(
            await self.client.post(
                address,
                content=str(body),
                headers={"content-type": "application/x-www-form-urlencoded"},
                follow_redirects=True,
            )
        )

    async def press(self, page: Page, button: str) -> Page:
        """Send the page's form by one of the buttons that change it."""
        return await self.send([*page.draft_form, ("do", button)], "/edit")


@asynccontextmanager
async def serving(coach: Coach | Charter, store: Database) -> AsyncIterator[Browser]:
    await store.open()
    app = create_app(coach, store)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield Browser(client)
    await store.close()
