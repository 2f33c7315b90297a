"""Understanding messages in 25 languages: danger, language, stories with questions in them."""

import pytest

from bot.conversation import Conversation
from content.locales import LANGUAGES
from content.search.cues import Cues
from content.search.examples import OTHER_LABELS, Example, read_examples
from content.search.understand import Understanding
from content.topics import Library

HARMLESS = [
    "my friend was beaten by her pimp last year, can she get help",
    "statistics on violence against victims",
    "do you help people who were raped in Libya",
    "he used to hit me, I left him two years ago and now I have nightmares",
    "onko väkivalta ihmiskauppaa",
    "tilastoja väkivallasta",
    "ما عندي بيت وين انام",
    "मलाई पहिले कुटिन्थ्यो, अहिले सुरक्षित छु, उपचार पाइन्छ?",
    "¿qué es la violencia sexual?",
]


@pytest.fixture(scope="module")
def understanding(conversation: Conversation) -> Understanding:
    return conversation.understanding


@pytest.fixture(scope="module")
def examples(library: Library) -> list[Example]:
    return read_examples(library)


class TestDanger:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_example_of_danger_is_missed(self, understanding: Understanding, examples: list[Example], language: str) -> None:
        """What was learnt must be known (every third, for time); messages nobody learnt from are measured by `python -m bot evaluate`."""
        learnt = [example.text for example in examples if (example.language, example.label) == (language, "danger")]
        assert len(learnt) >= 40

        missed = [text for text in learnt[::3] if not understanding.read(text).danger]

        assert missed == []

    @pytest.mark.parametrize("text", HARMLESS)
    def test_words_of_violence_used_for_information_are_no_danger(self, understanding: Understanding, text: str) -> None:
        assert not understanding.read(text).danger

    def test_a_message_that_words_alone_make_plain_does_not_hide_danger(self, understanding: Understanding) -> None:
        """The n-grams are sure that this is about the police; the model must be asked all the same."""
        assert understanding.read("police please fast").danger

    def test_phrases_of_danger_stand_in_no_other_example(self, examples: list[Example]) -> None:
        """A phrase that is taken for danger whatever else is said must be sure: hardly any other example may hold one."""
        cues = Cues()
        others = [example for example in examples if example.label not in {"danger", "possible-danger"}]

        asked = others[::3]
        alarms = [example for example in asked if cues.danger(example.text)]

        assert len(alarms) / len(asked) < 0.001

    def test_every_language_has_phrases_of_danger(self) -> None:
        from content.settings import CONTENT_DIR

        assert {path.stem for path in (CONTENT_DIR / "cues").glob("*.txt")} == set(LANGUAGES)


class TestLanguage:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("mero gharma khabar janxa ki", "ne"),
            ("boyus politsii. obyazatelno li zayavlenie pisat", "ru"),
            ("ana me7taja mo7ami", "ar"),
            ("kya mard ko bhi madad milti hai", "ur"),
            ("em khong co cho o", "vi"),
            ("trebuie sa merg la politie?", "ro"),
            ("چۆن داوای یارمەتی بکەم", "ckb"),
            ("ሓገዝ ብኸመይ ይሓትት", "ti"),
            ("እንዴት ነው እርዳታ የምጠይቀው", "am"),
        ],
    )
    def test_the_language_is_told_in_its_own_script_or_in_latin(self, understanding: Understanding, text: str, language: str) -> None:
        assert understanding.read(text).language == language

    def test_of_two_likely_languages_the_device_decides(self, understanding: Understanding) -> None:
        meaning = understanding.read("namaste")
        runner_up = meaning.languages[1][0]
        assert meaning.language_hinted("fi") == meaning.language
        if meaning.languages[0][1] < 0.7 and meaning.languages[1][1] >= 0.15:
            assert meaning.language_hinted(runner_up) == runner_up


class TestStories:
    def test_a_story_finds_its_question(self, understanding: Understanding) -> None:
        meaning = understanding.read(
            "My boss took my passport in 2021 and I worked in his restaurant for three years. He paid 200 euro a month. "
            "Now I am out but I have no papers. Can I get a lawyer?"
        )
        assert meaning.best[0] == "services-legal"

    def test_two_questions_are_both_found(self, understanding: Understanding) -> None:
        meaning = understanding.read("Do I have to go to the police? Will you tell my family?")
        assert {meaning.best[0], meaning.second} == {"police", "confidentiality"}

    def test_one_question_has_no_second(self, understanding: Understanding) -> None:
        assert understanding.read("Do I have to go to the police to get help from you?").second is None


class TestExamples:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_label_has_examples_in_every_language(self, library: Library, examples: list[Example], language: str) -> None:
        """At least 120 in English, 40 in Finnish and Swedish, 15 elsewhere; small talk counts together."""
        least = {"en": 120, "fi": 40, "sv": 40}.get(language, 15)
        counts = dict.fromkeys([*library.topics, *OTHER_LABELS], 0)
        for example in examples:
            counts[example.label] += example.language == language

        small_talk = sum(counts.pop(label) for label in ("greeting", "thanks", "bye"))

        assert small_talk >= least
        assert {label: count for label, count in counts.items() if count < least} == {}
