"""The API: one draft in, its assessment out."""

from typing import Any

import msgspec
from litestar import Request, Response, Router, post

from coach.draft_json import read_draft
from coach.service import Coach
from coach.store import Store

_encode = msgspec.json.Encoder().encode


@post("/assessments")
async def assess(request: Request[Any, Any, Any], coach: Coach, store: Store) -> Response[bytes]:
    draft = read_draft(await request.body())
    kept = await store.save(coach.assess(draft))
    return Response(
        _encode(kept),
        media_type="application/json",
        status_code=201,
        headers={"location": f"/api/v1/assessments/{kept.id}"},
    )


api = Router("/api/v1", route_handlers=[assess])
