"""Text as the search compares it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from content.search.normalise import clean, fold, words


class TestClean:
    def test_bidi_overrides_and_controls_are_dropped(self) -> None:
        """Characters that reverse or hide text do not reach the search."""
        assert clean("a\u202eb\u0000c\u2066d\ne") == "ab cd e"

    def test_piled_up_marks_are_cut(self) -> None:
        """Zalgo text keeps at most three marks on a letter."""
        assert len(clean("h" + "\u0301\u0302\u0303\u0304" * 30)) <= 5

    @given(st.text(max_size=300))
    def test_any_text_is_taken(self, text: str) -> None:
        """Whatever is written comes out free of control characters, and cleaning twice changes nothing."""
        cleaned = clean(text)
        assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in cleaned)
        assert clean(cleaned) == cleaned


class TestFold:
    def test_finnish_and_swedish_marks_do_not_matter(self) -> None:
        """A person without ä and ö on the keyboard is understood alike."""
        assert fold("Hyväksikäyttö, ÅR!") == fold("hyvaksikaytto ar")

    def test_digits_of_any_script_are_read(self) -> None:
        assert words("٢٠٢٥ २०२५ 2025") == ["2025", "2025", "2025"]

    def test_arabic_letters_have_one_form(self) -> None:
        """Persian and Arabic keyboards write the same word with other code points."""
        assert fold("کي") == fold("كی")

    def test_vowel_signs_of_other_scripts_are_kept(self) -> None:
        """Dropping them would make different Nepali words equal."""
        assert fold("कति") != fold("कत")

    @given(st.text(max_size=300))
    def test_the_result_is_bordered_by_spaces(self, text: str) -> None:
        folded = fold(text)
        assert folded.startswith(" ")
        assert folded.endswith(" ")
