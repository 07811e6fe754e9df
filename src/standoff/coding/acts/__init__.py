"""Acts: who did what to whom, in words or deeds, and how real it is (codebook section 2).

The layer is a row of separable steps. A *detector* proposes candidates (trigger, type); the other steps fill one field
each and neither know nor care who proposed: roles, modality, content and condition, evidence, date and place,
attribution, duplicates, issue labels.
"""

from standoff.coding.acts.component import Acts, code
from standoff.coding.acts.scale import score_of

__all__ = ["Acts", "code", "score_of"]
