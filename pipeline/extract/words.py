"""Words that may stand between what is said and its number, in Spanish and English: parts of other modules' patterns.

What they mean for the number is read elsewhere (bounds.csv); here they only may not be in the way.
"""

from __future__ import annotations

APPROX = (
    r"unos|unas|casi|cerca de|alrededor de|aproximadamente|en torno a|más de|menos de|hasta|al menos|apenas|solo|sólo|"
    r"about|around|roughly|approximately|nearly|almost|some|close to|over|under|more than|less than|up to|at least|"
    r"only|just"
)
TO_NUMBER = rf"(?:(?:{APPROX}|el|los|las|un|una|the|an?)\s)*[~≈≥$€£*_]*"
