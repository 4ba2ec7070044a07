"""How near two texts are in meaning, by static word embeddings: an extra, and a hint at most.

The weights lie in wordllama's package. Nothing is imported before the first question, loaded twice
or downloaded, and no text leaves the process.
"""

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from coach.errors import BadConfiguration

if TYPE_CHECKING:
    from wordllama import WordLlamaInference


class Embeddings:
    """The embeddings that are installed. Raises BadConfiguration where none are."""

    def __init__(self) -> None:
        found = find_spec("wordllama")
        if found is None or found.origin is None:
            raise BadConfiguration(
                "COACH_EMBEDDINGS is on, and no embeddings are installed: "
                "pip install 'okr-coach[embeddings]', or leave it unset"
            )
        self._folder = Path(found.origin).parent
        self.name = f"wordllama {version('wordllama')}"
        self._loading = Lock()
        self._inference: WordLlamaInference | None = None

    def nearness(self, one: str, other: str) -> float:
        """Return the cosine of two texts: 1 for the same words, about 0 for what is unrelated."""
        return float(self._loaded.similarity(one, other))

    @property
    def _loaded(self) -> "WordLlamaInference":
        with self._loading:  # large drafts are judged in a thread of their own
            if self._inference is None:
                from wordllama import WordLlama

                self._inference = WordLlama.load(cache_dir=self._folder, disable_download=True)
            return self._inference
