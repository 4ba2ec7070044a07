"""The tables, and the steps that lead an older database to them."""

import sqlalchemy as sql
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.errors import StoreUnavailable

metadata = sql.MetaData()

assessments = sql.Table(
    "assessments",
    metadata,
    sql.Column("id", sql.Text, primary_key=True),
    # ISO 8601 in UTC, of one width: sorts as it reads, in any database.
    sql.Column("created_at", sql.Text, nullable=False),
    # Whose it is; "local" until there are accounts.
    sql.Column("author", sql.Text, nullable=False),
    # What lists sort and filter by, taken out of the document.
    sql.Column("overall", sql.Integer),
    sql.Column("rubrics", sql.Text, nullable=False),
    sql.Column("profile", sql.Text, nullable=False),
    # The assessment as it was given out, in JSON.
    sql.Column("document", sql.Text, nullable=False),
    # The version that it came from, if any, and the first version of all: the draft it is of.
    sql.Column("came_from", sql.Text),
    sql.Column("first", sql.Text),
)

# What authors put aside; of the words only a digest.
dismissals = sql.Table(
    "dismissals",
    metadata,
    sql.Column("author", sql.Text, primary_key=True),
    sql.Column("key", sql.Text, primary_key=True),
    sql.Column("criterion", sql.Text, nullable=False),
    sql.Column("reason", sql.Text, nullable=False),
    sql.Column("at", sql.Text, nullable=False),
)

attempts = sql.Table(
    "attempts",
    metadata,
    sql.Column("id", sql.Text, primary_key=True),
    sql.Column("at", sql.Text, nullable=False),
    # Whose budget of which day (UTC) it counts against; "local" until there are accounts.
    sql.Column("principal", sql.Text, nullable=False),
    sql.Column("day", sql.Text, nullable=False),
    # What was asked for ("judge"), of which model; of the question itself only a digest.
    sql.Column("request", sql.Text, nullable=False),
    sql.Column("digest", sql.Text, nullable=False),
    sql.Column("model", sql.Text, nullable=False),
    sql.Column("state", sql.Text, nullable=False),
    sql.Column("fault", sql.Text),
    sql.Column("input_tokens", sql.Integer, nullable=False),
    sql.Column("cached_tokens", sql.Integer, nullable=False),
    sql.Column("output_tokens", sql.Integer, nullable=False),
    # Millionths of the currency: at most while open or ambiguous, then as counted.
    sql.Column("cost_micro", sql.Integer, nullable=False),
    sql.Column("currency", sql.Text, nullable=False),
    sql.Column("milliseconds", sql.Integer),
)

answers = sql.Table(
    "answers",
    metadata,
    sql.Column("digest", sql.Text, primary_key=True),
    sql.Column("at", sql.Text, nullable=False),
    # The reply in JSON. It may quote a draft.
    sql.Column("reply", sql.Text, nullable=False),
)

# How many answers of a day came from what was kept.
reuses = sql.Table(
    "reuses",
    metadata,
    sql.Column("day", sql.Text, primary_key=True),
    sql.Column("answers", sql.Integer, nullable=False),
)

batches = sql.Table(
    "batches",
    metadata,
    sql.Column("id", sql.Text, primary_key=True),
    sql.Column("created_at", sql.Text, nullable=False),
    sql.Column("author", sql.Text, nullable=False),
    sql.Column("name", sql.Text, nullable=False),
    sql.Column("state", sql.Text, nullable=False),
    sql.Column("model", sql.Integer, nullable=False),
    # Lists of texts in JSON.
    sql.Column("headings", sql.Text, nullable=False),
    sql.Column("columns", sql.Text, nullable=False),
    sql.Column("notes", sql.Text, nullable=False),
    # How many of its drafts are scored: equal ones are once.
    sql.Column("different", sql.Integer, nullable=False),
    # What makes a request that is sent again the same one, and a digest of what it sent.
    sql.Column("request", sql.Text, unique=True),
    sql.Column("digest", sql.Text, nullable=False),
    sql.Column("started_at", sql.Text),
    sql.Column("ended_at", sql.Text),
    # Since when it runs without a rest (epoch, ms), and how many rows were done then.
    sql.Column("running_since", sql.BigInteger, nullable=False),
    sql.Column("done_before", sql.Integer, nullable=False),
    # When rows were last taken from it (epoch, ms): batches that run take turns.
    sql.Column("turn", sql.BigInteger, nullable=False),
)

# What is looked through comes first and what is long comes last: a scan does without that.
batch_rows = sql.Table(
    "batch_rows",
    metadata,
    sql.Column("batch", sql.Text, primary_key=True),
    sql.Column("number", sql.Integer, primary_key=True),
    sql.Column("id", sql.Text, nullable=False),
    sql.Column("place", sql.Text, nullable=False),
    sql.Column("state", sql.Text, nullable=False),
    # The number of the first row with an equal draft, which is scored for both.
    sql.Column("same_as", sql.Integer),
    # How often it was taken, and how often that came to nothing; who has it, and in ms of the
    # epoch since when it may be taken, or until when it is held.
    sql.Column("sends", sql.Integer, nullable=False),
    sql.Column("attempts", sql.Integer, nullable=False),
    sql.Column("worker", sql.Text),
    sql.Column("due", sql.BigInteger, nullable=False),
    sql.Column("assessment", sql.Text),
    # What tables are sorted and filtered by. Criteria stand between spaces, gravest first.
    sql.Column("overall", sql.Integer),
    sql.Column("clarity", sql.Integer),
    sql.Column("ambition", sql.Integer),
    sql.Column("measurability", sql.Integer),
    sql.Column("purpose", sql.Integer),
    sql.Column("criteria", sql.Text, nullable=False),
    sql.Column("objective", sql.Text, nullable=False),
    sql.Column("team", sql.Text, nullable=False),
    sql.Column("owner", sql.Text, nullable=False),
    sql.Column("note", sql.Text, nullable=False),
    # In JSON.
    sql.Column("problems", sql.Text, nullable=False),
    sql.Column("draft", sql.Text),
    sql.Column("cells", sql.Text, nullable=False),
)

_steps = sql.Table("schema_steps", metadata, sql.Column("step", sql.Integer, primary_key=True))

# A step is never changed once released; a change to a table is one more step at the end.
STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE assessments ("
        " id TEXT NOT NULL PRIMARY KEY, created_at TEXT NOT NULL, author TEXT NOT NULL,"
        " overall INTEGER, rubrics TEXT NOT NULL, profile TEXT NOT NULL, document TEXT NOT NULL)",
    ),
    (
        "CREATE TABLE attempts ("
        " id TEXT NOT NULL PRIMARY KEY, at TEXT NOT NULL, principal TEXT NOT NULL,"
        " day TEXT NOT NULL, request TEXT NOT NULL, digest TEXT NOT NULL, model TEXT NOT NULL,"
        " state TEXT NOT NULL, fault TEXT, input_tokens INTEGER NOT NULL,"
        " cached_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,"
        " cost_micro INTEGER NOT NULL, currency TEXT NOT NULL, milliseconds INTEGER)",
        "CREATE INDEX attempts_by_day ON attempts (day, principal, currency, cost_micro)",
        "CREATE INDEX attempts_open ON attempts (state) WHERE state IN ('reserved', 'sent')",
        "CREATE TABLE answers (digest TEXT NOT NULL PRIMARY KEY, at TEXT NOT NULL,"
        " reply TEXT NOT NULL)",
        "CREATE INDEX answers_by_age ON answers (at)",
        "CREATE TABLE reuses (day TEXT NOT NULL PRIMARY KEY, answers INTEGER NOT NULL)",
    ),
    (
        "ALTER TABLE assessments ADD COLUMN came_from TEXT",
        "ALTER TABLE assessments ADD COLUMN first TEXT",
        "UPDATE assessments SET first = id",
        "CREATE INDEX assessments_by_draft ON assessments (first, created_at)",
        "CREATE INDEX first_tries ON assessments (author, created_at) WHERE came_from IS NULL",
        "CREATE TABLE dismissals ("
        " author TEXT NOT NULL, key TEXT NOT NULL, criterion TEXT NOT NULL,"
        " reason TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (author, key))",
    ),
    (
        "CREATE TABLE batches ("
        " id TEXT NOT NULL PRIMARY KEY, created_at TEXT NOT NULL, author TEXT NOT NULL,"
        " name TEXT NOT NULL, state TEXT NOT NULL, model INTEGER NOT NULL,"
        " headings TEXT NOT NULL, columns TEXT NOT NULL, notes TEXT NOT NULL,"
        " different INTEGER NOT NULL, request TEXT UNIQUE, digest TEXT NOT NULL,"
        " started_at TEXT, ended_at TEXT, running_since BIGINT NOT NULL,"
        " done_before INTEGER NOT NULL, turn BIGINT NOT NULL)",
        "CREATE INDEX batches_by_age ON batches (author, created_at)",
        "CREATE INDEX batches_running ON batches (turn) WHERE state = 'running'",
        "CREATE TABLE batch_rows ("
        " batch TEXT NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL, place TEXT NOT NULL,"
        " state TEXT NOT NULL, same_as INTEGER, sends INTEGER NOT NULL, attempts INTEGER NOT NULL,"
        " worker TEXT, due BIGINT NOT NULL, assessment TEXT, overall INTEGER, clarity INTEGER,"
        " ambition INTEGER, measurability INTEGER, purpose INTEGER, criteria TEXT NOT NULL,"
        " objective TEXT NOT NULL, team TEXT NOT NULL, owner TEXT NOT NULL, note TEXT NOT NULL,"
        " problems TEXT NOT NULL, draft TEXT, cells TEXT NOT NULL, PRIMARY KEY (batch, number))",
        "CREATE UNIQUE INDEX batch_rows_by_id ON batch_rows (batch, id)",
        "CREATE INDEX batch_rows_by_state ON batch_rows (batch, state, attempts, number)",
        "CREATE INDEX batch_rows_held ON batch_rows (due) WHERE state = 'running'",
        "CREATE INDEX batch_rows_same ON batch_rows (batch, same_as) WHERE same_as IS NOT NULL",
    ),
)


async def migrate(connection: AsyncConnection) -> None:
    """Take the steps that this database has not seen.

    Expects a transaction that keeps other starters out and that undoes a step cut short.
    """
    run = connection.exec_driver_sql
    await run("CREATE TABLE IF NOT EXISTS schema_steps (step INTEGER NOT NULL PRIMARY KEY)")
    taken: int = (await run("SELECT count(*) FROM schema_steps")).scalar_one()
    if taken > len(STEPS):
        raise StoreUnavailable(
            "The database was made by a newer version of the coach. Start that version, or set"
            " COACH_DATA_DIR to another folder."
        )
    for number, statements in enumerate(STEPS[taken:], taken + 1):
        for statement in statements:
            await run(statement)
        await connection.execute(sql.insert(_steps).values(step=number))
