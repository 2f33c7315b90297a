"""The little language of wordings: what they match, and what they leave of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.search.normalise import fold
from content.search.wording import BLANK, parse_wording


@pytest.mark.parametrize(
    ("language", "wording", "text", "stands"),
    [
        ("en", "new clients", "How many NEW clients?", True),
        ("en", "new clients", "new old clients", False),
        ("en", "client*", "clientship", True),
        ("en", "*land", "in Finland", True),
        ("en", "new ~ clients", "new and very shy clients", True),
        ("en", "new ~ clients", "new clients", True),
        ("en", "new ~ clients", "new one two three four five clients", False),
        ("th", "ลูกค้า~ใหม่", "ลูกค้าที่ใหม่", True),
        ("zh", "新客户", "2025年有多少新客户", True),
        ("ne", "फिनल्याण्ड*", "फिनल्\u200dयाण्डमा", True),
    ],
)
def test_a_wording_stands_where_its_words_do(language: str, wording: str, text: str, *, stands: bool) -> None:
    assert (parse_wording(wording, language).search(fold(text)) is not None) == stands


def test_the_words_in_a_gap_are_left_to_be_read() -> None:
    """What is compared still stands in "more referrals than"."""
    spent = parse_wording("more ~ than", "en").spend(fold("more referrals than last year"))
    assert spent is not None
    assert spent[1].replace(BLANK, "").split() == ["referrals", "last", "year"]


@given(words=st.lists(st.sampled_from(["new", "clients", "in", "2025", "than", "more", "الآن", "कति"]), max_size=9))
def test_spending_keeps_every_place(words: list[str]) -> None:
    """A blanked text is as long as before, and a wording is spent a finite number of times."""
    text = fold(" ".join(words))
    wording = parse_wording("more ~ than", "en")
    for _ in range(len(words) + 1):
        spent = wording.spend(text)
        if spent is None:
            break
        assert len(spent[1]) == len(text)
        assert text[spent[0]] != BLANK
        text = spent[1]
    assert wording.spend(text) is None


@pytest.mark.parametrize("wording", ["", "~", "*", "?!", "~ *"])
def test_a_wording_without_letters_is_refused(wording: str) -> None:
    with pytest.raises(ValueError, match="holds no letters"):
        parse_wording(wording, "en")
