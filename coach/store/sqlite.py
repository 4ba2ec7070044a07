"""SQLite as the store needs it: durable, and shared by processes without losing updates."""

import os
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an answer is given after its commit is on disk
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is dropped may quote a draft, and leaves no bytes behind
)


def sqlite_engine(path: Path, patience: float) -> AsyncEngine:
    """Return an engine on a database file that is there already (see `make_file`).

    `patience` is how many seconds it waits for whoever else is writing.

    Transactions open as `BEGIN IMMEDIATE`, so that two processes that read, then write, wait for
    each other instead of losing updates; with the execution option `read_only`, as `BEGIN`.
    """
    address = f"{path.absolute().as_uri()}?mode=rw"

    def connect() -> aiosqlite.Connection:
        connection = aiosqlite.connect(address, uri=True, isolation_level=None, timeout=patience)
        connection._thread.daemon = True  # a process that is told to end does not wait for it
        return connection

    engine = create_async_engine(
        "sqlite+aiosqlite://",
        async_creator=connect,
        poolclass=AsyncAdaptedQueuePool,
        pool_timeout=patience,
        pool_reset_on_return=None,  # a transaction that was opened was ended
        hide_parameters=True,  # a draft has no place in an error's text
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get("read_only")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def make_file(path: Path) -> None:
    """Make the database file and its folder, for the eyes of their owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another one that later has its name."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
