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
)

_steps = sql.Table("schema_steps", metadata, sql.Column("step", sql.Integer, primary_key=True))

# A step is never changed once released; a change to a table is one more step at the end.
STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE assessments ("
        " id TEXT NOT NULL PRIMARY KEY, created_at TEXT NOT NULL, author TEXT NOT NULL,"
        " overall INTEGER, rubrics TEXT NOT NULL, profile TEXT NOT NULL, document TEXT NOT NULL)",
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
