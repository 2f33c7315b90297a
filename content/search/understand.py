"""Understanding one message: its language, what it is about, and how near it is to danger."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from content.search.classifier import Classifier, Ranking
from content.search.cues import Cues
from content.search.embedding import Embedder
from content.search.features import Ngrams, ngrams
from content.search.normalise import clean, words

# The thresholds were chosen on the example messages, not on the examination set: docs/understanding.md.
_LIKELY_LANGUAGE, _CERTAIN_LANGUAGE, _SURE_LANGUAGE = 0.15, 0.4, 0.7
_DANGER = 0.1
"""Recall before precision: a false alarm costs a line to read, a miss may cost a life."""
_POSSIBLE_DANGER = 0.45
_CLEAR_QUESTION = 0.6
"""How probable a sentence's topic must be to count as a question of its own."""

_PLAIN = 0.8
"""How sure the n-grams must be to answer without the embedding model, which takes nine tenths of a reply's time."""
_HARDLY_DANGER = 0.02
"""From here on the model is asked too, however sure the n-grams are of something else."""

_FOLLOW_UP_WORDS = 4
"""A message this short may only make sense after the one before it."""
_STORY_WORDS = 10
"""From here on a message is read sentence by sentence too."""
_MOST_SENTENCES = 5
_SENTENCE = re.compile(r"[^.!?؟。！？।።\n]+[.!?؟。！？।።\n]*")
_QUESTION_MARKS = ("?", "؟", "？")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a message was understood to be; nothing of its text is kept.

    `languages` are those it may be written in. `second` is the label of another question in the same message.
    """

    languages: Ranking
    labels: Ranking
    danger: bool
    possible_danger: bool
    words: int
    second: str | None = None

    @property
    def best(self) -> tuple[str, float]:
        return self.labels[0]

    @property
    def language(self) -> str | None:
        """The language of the message, or None when it cannot be told."""
        return next((language for language, share in self.languages[:1] if share >= _CERTAIN_LANGUAGE), None)

    def language_hinted(self, hint: str | None) -> str | None:
        """The language of the message; of several likely ones, that which the person's device is set to."""
        likely = {language for language, share in self.languages if share >= _LIKELY_LANGUAGE}
        return hint if hint in likely and self.languages[0][1] < _SURE_LANGUAGE else self.language

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
            return Meaning([], labels=[("out-of-scope", 1.0)], danger=False, possible_danger=False, words=0)
        follow_up = [f"{before}. {message}"] if before is not None and count <= _FOLLOW_UP_WORDS else []
        sentences = _sentences(text) if count >= _STORY_WORDS else []
        texts = [message, *follow_up, *sentences]
        # In a story with a question the other sentences only warn of danger, which the n-grams and the whole tell by themselves.
        questions = set(filter(_is_question, sentences))
        told_only = set(sentences) - questions if questions else set()
        letters = [ngrams(each) for each in texts]
        whole, *parts = self._rank(texts, letters, without_model=told_only)
        labels = _mean([whole, *parts[: len(follow_up)]])
        told = parts[len(follow_up) :]
        asked = [ranking for sentence, ranking in zip(sentences, told, strict=True) if sentence in questions] or told
        if asked:
            labels = _mean([labels, _mean(asked)])
        danger = max(dict(ranking)["danger"] for ranking in [whole, *told])
        possible = max(dict(ranking)["danger"] + dict(ranking)["possible-danger"] for ranking in [whole, *told])
        return Meaning(
            languages=self._classifier.rank_languages(letters[0])[:3],
            labels=labels,
            danger=danger >= _DANGER or self._cues.danger(message),
            possible_danger=possible >= _POSSIBLE_DANGER,
            words=count,
            second=_second(labels[0][0], asked),
        )

    def cued_danger(self, text: str) -> bool:
        """Whether a phrase of danger stands in a text, without asking the model: for the far end of a long message."""
        return self._cues.danger(text)

    def _rank(self, texts: Sequence[str], letters: Sequence[Ngrams], *, without_model: Collection[str]) -> list[Ranking]:
        by_ngrams = [self._classifier.topics.probabilities(own) for own in letters]
        rankings = [self._classifier.weigh(shares) for shares in by_ngrams]
        unsure = [place for place, ranking in enumerate(rankings) if not _is_plain(ranking) and texts[place] not in without_model]
        if self._embedder is not None and unsure:
            vectors = self._embedder.embed([texts[place] for place in unsure])
            for place, vector in zip(unsure, vectors, strict=True):
                rankings[place] = self._classifier.weigh(by_ngrams[place], vector)
        return rankings


def _sentences(text: str) -> list[str]:
    """The sentences of a story; of many, the first, the last and the questions."""
    found = [sentence for match in _SENTENCE.findall(text) if len((sentence := clean(match)).split()) > 1 or len(sentence) > _STORY_WORDS]
    if len(found) <= 1:
        return []
    by_weight = sorted(range(len(found)), key=lambda place: (not _is_question(found[place]), place not in {0, len(found) - 1}))
    return [found[place] for place in sorted(by_weight[:_MOST_SENTENCES])]


def _is_plain(ranking: Ranking) -> bool:
    return ranking[0][1] >= _PLAIN and (ranking[0][0] == "danger" or dict(ranking)["danger"] < _HARDLY_DANGER)


def _is_question(sentence: str) -> bool:
    return sentence.endswith(_QUESTION_MARKS)


def _second(first: str, asked: Sequence[Ranking]) -> str | None:
    clear = [ranking[0][0] for ranking in asked if ranking[0][1] >= _CLEAR_QUESTION]
    return next((label for label in clear if label != first), None) if first in clear else None


def _mean(rankings: Sequence[Ranking]) -> Ranking:
    if len(rankings) == 1:
        return rankings[0]
    shares = {label: float(np.mean([dict(ranking)[label] for ranking in rankings])) for label, _ in rankings[0]}
    return sorted(shares.items(), key=lambda pair: -pair[1])
