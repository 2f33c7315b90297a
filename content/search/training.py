"""Training of the classifier from the example messages, by scikit-learn; its outcome is kept beside the code.

`python -m content build` runs it. The weights in `model.npz` belong to one fingerprint of the examples; when an editor
changes a line, the next start (or the command) trains anew, and only new lines go through the embedding model.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from content.search.classifier import Classifier, Head, load_classifier
from content.search.embedding import DIMENSIONS, Embedder
from content.search.examples import Example, fingerprint
from content.search.features import BUCKETS, Vector, sparse
from content.settings import CONTENT_DIR, STATE_DIR

MODEL = CONTENT_DIR / "search" / "model.npz"
"""The trained weights that the repository carries, so that a first start need not train."""

RECIPE = "v2 C=6 dense=6 lexical=1 danger=balanced"
"""Changes whenever training would give another outcome from the same examples."""

_DENSE_SCALE = 6.0
"""Sentence vectors lie close together; scaled up they weigh as much as the n-grams under one regularisation."""

Report = Callable[[str], None]


def trained(
    examples: Sequence[Example], embedder: Embedder | None, report: Report, *, model: Path = MODEL, state: Path = STATE_DIR
) -> Classifier:
    """The classifier for these examples: the one kept, or one trained now and kept under the state folder."""
    wanted = fingerprint(examples, RECIPE)
    own = state / f"model-{'lexical' if embedder is None else 'dense'}.npz"
    for path in (model, own):
        classifier = load_classifier(path)
        if classifier is not None and classifier.fingerprint == wanted and (embedder is None or "topic" in classifier.heads):
            return classifier
    report(f"the example messages changed: training on {len(examples)} of them, once")
    classifier = train(examples, embedder, report, state=state)
    classifier.save(own)
    return classifier


def train(examples: Sequence[Example], embedder: Embedder | None, report: Report, *, state: Path = STATE_DIR) -> Classifier:
    """Train every head."""
    texts = [example.text for example in examples]
    lexical = _matrix(texts)
    vectors = None if embedder is None else cached_vectors(texts, embedder, state)
    report("training: topics")
    heads = {"topic-lexical": _fit(lexical, None, [example.label for example in examples])}
    heads["language"] = _fit(lexical, None, [example.language for example in examples], balanced=True)
    if vectors is not None:
        heads["topic"] = _fit(lexical, vectors, [example.label for example in examples])
    report("training: danger")
    danger = [example.label if example.label in {"danger", "possible-danger"} else "none" for example in examples]
    heads["danger-lexical"] = _fit(lexical, None, danger, balanced=True)
    if vectors is not None:
        heads["danger"] = _fit(lexical, vectors, danger, balanced=True)
    return Classifier(fingerprint(examples, RECIPE), heads)


def cached_vectors(texts: Sequence[str], embedder: Embedder, state: Path) -> Vector:
    """The sentence vectors of the examples; only those not seen before go through the model."""
    path = state / f"vectors-{hashlib.sha256(embedder.name.encode()).hexdigest()[:12]}.npz"
    known = _read_vectors(path)
    missing = [text for text in dict.fromkeys(texts) if _key(text) not in known]
    for start in range(0, len(missing), 256):
        batch = missing[start : start + 256]
        known.update(zip(map(_key, batch), embedder.embed(batch), strict=True))
    if missing:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            np.savez(file, keys=np.array(list(known)), vectors=np.array(list(known.values()), dtype=np.float16))
    return np.array([known[_key(text)] for text in texts], dtype=np.float32).reshape(len(texts), DIMENSIONS)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _read_vectors(path: Path) -> dict[str, Vector]:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return dict(zip(map(str, arrays["keys"]), arrays["vectors"].astype(np.float32), strict=True))
    except (OSError, ValueError, KeyError):
        return {}


def _matrix(texts: Sequence[str]) -> "NDArray[np.float32]":
    from scipy.sparse import csr_matrix

    matrix: NDArray[np.float32] = csr_matrix(sparse(texts), shape=(len(texts), BUCKETS))
    return matrix


def _fit(lexical: NDArray[np.float32], vectors: Vector | None, labels: Sequence[str], *, balanced: bool = False) -> Head:
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    features = lexical if vectors is None else hstack([csr_matrix(vectors * _DENSE_SCALE), lexical]).tocsr()
    model = LogisticRegression(C=6.0, max_iter=400, tol=1e-3, class_weight="balanced" if balanced else None)
    model.fit(features, labels)
    weights = model.coef_.T.astype(np.float32)
    dense = 0 if vectors is None else DIMENSIONS
    return Head(
        labels=tuple(str(label) for label in model.classes_),
        bias=model.intercept_.astype(np.float32),
        lexical=weights[dense:],
        dense=None if vectors is None else weights[:dense] * _DENSE_SCALE,
    )
