"""`make model`: an OpenAI-compatible server with real weights, on this machine alone.

Prints the settings that point the coach at it once the model is loaded, and ends with Ctrl-C.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

from local_model.weights import NoWeights, qwen, smollm2

# Two prompts take turns; each keeps its own slot, and with it what it read of the stable prefix.
SLOTS = 2
SLOT_TOKENS = 6144
LOADING_SECONDS = 300


class Weights(NamedTuple):
    """A model that can be served: what it is called and where its file comes from."""

    name: str
    find: Callable[[], Path]


SMALL = Weights("smollm2-135m-instruct", smollm2)
LARGE = Weights("qwen2.5-coder-1.5b-instruct", qwen)


def main() -> int:
    """Serve until interrupted. Returns 1 where the weights can't be had."""
    asked = _arguments().parse_args()
    weights = SMALL if asked.small else LARGE
    print(f"Loading {weights.name} …", flush=True)
    try:
        server = serve(weights, asked.port, asked.threads)
    except NoWeights as no:
        print(no, file=sys.stderr)
        return 1
    url = f"{server.listening_address}/v1"
    print(f"\nServing. In another terminal:\n\n    export COACH_MODEL_URL={url}")
    print(f"    export COACH_MODEL={weights.name}\n\nCtrl-C ends it.", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        signal.pause()
    except KeyboardInterrupt:
        print()
    return 0


def serve(weights: Weights, port: int = 0, threads: int = 1) -> Any:
    """Return a server (its `listening_address` is "http://127.0.0.1:PORT") that answers."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights.find())
    params.model_alias = {weights.name}
    params.port = port
    params.n_ctx = SLOTS * SLOT_TOKENS
    params.n_parallel = SLOTS
    params.sampling.seed = 1
    params.cache_ram_mib = 0
    params.ui = False
    params.endpoint_slots = False
    params.cors_origins = ""
    params.verbosity = 1
    for cpu in (params.cpuparams, params.cpuparams_batch):
        cpu.n_threads = threads
        cpu.poll = 0  # waits without burning the core that others need
    server = xllamacpp.Server(params)
    _wait_till_loaded(server.listening_address)
    return server


def _wait_till_loaded(address: str) -> None:
    until = time.monotonic() + LOADING_SECONDS
    while True:
        try:
            with urlopen(f"{address}/health", timeout=10):  # noqa: S310 - the address is our own
                return
        except HTTPError as error:
            if error.code != 503 or time.monotonic() > until:
                raise
        time.sleep(0.2)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make model", description=__doc__)
    parser.add_argument("--small", action="store_true", help="135M weights: fast, and no judgement")
    parser.add_argument("--port", type=int, default=8090, help="0 takes a free one")
    parser.add_argument("--threads", type=int, default=1, help="cores that it may use")
    return parser


if __name__ == "__main__":
    sys.exit(main())
