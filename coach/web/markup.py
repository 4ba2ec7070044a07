"""Templates to pages: one environment, everything escaped, a missing name is an error."""

from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from litestar import MediaType, Response
from litestar.config.compression import CompressionConfig
from litestar.middleware import DefineMiddleware
from litestar.middleware.compression import CompressionMiddleware
from msgspec.structs import replace

from coach import __version__, scoring, spending
from coach.assessment import RUBRICS
from coach.batch import Batch, BatchRow
from coach.diff import cut_blanks
from coach.rubrics import severity_of
from coach.view import amount, day, example_lines, label, title
from coach.web.assets import address
from coach.web.form import fields_of, form_of
from coach.web.parts import part_fields

Page = Response[str]


def render(template: str, **values: object) -> str:
    """Return a page as HTML (or as text, for a template named so)."""
    return _ENVIRONMENT.get_template(template).render(**values)


# Pages are mostly words, and a fifth of their size on the way. Files are compressed once, by
# themselves; what comes event by event is not to wait for more. Nothing secret stands on a page,
# so its size gives nothing away.
SMALL = DefineMiddleware(
    CompressionMiddleware,
    config=CompressionConfig(
        backend="gzip", gzip_compress_level=5, exclude=["/static/", "/events$"]
    ),
)


def page(template: str, status: int = 200, **values: object) -> Page:
    """Return a page as the answer to a browser, which is not to keep it."""
    waits = {"retry-after": "30"} if status == 503 else {}
    return Response(
        render(template, **values),
        status_code=status,
        media_type=MediaType.HTML,
        headers={"cache-control": "no-store", **waits},
    )


def share(judged: float) -> str:
    """Return how much of a rubric was judged, in words."""
    if judged >= 1:
        return "all of it judged"
    return f"{judged:.0%} of it judged" if judged else "nothing to judge yet"


def score(value: int | None) -> str:
    """Return a score, or a dash where nothing was judged."""
    return "–" if value is None else str(value)


def moment(said: str) -> str:
    """Return an ISO moment as people write it."""
    when = datetime.fromisoformat(said)
    return f"{when.day} {when:%B %Y, %H:%M} {when:%Z}".strip()


def month(said: str) -> str:
    """Return an ISO month as people write it."""
    return f"{datetime.fromisoformat(f'{said}-01'):%B %Y}"


def percent(share: float | None) -> str:
    """Return a share in per cent, or a dash where there is none."""
    return "–" if share is None else f"{share:.0%}"


def batch_state(batch: Batch) -> str:
    """Return in a word how it is with a batch."""
    return _STATES[batch.state]


_STATES = {
    "ready": "to be looked through",
    "running": "under way",
    "paused": "paused",
    "cancelled": "stopped",
    "done": "done",
}


def row_state(row: BatchRow) -> str:
    """Return in words how it is with a row that has no score."""
    if row.state == "waiting":
        return "waits" if row.same_as is None else f"waits for row {row.same_as}, which is the same"
    return {"running": "being scored", "cancelled": "left out"}.get(row.state, row.state)


def rate(drafts_a_second: float) -> str:
    """Return a rate as people say it."""
    if drafts_a_second >= 1:
        return f"{drafts_a_second:,.0f} a second"
    return f"{drafts_a_second * 60:,.0f} a minute"


def time_left(seconds: int) -> str:
    """Return about how long something takes yet."""
    if seconds < 60:
        return "less than a minute left"
    minutes = -(-seconds // 60)
    if minutes < 90:
        return f"about {minutes} {'minute' if minutes == 1 else 'minutes'} left"
    return f"about {round(minutes / 60)} hours left"


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters.update(
    blanks=cut_blanks,
    amount=amount,
    band=lambda bands, value: scoring.band(value, bands),
    batch_state=batch_state,
    count=lambda number: f"{number:,}",
    day=day,
    example_lines=example_lines,
    line_label=label,
    offer_fields=lambda draft, form, came_from: fields_of(
        replace(form_of(draft, came_from), kept_back=form.kept_back)
    ),
    parts=part_fields,
    moment=moment,
    month=month,
    money=spending.amount,
    percent=percent,
    rate=rate,
    row_state=row_state,
    score=score,
    share=share,
    time_left=time_left,
    title=title,
    unanswered=spending.unanswered,
)
_ENVIRONMENT.globals.update(
    asset=address, rubrics=RUBRICS, severity_of=severity_of, version=__version__
)
