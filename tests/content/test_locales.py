"""Languages: which one a person gets."""

import pytest

from content.locales import LANGUAGES, accepted, direction, native_name, parse_language


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("fi-FI", "fi"),
        ("zh_Hans_CN", "zh"),
        ("prs", "fa"),
        ("fil", "tl"),
        ("PT-br", "pt"),
        ("xx", None),
        ("", None),
        (None, None),
        ("<script>", None),
    ],
)
def test_a_tag_becomes_one_of_ours_or_none(tag: str | None, language: str | None) -> None:
    assert parse_language(tag) == language


def test_the_browsers_weights_decide() -> None:
    assert accepted("de-DE, sv;q=0.5, fi;q=0.9, *;q=0.1") == "fi"
    assert accepted("de;q=oops") is None


def test_four_languages_run_from_right_to_left() -> None:
    assert [language for language in LANGUAGES if direction(language) == "rtl"] == ["ar", "fa", "ur", "ckb"]


def test_each_language_has_a_name_of_its_own() -> None:
    """A person looks for their language in its own script."""
    assert len({native_name(language) for language in LANGUAGES}) == len(LANGUAGES) == 25
