"""What the classifier sees of a message: hashed character n-grams, and the sentence vector where a model is to be had."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from content.search.normalise import words

Vector = NDArray[np.float32]

Ngrams = tuple[NDArray[np.int64], Vector]
"""The columns of a message's n-grams, and their weights."""

BUCKETS = 1 << 16
"""Into how many columns n-grams are hashed."""

_SIZES = (1, 2, 3, 4, 5)
_MOST_WORDS = 160


def ngrams(text: str) -> Ngrams:
    """The columns that the message's character n-grams and words fall into, and their weights (unit length).

    N-grams stay within a word with its borders, so that endings and misspellings share most of them.
    """
    counts: Counter[int] = Counter()
    message = words(text)[:_MOST_WORDS]
    for word in message:
        bordered = f" {word} "
        for size in _SIZES:
            for start in range(len(bordered) - size + 1):
                counts[crc32(bordered[start : start + size].encode()) % BUCKETS] += 1
    for pair in pairwise(message):
        counts[crc32("\t".join(pair).encode()) % BUCKETS] += 1
    columns = np.fromiter(counts, dtype=np.int64, count=len(counts))
    weights = np.sqrt(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))
    length = float(np.linalg.norm(weights))
    return columns, np.asarray(weights / (length or 1.0), dtype=np.float32)


def sparse(texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]:
    """The n-grams of many texts as the three arrays (data, indices, indptr) of a compressed row matrix."""
    rows = [ngrams(text) for text in texts]
    indptr = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in rows])]).astype(np.int64)
    indices = np.concatenate([columns for columns, _ in rows]) if rows else np.zeros(0, np.int64)
    data = np.concatenate([weights for _, weights in rows]) if rows else np.zeros(0, np.float32)
    return data, indices, indptr
