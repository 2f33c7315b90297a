"""Understanding one message: its language, what it is about, and how near it is to danger."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from content.search.classifier import Classifier, Ranking
from content.search.cues import Cues
from content.search.embedding import Embedder
from content.search.features import Vector, ngrams
from content.search.normalise import clean, words

_CERTAIN_LANGUAGE = 0.5
_DANGER = 0.15
"""Recall before precision: a false alarm costs a line to read, a miss may cost a life."""
_POSSIBLE_DANGER = 0.5
_FOLLOW_UP_WORDS = 4
"""A message this short may only make sense after the one before it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a message was understood to be; nothing of its text is kept."""

    language: str | None
    labels: Ranking
    danger: bool
    possible_danger: bool
    words: int

    @property
    def best(self) -> tuple[str, float]:
        return self.labels[0]

    def probability(self, *labels: str) -> float:
        """How probable it is that the message is one of these."""
        return sum(share for label, share in self.labels if label in labels)


class Understanding:
    """The trained classifier, the embedding model and the cues, together."""

    def __init__(self, classifier: Classifier, embedder: Embedder | None, cues: Cues) -> None:
        self._classifier = classifier
        self._embedder = embedder
        self._cues = cues

    @property
    def backend(self) -> str:
        """Which model reads messages, for the start message and /readyz."""
        return self._embedder.name if self._embedder else "lexical match only"

    def read(self, text: str, *, before: str | None = None) -> Meaning:
        """Understand a message; `before` is the title of the last topic when the message may be a follow-up to it."""
        message = clean(text)
        count = sum(any(letter.isalpha() for letter in word) for word in words(message))
        if count == 0:
            return Meaning(None, labels=[("out-of-scope", 1.0)], danger=False, possible_danger=False, words=0)
        vector, letters = self._vector(message), ngrams(message)
        danger = dict(self._classifier.rank("danger", letters, vector))
        labels = self._classifier.rank("topic", letters, vector)
        if before is not None and count <= _FOLLOW_UP_WORDS:
            together = f"{before}. {message}"
            labels = _mean(labels, self._classifier.rank("topic", ngrams(together), self._vector(together)))
        cued = self._cues.danger(message)
        language, share = self._classifier.rank("language", letters)[0]
        return Meaning(
            language=language if share >= _CERTAIN_LANGUAGE else None,
            labels=labels,
            danger=cued or danger["danger"] >= _DANGER or labels[0][0] == "danger",
            possible_danger=danger["danger"] + danger["possible-danger"] >= _POSSIBLE_DANGER or labels[0][0] == "possible-danger",
            words=count,
        )

    def cued_danger(self, text: str) -> bool:
        """Whether a phrase of danger stands in a text, without asking the model: for the far end of a long message."""
        return self._cues.danger(text)

    def _vector(self, text: str) -> Vector | None:
        if self._embedder is None:
            return None
        return np.asarray(self._embedder.embed([text])[0], dtype=np.float32)


def _mean(first: Ranking, second: Sequence[tuple[str, float]]) -> Ranking:
    other = dict(second)
    return sorted(((label, (share + other[label]) / 2) for label, share in first), key=lambda pair: -pair[1])
