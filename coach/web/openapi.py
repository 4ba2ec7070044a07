"""The description of the API in OpenAPI 3.1: schemas from the structs, examples from the coach.

What can be derived is derived, so that it can't lie: the schemas are those of the structs that
cross the wire, the limits those that drafts are held against, the kinds of problem those that are
told, and the example answers are the coach's own. Written here is what only people can say.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from coach import __version__
from coach.assessment import Assessment
from coach.batch import BYTES_LIMIT, ROWS_LIMIT, Batch, Counts
from coach.errors import BadInput, Malformed, Problem
from coach.okr import (
    ANSWERS_LIMIT,
    KEY_RESULTS_LIMIT,
    LINE_LIMIT,
    TEXT_LIMIT,
    AnsweredDraft,
    Context,
    Draft,
)
from coach.service import Coach
from coach.spending import Budget, Reuse, Usage, UsageLine
from coach.web import problems
from coach.web.api import DAYS, MOST_DAYS, CriterionList, RubricList
from coach.web.batch_api import A_PAGE, FORMATS, MOST, SENT_AS, BatchList, ResultList
from coach.web.batches import CSV, LINES, XLSX
from coach.web.fields import FIELDS
from coach.web.health import Live, Ready
from coach.web.problems import Kind, ProblemDetails, ProblemKindList, Refused, details_of
from coach.web.stages import EVENT_STREAM

Json = dict[str, Any]

EXAMPLE = Draft(
    "Clinics answer patients the day they ask",
    (
        "First reply to a patient's question from 31 to 8 hours by 30 June",
        "Launch the new message centre",
    ),
    Context(why="Patients who wait for an answer go to the emergency room", cycle="2027-Q2"),
)
_EXAMPLE_ID = "Zy3vVJwJvC1u0oXq"
_DESCRIPTION = f"""\
Send a draft of an objective and its key results; get scores on four rubrics, the words that each
finding rests on, one question for each, and rewrites that invent nothing.

- **Same input, same result.** An answer names the versions that made it.
- **Spans count code points** of the line as it stands in the answer's `draft`, half-open.
- **A score is `null`** where nothing was judged, never zero.
- **Limits**: {TEXT_LIMIT:,} bytes a draft, {KEY_RESULTS_LIMIT} key results, {LINE_LIMIT:,}
  characters a line.
- **Errors** are `application/problem+json` (RFC 9457). `type` is stable and leads to what it
  means; `problems` lists everything to mend, with JSON pointers.
- Whoever reaches this service can use it: there are no accounts. An assessment is found by its id
  alone, which nobody guesses.
"""


def openapi(coach: Coach) -> Json:
    """Return the description of the API that serves this coach."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "OKR Coach",
            "version": __version__,
            "description": _DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "This service"}],
        "tags": [
            {"name": "Assessments", "description": "What the coach says about a draft."},
            {"name": "Batches", "description": "Many drafts at once."},
            {"name": "Catalogue", "description": "What scores are made of."},
            {"name": "Usage", "description": "What asking a language model took."},
            {"name": "Problems", "description": "What errors mean."},
            {"name": "Health", "description": "For whoever runs this."},
        ],
        "paths": _paths(coach),
        "components": {"schemas": _schemas()},
    }


# --- paths ----------------------------------------------------------------------------------


def _paths(coach: Coach) -> Json:
    assessed = coach.assess(EXAMPLE)
    stored = replace(assessed, id=_EXAMPLE_ID, created_at="2027-04-01T09:30:00.000Z")
    return {
        "/api/v1/assessments": {
            "post": {
                "operationId": "assess",
                "tags": ["Assessments"],
                "summary": "Assess a draft",
                "description": "The assessment is kept under the address in `Location`, unless"
                " `store` is false. Accept `text/event-stream` to get it stage by stage: what rules"
                " say at once, then what a language model adds, where one is set up.",
                "parameters": [
                    _switch("store", "Whether the assessment is kept."),
                    _switch("rewrites", "Whether rewrites are made."),
                    _switch("model", "Whether a language model may be asked, where one is set up."),
                ],
                "requestBody": _body(),
                "responses": {
                    "201": _in_stages(_answer("Assessed and kept.", "StoredAssessment", stored))
                    | {"headers": _LOCATION},
                    "200": _in_stages(
                        _answer("Assessed; nothing was kept.", "Assessment", assessed)
                    ),
                    **_errors(
                        problems.MALFORMED,
                        problems.BAD_QUERY,
                        problems.CROSS_SITE,
                        problems.NOT_ACCEPTABLE,
                        problems.TOO_LARGE,
                        problems.UNSUPPORTED,
                        problems.BAD_DRAFT,
                        problems.UNAVAILABLE,
                    ),
                },
            }
        },
        "/api/v1/assessments/{id}": {
            "get": {
                "operationId": "getAssessment",
                "tags": ["Assessments"],
                "summary": "Get a kept assessment",
                "description": "The bytes are those of the last stage that it reached.",
                "parameters": [_key("The id of the assessment.", _EXAMPLE_ID)],
                "responses": {
                    "200": _answer("The assessment.", "StoredAssessment", stored),
                    **_errors(problems.NOT_FOUND, problems.NOT_ACCEPTABLE, problems.UNAVAILABLE),
                },
            }
        },
        **_batch_paths(),
        "/api/v1/rubrics": {
            "get": {
                "operationId": "listRubrics",
                "tags": ["Catalogue"],
                "summary": "List the rubrics",
                "description": "Each with its question, its weight in the overall score, its bands"
                " and its criteria.",
                "responses": {
                    "200": _answer("The four rubrics.", "RubricList"),
                    **_errors(problems.NOT_ACCEPTABLE),
                },
            }
        },
        "/api/v1/criteria": {
            "get": {
                "operationId": "listCriteria",
                "tags": ["Catalogue"],
                "summary": "List the criteria",
                "description": "With severity and weight as this organisation's profile has them.",
                "responses": {
                    "200": _answer("Every criterion.", "CriterionList"),
                    **_errors(problems.NOT_ACCEPTABLE),
                },
            }
        },
        "/api/v1/criteria/{id}": {
            "get": {
                "operationId": "getCriterion",
                "tags": ["Catalogue"],
                "summary": "Get a criterion",
                "description": "Why it is asked, by which source, and drafts that it flags and"
                " passes.",
                "parameters": [_key("The id of the criterion.", "no-target")],
                "responses": {
                    "200": _answer("The criterion.", "CriterionInUse"),
                    **_errors(problems.NOT_FOUND, problems.NOT_ACCEPTABLE),
                },
            }
        },
        "/api/v1/usage": {
            "get": {
                "operationId": "getUsage",
                "tags": ["Usage"],
                "summary": "Tell what asking a language model took",
                "description": "By day, what was asked for, and model. Costs are counted by the"
                " prices in the settings; what a provider bills is the provider's word.",
                "parameters": [_DAYS],
                "responses": {
                    "200": _answer("What it took.", "Usage", _USAGE),
                    **_errors(problems.BAD_QUERY, problems.NOT_ACCEPTABLE, problems.UNAVAILABLE),
                },
            }
        },
        "/problems": {
            "get": {
                "operationId": "listProblems",
                "tags": ["Problems"],
                "summary": "List the kinds of problem",
                "description": "Every `type` that an error can name.",
                "responses": {
                    "200": _answer("Every kind of problem.", "ProblemKindList"),
                    **_errors(),
                },
            }
        },
        "/problems/{id}": {
            "get": {
                "operationId": "getProblem",
                "tags": ["Problems"],
                "summary": "Get a kind of problem",
                "description": "What a `type` means.",
                "parameters": [_key("The last part of the `type`.", problems.BAD_DRAFT.id)],
                "responses": {
                    "200": _answer("The kind of problem.", "ProblemKind"),
                    **_errors(problems.NOT_FOUND),
                },
            }
        },
        "/health/live": {
            "get": {
                "operationId": "live",
                "tags": ["Health"],
                "summary": "Tell whether the process answers",
                "description": "Asks nothing of anything else.",
                "responses": {"200": _answer("It does.", "Live", Live()), **_errors()},
            }
        },
        "/health/ready": {
            "get": {
                "operationId": "ready",
                "tags": ["Health"],
                "summary": "Tell whether drafts can be scored and kept",
                "description": "Asks the database.",
                "responses": {
                    "200": _answer("They can.", "Ready", Ready("ready")),
                    "503": _answer("Something is missing.", "Ready"),
                    **_errors(),
                },
            }
        },
    }


def _batch_paths() -> Json:
    one = _key("The id of the batch.", _BATCH.id)
    gone = (problems.NOT_FOUND, problems.UNAVAILABLE)
    paths: Json = {
        "/api/v1/batches": {
            "post": {
                "operationId": "createBatch",
                "tags": ["Batches"],
                "summary": "Hand in many drafts",
                "description": f"Up to {ROWS_LIMIT:,} drafts in {BYTES_LIMIT:,} bytes. Rows that"
                " are no drafts stop no other; where there is no draft at all, nothing is started."
                " With an `Idempotency-Key`, a request that is sent twice makes one batch.",
                "parameters": [
                    {
                        "name": "name",
                        "in": "query",
                        "description": "What the batch is called.",
                        "schema": {"type": "string"},
                    },
                    _switch("start", "Whether it is started at once."),
                    _switch("model", "Whether a language model may be asked, where one is set up."),
                    {
                        "name": "Idempotency-Key",
                        "in": "header",
                        "description": "What tells a request that is sent again.",
                        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
                    },
                ],
                "requestBody": {
                    "required": True,
                    "description": "Drafts as a JSON array, one a line, as a sheet in CSV or TSV"
                    " with headings, or as a workbook. A draft in JSON may have an `id`.",
                    "content": {
                        "application/json": {
                            "schema": {"type": "array", "items": {"type": "object"}},
                            "example": [{"id": "7", "objective": EXAMPLE.objective}],
                        },
                        **{
                            media_type: {"schema": {"type": "string"}}
                            for media_type in SENT_AS
                            if media_type != "application/json"
                        },
                    },
                },
                "responses": {
                    "201": _answer("Kept, and started unless told otherwise.", "Batch", _BATCH)
                    | {"headers": _LOCATION},
                    **_errors(
                        problems.BAD_QUERY,
                        problems.BAD_REQUEST,
                        problems.CROSS_SITE,
                        problems.CONFLICT,
                        problems.TOO_LARGE,
                        problems.UNSUPPORTED,
                        problems.BAD_DRAFT,
                        problems.UNAVAILABLE,
                    ),
                },
            },
            "get": {
                "operationId": "listBatches",
                "tags": ["Batches"],
                "summary": "List the latest batches",
                "description": "The newest first.",
                "responses": {
                    "200": _answer("The batches.", "BatchList"),
                    **_errors(problems.UNAVAILABLE),
                },
            },
        },
        "/api/v1/batches/{id}": {
            "get": {
                "operationId": "getBatch",
                "tags": ["Batches"],
                "summary": "Tell how far a batch is",
                "description": "To be asked for as often as one likes.",
                "parameters": [one],
                "responses": {"200": _answer("The batch.", "Batch", _BATCH), **_errors(*gone)},
            }
        },
        "/api/v1/batches/{id}/events": {
            "get": {
                "operationId": "followBatch",
                "tags": ["Batches"],
                "summary": "Follow a batch",
                "description": "Server-sent events: `progress` with the batch whenever its counts"
                " have changed, and `done` once it rests.",
                "parameters": [one],
                "responses": {
                    "200": {
                        "description": "The events.",
                        "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
                    },
                    **_errors(*gone),
                },
            }
        },
        "/api/v1/batches/{id}/results": {
            "get": {
                "operationId": "getResults",
                "tags": ["Batches"],
                "summary": "Get the results of a batch",
                "description": "As JSON page by page, also while it runs; in the other formats all"
                " of it. Sheets go out as they came in, with results behind their columns.",
                "parameters": [
                    one,
                    {
                        "name": "format",
                        "in": "query",
                        "description": "What they are written as.",
                        "schema": {"type": "string", "enum": list(FORMATS), "default": "json"},
                    },
                    _count("after", "Rows behind the one of this number.", 0, 0, 10**6),
                    _count("most", "How many rows at most.", A_PAGE, 1, MOST),
                ],
                "responses": {
                    "200": {
                        "description": "The results.",
                        "content": {
                            "application/json": {"schema": _ref("ResultList")},
                            **{form: {"schema": {"type": "string"}} for form in (LINES, CSV, XLSX)},
                        },
                    },
                    **_errors(problems.BAD_QUERY, *gone),
                },
            }
        },
    }
    for move, said in _BATCH_MOVES.items():
        paths[f"/api/v1/batches/{{id}}/{move}"] = {
            "post": {
                "operationId": f"{move}Batch",
                "tags": ["Batches"],
                "summary": said,
                "description": "A move to where it is already changes nothing.",
                "parameters": [one],
                "responses": {
                    "200": _answer("The batch.", "Batch"),
                    **_errors(problems.CROSS_SITE, problems.CONFLICT, *gone),
                },
            }
        }
    return paths


_BATCH_MOVES = {
    "start": "Start a batch that was handed in to wait",
    "pause": "Let a batch rest; what is under way comes to its end",
    "resume": "Let a paused batch go on",
    "cancel": "End a batch; what is scored stays",
    "retry": "Try again what failed or was cancelled",
}
_BATCH = Batch(
    "q7Qk1mWfYx2bN0sC", "autumn.csv", "running", "2027-04-01T09:30:00.000Z",
    Counts(2, 26, 2, 10, 0, 0), 40, 41.7, 1, ("Objective", "KR 1"), ("objective", "kr1"),
    ("columns are separated by “;”",), started_at="2027-04-01T09:30:02.000Z",
)  # fmt: skip


def _count(name: str, description: str, default: int, least: int, most: int) -> Json:
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": default}
    return {"name": name, "in": "query", "description": description, "schema": schema}


_USAGE = Usage(
    "2027-03-03",
    "2027-04-01",
    (
        UsageLine(
            "2027-04-01", "judge", "small-1", 41, 39, 1, 1, 0, 83_200, 61_440, 9_870, 106_000,
            14_000, "EUR",
        ),
    ),
    (Reuse("2027-04-01", 12),),
    Budget(5_000_000, 120_000, "EUR"),
)  # fmt: skip
_DAYS = {
    "name": "days",
    "in": "query",
    "description": "How many days, today included.",
    "schema": {"type": "integer", "minimum": 1, "maximum": MOST_DAYS, "default": DAYS},
}
_LOCATION = {
    "Location": {
        "description": "The address of the assessment.",
        "required": True,
        "schema": {"type": "string", "format": "uri-reference"},
    }
}


def _switch(name: str, description: str) -> Json:
    schema = {"type": "boolean", "default": True}
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _key(description: str, example: str) -> Json:
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string"},
        "example": example,
    }


def _body() -> Json:
    return {
        "required": True,
        "description": "The draft. One without an objective is no error.",
        "content": {
            "application/json": {
                "schema": _ref("AnsweredDraft"),
                "examples": {
                    "in-context": {
                        "summary": "With its why and its cycle",
                        "value": {
                            "objective": EXAMPLE.objective,
                            "key_results": EXAMPLE.sentences,
                            "context": {"why": EXAMPLE.context.why, "cycle": EXAMPLE.context.cycle},
                        },
                    },
                    "answered": {
                        "summary": "With an answer to a question, for its rewrites",
                        "value": {
                            "objective": EXAMPLE.objective,
                            "key_results": EXAMPLE.sentences,
                            "answers": [
                                {
                                    "criterion": "deliverable",
                                    "line": "kr2",
                                    "text": "Patients who call twice, from 30 % to 10 %",
                                }
                            ],
                        },
                    },
                    "bare": {
                        "summary": "No more than a line",
                        "value": {"key_results": ["Fewer parcels lost on the way"]},
                    },
                },
            }
        },
    }


def _answer(description: str, schema: str, example: msgspec.Struct | None = None) -> Json:
    content: Json = {"schema": _ref(schema)}
    if example is not None:
        content["example"] = msgspec.to_builtins(example)
    return {"description": description, "content": {"application/json": content}}


def _in_stages(answer: Json) -> Json:
    """Return the answer with its other form: events, the data of each an assessment."""
    events = {
        "schema": {"type": "string", "description": _EVENTS},
        "example": 'event: rules\ndata: {"draft": …}\n\nevent: judge\ndata: {"draft": …}\n\n'
        'event: rewrites\ndata: {"draft": …}\n\nevent: done\ndata: {}\n\n',
    }
    return {**answer, "content": {**answer["content"], EVENT_STREAM: events}}


_EVENTS = (
    "Server-sent events. `rules` comes at once; `judge` and `rewrites` follow as a language model"
    " answers, in either order; `done` is the last. The data of each stage is the whole assessment"
    " as far as it is known, in place of the one before."
)


def _errors(*kinds: Kind) -> Json:
    """Return the errors of an operation by status, with an example of each kind."""
    by_status: dict[str, list[Kind]] = {}
    for kind in (*kinds, problems.UNKNOWN_HOST, problems.INTERNAL):
        by_status.setdefault(str(kind.status), []).append(kind)
    return {status: _error(those) for status, those in sorted(by_status.items())}


def _error(kinds: list[Kind]) -> Json:
    told: Json = {
        "description": " ".join(kind.meaning for kind in kinds),
        "content": {
            problems.MEDIA_TYPE: {
                "schema": _ref("ProblemDetails"),
                "examples": {kind.id: {"value": _example_of(kind)} for kind in kinds},
            }
        },
    }
    if kinds == [problems.UNAVAILABLE]:
        told["headers"] = {
            "Retry-After": {
                "description": "After how many seconds to try again.",
                "schema": {"type": "integer"},
            }
        }
    return told


def _example_of(kind: Kind) -> Any:
    errors: dict[Kind, Exception] = {
        problems.MALFORMED: Malformed(Problem("", "is not JSON: input data was truncated")),
        problems.BAD_DRAFT: BadInput(
            Problem("/title", "is not a field here; known: objective, key_results, context"),
            Problem("/key_results/0", "a text is expected, not a number"),
        ),
    }
    error = errors.get(kind, Refused(kind, kind.meaning))
    return msgspec.to_builtins(details_of(error, "5f2c8e07a1b94d36"))


# --- schemas --------------------------------------------------------------------------------


def _schemas() -> Json:
    """Return the schema of every struct that crosses the wire, each field described."""
    _, schemas = msgspec.json.schema_components(_STRUCTS, ref_template=_ref("{name}")["$ref"])
    for name, schema in schemas.items():
        schema["description"] = " ".join(schema["description"].split())
        for field, said in schema["properties"].items():
            said["description"] = FIELDS.get(name, {}).get(field, "")
        if name not in _SENT:  # a default spares who sends; an answer has its every field
            schema["required"] = [f for f in schema["properties"] if f not in _MAYBE.get(name, ())]
    _set_limits(schemas)
    schemas["StoredAssessment"] = {
        "title": "StoredAssessment",
        "description": "An assessment that is kept, with its id and its time.",
        "allOf": [_ref("Assessment")],
        "required": ["id", "created_at"],
    }
    return schemas


_STRUCTS = (
    Batch, BatchList, ResultList,
    AnsweredDraft, Assessment, RubricList, CriterionList, Usage,
    ProblemDetails, ProblemKindList, Live, Ready,
)  # fmt: skip
_SENT = ("AnsweredDraft", "Draft", "Context", "KeyResult", "Answer")
_MAYBE = {"Assessment": ("id", "created_at"), "ProblemDetails": ("problems", "reference")}


def _set_limits(schemas: Json) -> None:
    for name in ("AnsweredDraft", "Draft"):
        schemas[name]["properties"]["key_results"]["maxItems"] = KEY_RESULTS_LIMIT
    schemas["AnsweredDraft"]["properties"]["answers"]["maxItems"] = ANSWERS_LIMIT
    for name in _SENT:
        for said in _texts(schemas[name]["properties"]):
            said["maxLength"] = LINE_LIMIT


def _texts(schema: Any) -> Iterator[Json]:
    """Yield every schema of a text in a schema."""
    if isinstance(schema, dict):
        if schema.get("type") == "string":
            yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for inner in schema:
            yield from _texts(inner)


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
