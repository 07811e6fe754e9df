"""Brief: everything above as one self-contained page."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from standoff.brief.material import Material, material_of
from standoff.dossier.dossier import Dossier

if TYPE_CHECKING:
    from standoff.conflict.answer.answer import Answer

__all__ = ["Material", "material_of", "render", "render_material"]


def render(dossier: Dossier, *, title: str | None = None, today: datetime.date | None = None) -> str:
    """Return the brief of a dossier as one HTML page; without a title, its leading actors are the title."""
    return render_material(material_of(dossier), title=title, today=today)


def render_material(
    material: Material,
    *,
    title: str | None = None,
    today: datetime.date | None = None,
    answer: Answer | None = None,
) -> str:
    """Return the brief of records that were read already, with the answer to a conflict where there is one."""
    from standoff.brief.page import page_html, page_of  # the app uses this room without ever writing a brief

    if answer is None:
        return page_html(page_of(material, title=title, today=today))
    from standoff.brief.settlement import settlement_of_answer

    settlement = settlement_of_answer(material, answer)
    return page_html(page_of(material, title=title, today=today, settlement=settlement))
