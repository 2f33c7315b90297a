"""The classifier of messages: linear over character n-grams, a small network over sentence vectors, the two multiplied.

Applied here with numpy alone, so that a reply needs no scikit-learn; trained in content.search.training.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from content.search.features import BUCKETS, Ngrams, Vector

Ranking = list[tuple[str, float]]
"""Labels with their probabilities, most probable first."""

LEXICAL_WEIGHT = 0.7
"""How much the n-grams' opinion counts beside the sentence vector's (docs/understanding.md)."""

TEMPERATURE = 1.0
"""Divides the logits, so that of answers given with 80 % about 80 % are right (docs/understanding.md)."""

_SMALLEST = 1e-9


@dataclass(frozen=True)
class LexicalHead:
    """A linear model over n-grams: whole numbers per label, times the label's scale."""

    labels: tuple[str, ...]
    weights: NDArray[np.int8]
    scale: Vector
    bias: Vector

    def probabilities(self, message: Ngrams) -> Vector:
        columns, counts = message
        return _sigmoid_shares((counts @ self.weights[columns].astype(np.float32)) * self.scale + self.bias)


@dataclass(frozen=True)
class DenseHead:
    """Small networks with one hidden layer over sentence vectors; their mean is steadier than any one of them."""

    networks: tuple[tuple[Vector, Vector, Vector, Vector], ...]

    def probabilities(self, vector: Vector) -> Vector:
        shares = [_softmax(np.maximum(vector @ first + first_bias, 0) @ second + bias) for first, first_bias, second, bias in self.networks]
        return np.asarray(np.mean(shares, axis=0), dtype=np.float32)


@dataclass(frozen=True)
class Classifier:
    """What a message is about and which language it is in, and the fingerprint of the examples it was trained on."""

    fingerprint: str
    topics: LexicalHead
    languages: LexicalHead
    dense: DenseHead | None = None

    def rank(self, message: Ngrams, vector: Vector | None = None) -> Ranking:
        """The labels of a message; without a sentence vector its n-grams alone decide."""
        return self.weigh(self.topics.probabilities(message), vector)

    def weigh(self, by_ngrams: Vector, vector: Vector | None = None) -> Ranking:
        """The labels by what the n-grams say (`topics.probabilities`), and the sentence vector where there is one."""
        logits = np.log(by_ngrams + _SMALLEST)
        if vector is not None and self.dense is not None:
            logits = LEXICAL_WEIGHT * logits + np.log(self.dense.probabilities(vector) + _SMALLEST)
        return _ranking(self.topics.labels, _softmax(logits / TEMPERATURE))

    def rank_languages(self, message: Ngrams) -> Ranking:
        """The languages a message may be written in."""
        return _ranking(self.languages.labels, self.languages.probabilities(message))

    def save(self, path: Path) -> None:
        """Write the weights; half-precision floats cost no accuracy that can be measured."""
        arrays: dict[str, NDArray[np.generic]] = {"fingerprint": np.array(self.fingerprint)}
        for name, head in (("topics", self.topics), ("languages", self.languages)):
            arrays |= {
                f"{name}/labels": np.array(head.labels),
                f"{name}/weights": head.weights,
                f"{name}/scale": head.scale,
                f"{name}/bias": head.bias,
            }
        for place, network in enumerate(self.dense.networks if self.dense else ()):
            arrays |= {f"dense/{place}/{part}": weights.astype(np.float16) for part, weights in enumerate(network)}
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def load_classifier(path: Path) -> Classifier | None:
    """Read trained weights, or None when there are none that fit this version's features."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = dict(file)
        classifier = Classifier(str(arrays["fingerprint"]), _lexical(arrays, "topics"), _lexical(arrays, "languages"), _dense(arrays))
    except (OSError, ValueError, KeyError, EOFError):
        return None
    return classifier if len(classifier.topics.weights) == BUCKETS else None


def quantised(weights: Vector, bias: Vector, labels: Sequence[str]) -> LexicalHead:
    """A lexical head from trained weights (a row for each n-gram, a column for each label), as whole numbers of -127 to 127 per label."""
    scale = np.maximum(np.abs(weights).max(axis=0), _SMALLEST) / 127
    return LexicalHead(tuple(labels), np.round(weights / scale).astype(np.int8), scale.astype(np.float32), bias.astype(np.float32))


def _lexical(arrays: Mapping[str, NDArray[np.generic]], name: str) -> LexicalHead:
    labels = tuple(str(label) for label in arrays[f"{name}/labels"])
    return LexicalHead(labels, arrays[f"{name}/weights"].astype(np.int8), _floats(arrays[f"{name}/scale"]), _floats(arrays[f"{name}/bias"]))


def _dense(arrays: Mapping[str, NDArray[np.generic]]) -> DenseHead | None:
    places = sorted({key.split("/")[1] for key in arrays if key.startswith("dense/")})
    if not places:
        return None
    networks = [tuple(_floats(arrays[f"dense/{place}/{part}"]) for part in range(4)) for place in places]
    return DenseHead(tuple((first, first_bias, second, bias) for first, first_bias, second, bias in networks))


def _floats(array: NDArray[np.generic]) -> Vector:
    return array.astype(np.float32)


def _ranking(labels: Sequence[str], shares: Vector) -> Ranking:
    return [(labels[place], float(shares[place])) for place in np.argsort(-shares)]


def _softmax(logits: Vector) -> Vector:
    odds = np.exp(logits - logits.max())
    return np.asarray(odds / odds.sum(), dtype=np.float32)


def _sigmoid_shares(scores: Vector) -> Vector:
    """One-against-the-rest scores as shares of one, as scikit-learn's SGDClassifier has them."""
    odds = 1 / (1 + np.exp(-np.clip(scores, -60, 60)))
    return np.asarray(odds / (odds.sum() or 1), dtype=np.float32)
