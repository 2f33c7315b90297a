"""How well messages are understood, and by what: the numbers of docs/understanding.md.

.venv/bin/python -m benchmarks.understanding matching|curve|calibration|danger|languages

`matching` trains every method on all example messages and measures on ../shared/questions/check.jsonl. The others choose:
they keep the rows of examples.jsonl out of the training and measure on them. `languages` compares with lingua and py3langid
where they are installed (pip install lingua-language-detector py3langid); BM25 needs rank-bm25.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from bot.evaluation import interval
from content.locales import LANGUAGES
from content.search.classifier import Classifier, Ranking
from content.search.cues import Cues
from content.search.embedding import BundledEmbedder
from content.search.examples import Example, read_examples
from content.search.features import Vector, ngrams
from content.search.normalise import words
from content.search.training import as_matrix, cached_vectors, fit_dense, fit_lexical
from content.settings import STATE_DIR
from content.topics import load_library

QUESTIONS = Path("../shared/questions")
DANGER_FROM = (0.05, 0.08, 0.1, 0.15, 0.2, 0.3)

Row = dict[str, Any]
Scores = NDArray[np.float32]
"""One row for each message, one column for each label."""


class Lab:
    """The examples to train on, the rows to measure on, and what both look like to the methods."""

    def __init__(self, rows: Sequence[Row], *, without: Sequence[Row] = (), share: float = 1.0) -> None:
        hidden = {row["text"] for row in without}
        examples = [example for example in read_examples(load_library()) if example.text not in hidden]
        self.examples = thinned(examples, share)
        self.rows = rows
        embedder = BundledEmbedder()
        self.labels = [example.label for example in self.examples]
        self.names = sorted(set(self.labels))
        self.texts = [example.text for example in self.examples]
        self.asked = [row["text"] for row in rows]
        self.vectors = cached_vectors(self.texts, embedder, STATE_DIR)
        self.asked_vectors = cached_vectors(self.asked, embedder, STATE_DIR)
        self._matrix: Any = None

    @property
    def matrix(self) -> Any:
        if self._matrix is None:
            self._matrix = as_matrix(self.texts)
        return self._matrix

    def classifier(self) -> Classifier:
        """The classifier of the product, trained on these examples."""
        languages = [example.language for example in self.examples]
        topics, tongues = fit_lexical(self.matrix, self.labels), fit_lexical(self.matrix, languages, balanced=True)
        return Classifier("", topics, tongues, fit_dense(self.vectors, self.labels))

    def nearest(self, similarity: Callable[[int], Vector], neighbours: int = 5) -> Scores:
        """Labels by the sum of the similarities of the nearest examples."""
        scores = np.zeros((len(self.rows), len(self.names)), dtype=np.float32)
        places = np.array([self.names.index(label) for label in self.labels])
        for row in range(len(self.rows)):
            likeness = similarity(row)
            for place in np.argpartition(-likeness, neighbours)[:neighbours]:
                scores[row, places[place]] += likeness[place]
        return scores


def thinned(examples: Sequence[Example], share: float) -> list[Example]:
    """A share of the examples of every label and language, at least one of each."""
    groups: dict[tuple[str, str], list[Example]] = {}
    for example in examples:
        groups.setdefault((example.language, example.label), []).append(example)
    random = np.random.default_rng(0)
    return [group[place] for group in groups.values() for place in random.permutation(len(group))[: max(1, round(share * len(group)))]]


def methods(lab: Lab) -> dict[str, Callable[[], Scores]]:
    """What can match a message with a label, each as a function that scores all rows."""
    from sklearn.linear_model import LogisticRegression, SGDClassifier

    asked_matrix = as_matrix(lab.asked)
    pairs = list(zip(map(ngrams, lab.asked), lab.asked_vectors, strict=True))
    lexical = fit_lexical(lab.matrix, lab.labels)
    dense = fit_dense(lab.vectors, lab.labels)
    whole = Classifier("", lexical, lexical, dense)

    def linear(features: Any, asked: Any) -> Scores:
        return np.asarray(LogisticRegression(C=6, max_iter=200, tol=1e-3).fit(features, lab.labels).predict_proba(asked))

    def fused() -> Scores:
        from scipy.sparse import csr_matrix, hstack

        model = SGDClassifier(loss="log_loss", alpha=1e-6, max_iter=15, tol=None, average=True, random_state=0, n_jobs=-1)
        model.fit(hstack([csr_matrix(lab.vectors * 4), lab.matrix]).tocsr(), lab.labels)
        return np.asarray(model.predict_proba(hstack([csr_matrix(lab.asked_vectors * 4), asked_matrix]).tocsr()))

    def bm25() -> Scores:
        from rank_bm25 import BM25Okapi

        index = BM25Okapi([words(text) for text in lab.texts])
        return lab.nearest(lambda row: np.asarray(index.get_scores(words(lab.asked[row])), dtype=np.float32))

    return {
        "nearest examples, sentence vectors": lambda: lab.nearest(lambda row: lab.vectors @ lab.asked_vectors[row]),
        "nearest examples, BM25 over words": bm25,
        "nearest examples, character n-grams": lambda: lab.nearest(lambda row: (lab.matrix @ asked_matrix[row].T).toarray().ravel()),
        "logistic regression, sentence vectors": lambda: linear(lab.vectors * 6, lab.asked_vectors * 6),
        "networks, sentence vectors": lambda: np.array([dense.probabilities(vector) for _, vector in pairs]),
        "logistic regression, character n-grams": lambda: np.array([lexical.probabilities(letters) for letters, _ in pairs]),
        "logistic regression over both at once": fused,
        "kept: networks and n-grams, multiplied": lambda: np.array(
            [_in_order(whole.rank(letters, vector), lab.names) for letters, vector in pairs]
        ),
    }


def matching(console: Console) -> None:
    """Which method finds the topic."""
    lab = Lab(read_rows("check.jsonl"))
    table = Table("method", "topic first", "95 %", "among 4", "danger", "out of scope")
    for name, score in methods(lab).items():
        try:
            scores = score()
        except ImportError as error:
            console.print(f"{name}: not run, {error}")
            continue
        table.add_row(name, *_judged(lab, scores))
    console.print(f"{len(lab.examples)} examples, {len(lab.rows)} rows")
    console.print(table)


def curve(console: Console) -> None:
    """What more examples bring."""
    rows = read_rows("examples.jsonl")
    table = Table("share of the examples", "examples", "topic first", "95 %", "among 4", "danger", "out of scope")
    for share in (1 / 16, 1 / 8, 1 / 4, 1 / 2, 3 / 4, 1):
        lab = Lab(rows, without=rows, share=share)
        classifier = lab.classifier()
        table.add_row(f"{share:.0%}", str(len(lab.examples)), *_judged(lab, _scores(classifier, lab)))
    console.print(table)


def calibration(console: Console) -> None:
    """Whether probabilities can be believed, and what each threshold costs."""
    rows = read_rows("examples.jsonl")
    lab = Lab(rows, without=rows)
    scores = _scores(lab.classifier(), lab)
    best, sure = scores.argmax(axis=1), scores.max(axis=1)
    right = np.array([lab.names[place] in _accepted(row) for place, row in zip(best, rows, strict=True)])
    table = Table("probability", "messages", "mean", "right", title="reliability")
    for low, high in ((0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.97), (0.97, 1.01)):
        within = (sure >= low) & (sure < high)
        if within.any():
            table.add_row(f"{low}–{high}", str(within.sum()), f"{sure[within].mean():.2f}", f"{right[within].mean():.2f}")
    console.print(table)
    kinds = np.array([row["kind"] for row in rows])
    topics = np.array(
        [name not in {"danger", "possible-danger", "human", "greeting", "thanks", "bye", "out-of-scope"} for name in lab.names]
    )
    table = Table("answered from", "topics and figures answered and right", "out of scope answered", title="threshold of an answer")
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        answered = topics[best] & (sure >= threshold)
        asked = np.isin(kinds, ["topic", "figure"])
        table.add_row(f"{threshold}", f"{(answered & right)[asked].mean():.1%}", f"{answered[kinds == 'out-of-scope'].mean():.1%}")
    console.print(table)
    danger = scores[:, lab.names.index("danger")]
    table = Table("danger from", "recall", "false alarms", title="threshold of danger, without the phrases of content/cues")
    for threshold in DANGER_FROM:
        table.add_row(
            f"{threshold}",
            f"{(danger[kinds == 'danger'] >= threshold).mean():.1%}",
            f"{(danger[kinds != 'danger'] >= threshold).mean():.1%}",
        )
    console.print(table)


def danger(console: Console) -> None:
    """What each threshold of danger finds and costs on a sixth of our own examples, the harder messages, kept out of the training."""
    held_out = [example for place, example in enumerate(shuffled(read_examples(load_library()))) if place % 6 == 0]
    rows: list[Row] = [{"text": example.text, "accept": [example.label], "kind": example.label} for example in held_out]
    lab = Lab(rows, without=rows)
    found = _scores(lab.classifier(), lab)[:, lab.names.index("danger")]
    cues = Cues()
    phrased = np.array([cues.danger(row["text"]) for row in rows])
    kinds = np.array([row["kind"] for row in rows])
    counts = {kind: int((kinds == kind).sum()) for kind in ("danger", "possible-danger")}
    table = Table("danger from", "recall", "possible danger read as danger", "false alarms on the rest", title=f"{counts} of {len(rows)}")
    rest = ~np.isin(kinds, list(counts))
    for threshold in DANGER_FROM:
        alarm = (found >= threshold) | phrased
        table.add_row(f"{threshold}", *(f"{alarm[which].mean():.1%}" for which in (kinds == "danger", kinds == "possible-danger", rest)))
    console.print(table)


def shuffled(examples: Sequence[Example]) -> list[Example]:
    """The examples in one random order."""
    return [examples[place] for place in np.random.default_rng(0).permutation(len(examples))]


def languages(console: Console) -> None:
    """Which detector tells the language of a message."""
    rows = read_rows("examples.jsonl")
    classifier = Lab(rows, without=rows).classifier()
    detectors: dict[str, Callable[[str], str | None]] = {
        "kept: character n-grams": lambda text: classifier.rank_languages(ngrams(text))[0][0]
    }
    detectors |= _other_detectors(console)
    table = Table("language", "rows", *detectors)
    found = {name: [detect(row["text"]) == row["lang"] for row in rows] for name, detect in detectors.items()}
    for language in [*LANGUAGES, None]:
        of = [place for place, row in enumerate(rows) if language in {None, row["lang"]}]
        table.add_row(language or "all", str(len(of)), *(f"{np.mean([right[place] for place in of]):.0%}" for right in found.values()))
    console.print(table)


def _other_detectors(console: Console) -> dict[str, Callable[[str], str | None]]:
    found: dict[str, Callable[[str], str | None]] = {}
    try:
        from lingua import LanguageDetectorBuilder

        lingua = LanguageDetectorBuilder.from_all_languages().build()
        found["lingua"] = lambda text: (guess := lingua.detect_language_of(text)) and guess.iso_code_639_1.name.lower()
    except ImportError as error:
        console.print(f"lingua not run: {error}")
    try:
        import py3langid

        py3langid.set_languages([language for language in LANGUAGES if language not in {"so", "ckb", "ti"}])
        found["py3langid"] = lambda text: str(py3langid.classify(text)[0])
    except ImportError as error:
        console.print(f"py3langid not run: {error}")
    return found


def read_rows(name: str) -> list[Row]:
    """The labelled messages of ../shared/questions."""
    return [json.loads(line) for line in (QUESTIONS / name).read_text(encoding="utf-8").splitlines()]


def _scores(classifier: Classifier, lab: Lab) -> Scores:
    pairs = zip(map(ngrams, lab.asked), lab.asked_vectors, strict=True)
    return np.array([_in_order(classifier.rank(letters, vector), lab.names) for letters, vector in pairs])


def _in_order(ranking: Ranking, names: Sequence[str]) -> list[float]:
    shares = dict(ranking)
    return [shares[name] for name in names]


def _accepted(row: Row) -> list[str]:
    return [*row["accept"], "figure"] if row["kind"] == "figure" else list(row["accept"])


def _judged(lab: Lab, scores: Scores) -> list[str]:
    order = np.argsort(-scores, axis=1)
    kinds = [row["kind"] for row in lab.rows]

    def hits(kind: str, among: int) -> list[bool]:
        chosen = [place for place, name in enumerate(kinds) if name == kind]
        return [bool({lab.names[label] for label in order[place, :among]} & set(_accepted(lab.rows[place]))) for place in chosen]

    first, low_high = hits("topic", 1), interval(sum(hits("topic", 1)), len(hits("topic", 1)))
    return [
        f"{np.mean(first):.1%}",
        f"{low_high[0]:.1%}–{low_high[1]:.1%}",
        *(f"{np.mean(hits(kind, among)):.1%}" for kind, among in (("topic", 4), ("danger", 1), ("out-of-scope", 1))),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description=__doc__)
    commands = {command.__name__: command for command in (matching, curve, calibration, danger, languages)}
    parser.add_argument("what", choices=commands)
    commands[parser.parse_args().what](Console(width=140))
