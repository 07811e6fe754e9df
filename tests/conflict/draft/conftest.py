"""A dossier and its draft, made once for all tests of drafting."""

from __future__ import annotations

from pathlib import Path

import pytest
from draft_stories import ACTS, STANDOFF, dossier, record

from standoff.conflict.draft.drafting import draft_conflict
from standoff.conflict.draft.proposal import Proposal
from standoff.dossier.dossier import Dossier


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier of one standoff."""
    return dossier(tmp_path_factory.mktemp("draft") / "story.dossier", record("one", STANDOFF, ACTS))


@pytest.fixture(scope="session")
def proposal(story: Path) -> Proposal:
    """Its draft."""
    with Dossier.open(story) as opened:
        return draft_conflict(opened)


@pytest.fixture(scope="session")
def smaller(story: Path) -> Proposal:
    """A draft with fewer options, as if less were told."""
    with Dossier.open(story) as opened:
        return draft_conflict(opened, most=3)
