import pytest

from dashboard.app_pages.markup import as_markdown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a *b* [c](d) `e`", r"a \*b\* \[c\]\(d\) \`e\`"),
        ("see https://a.b", "see https\u2060\\://a\\.b"),
        ("www.a.b", "www\u2060\\.a\\.b"),
        ("ask a@b.c", "ask a@\u2060b\\.c"),
    ],
)
def test_what_a_document_says_is_shown_letter_by_letter_and_is_no_link(text: str, shown: str) -> None:
    assert as_markdown(text) == shown
