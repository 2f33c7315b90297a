"""A linear classifier over sentence vectors and character n-grams: applied here, trained in content.search.training."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from content.search.features import BUCKETS, Ngrams, Vector

Ranking = list[tuple[str, float]]
"""Labels with their probabilities, most probable first."""


@dataclass(frozen=True)
class Head:
    """One question that is put to a message: which of these labels it is."""

    labels: tuple[str, ...]
    bias: Vector
    lexical: NDArray[np.float32]
    dense: NDArray[np.float32] | None = None

    def rank(self, message: Ngrams, vector: Vector | None) -> Ranking:
        """The labels of a message, given its n-grams and, for a head with dense weights, its sentence vector."""
        columns, weights = message
        scores = self.bias + weights @ self.lexical[columns]
        if self.dense is not None and vector is not None:
            scores = scores + vector @ self.dense
        odds = np.exp(scores - scores.max())
        shares = odds / odds.sum()
        return [(self.labels[place], float(shares[place])) for place in np.argsort(-shares)]


@dataclass(frozen=True)
class Classifier:
    """All heads, and the fingerprint of the examples they were trained on."""

    fingerprint: str
    heads: Mapping[str, Head]

    def rank(self, head: str, message: Ngrams, vector: Vector | None = None) -> Ranking:
        """Rank a message's n-grams with one head; without a vector the head's lexical twin answers."""
        name = head if vector is not None or f"{head}-lexical" not in self.heads else f"{head}-lexical"
        return self.heads[name].rank(message, vector)

    def save(self, path: Path) -> None:
        """Write the weights, as half-precision floats: a tenth of a point of accuracy for half the size."""
        arrays: dict[str, NDArray[np.generic]] = {"fingerprint": np.array(self.fingerprint)}
        for name, head in self.heads.items():
            arrays[f"{name}/labels"] = np.array(head.labels)
            arrays[f"{name}/bias"] = head.bias
            arrays[f"{name}/lexical"] = head.lexical.astype(np.float16)
            if head.dense is not None:
                arrays[f"{name}/dense"] = head.dense
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def load_classifier(path: Path) -> Classifier | None:
    """Read trained weights, or None when there are none that fit this version's features."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            heads = {name: _head(arrays, name) for name in sorted({key.split("/")[0] for key in arrays.files if "/" in key})}
            fingerprint = str(arrays["fingerprint"])
    except (OSError, ValueError, KeyError):
        return None
    fits = all(head.lexical.shape == (BUCKETS, len(head.labels)) for head in heads.values())
    return Classifier(fingerprint, heads) if fits else None


def _head(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Head:
    dense = arrays.get(f"{name}/dense")
    labels: Sequence[str] = [str(label) for label in arrays[f"{name}/labels"]]
    return Head(
        labels=tuple(labels),
        bias=arrays[f"{name}/bias"].astype(np.float32),
        lexical=arrays[f"{name}/lexical"].astype(np.float32),
        dense=None if dense is None else dense.astype(np.float32),
    )
