"""What holds of the announcements of every programme."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.announced import text
from tests.documents.noted import DAY, cycle, session
from tests.strategies import Data, days, programmes
from webcycle.documents import html
from webcycle.documents.announce import programme as whole_programme
from webcycle.documents.announce import publication
from webcycle.documents.announce import session as announcement
from webcycle.documents.blocks import Document, Heading, every
from webcycle.documents.voice import Voice
from webcycle.errors import Language, RefusedError
from webcycle.joinlinks import keep_private
from webcycle.programme import Programme

LANGUAGES = st.sampled_from(("fr", "en"))
HOSTILE = '**[x](https://evil.example.org/)** <img src=x> {title} `a` "b'


def announced(programme: Programme, lang: Language, issued: date) -> list[Document]:
    voice = Voice.of_programme(programme, lang)
    return [
        whole_programme.build(programme, voice, issued),
        *(announcement.build(programme, one, voice, issued) for one in programme.sessions),
        *(publication.build(programme, one, voice, issued) for one in programme.resources),
    ]


@settings(max_examples=25, deadline=None)
@given(programmes(max_sessions=4), LANGUAGES, days)
def test_every_programme_and_session_can_be_announced_without_its_join_link(
    data: Data, lang: Language, issued: date
) -> None:
    programme = Programme.model_validate(data)
    try:
        documents = announced(programme, lang, issued)
    except RefusedError:  # Markdown of the author that no document takes: `check` says so
        return
    for document in documents:
        ids = [block.id for block in every(document.blocks) if isinstance(block, Heading) and block.id]
        assert len(ids) == len(set(ids))
        levels = [1, *(block.level for block in document.blocks if isinstance(block, Heading))]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
        keep_private(programme, (("page.md", text(document).encode()), ("page.html", html.render(document).encode())))
    assert announced(programme, lang, issued) == documents


def test_the_headings_of_an_author_go_below_the_title_without_a_gap() -> None:
    headed = "# Un\n\n## Deux\n\nTexte."
    programme = cycle(
        session(introduction=headed),
        resource=[{"kind": "guide", "title": "le guide", "introduction": headed}],
        cycle={"introduction": headed},
    )
    for document in announced(programme, "fr", DAY):
        levels = [1, *(block.level for block in document.blocks if isinstance(block, Heading))]
        assert {2, 3} <= set(levels)
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_words_of_the_author_are_text() -> None:
    person = {"name": HOSTILE, "role": HOSTILE, "organisation": HOSTILE}
    programme = cycle(
        session(
            title=HOSTILE,
            mode="in-person",
            place=HOSTILE,
            partners=[HOSTILE],
            audience=HOSTILE,
            speakers=[person],
            registration={"contact": "desk", "url": "https://example.org/register"},
            documents=[{"kind": "other", "title": HOSTILE, "url": "https://example.org/document"}],
            **{"parent-event": HOSTILE, "questions-to": {"label": HOSTILE}},
        ),
        resource=[
            {
                "kind": "guide",
                "title": HOSTILE,
                "publisher": HOSTILE,
                "aegis": HOSTILE,
                "collection": [HOSTILE],
                "formats": [HOSTILE],
                "presented-at": [{"event": HOSTILE, "date": DAY}],
            }
        ],
        contact=[{"id": "desk", "name": HOSTILE, "phone": HOSTILE}],
        link=[{"kind": "more", "title": HOSTILE}],
        release=[{"kind": "programme", "title": HOSTILE, "place": HOSTILE, "label": HOSTILE, "contact": "desk"}],
    )
    for lang in ("fr", "en"):
        for document in announced(programme, lang, DAY):
            page = html.render(document)
            assert "evil.example.org" in page
            assert 'href="https://evil' not in page
            assert "<img" not in page
            assert "<code" not in page
            assert "{title}" in page
