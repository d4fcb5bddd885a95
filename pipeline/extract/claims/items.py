"""Items of a list that leave out what the first of them says: "- X ingresó 5.000 millones. - Y llegó a 3.000"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.parallel import ENDS, FIGURES, alike, is_other_sum
from pipeline.extract.fillers import TO_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.page import Entity
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity


def in_list(quantity: Quantity, previous: Sequence[Draft], setting: Setting) -> Draft | None:
    """The claim of the item before that an item repeats of its own name: "- X ingresó 5.000 millones. - Y, 3.000"."""
    page, at = setting.page, setting.sentence.block
    twin = previous[0] if previous else None
    if twin is None or twin.metric not in FIGURES or twin.sentence.block != at - 1:
        return None
    if page.blocks[at].kind != "item" or not _opening(setting, twin.sentence.block, twin.start):
        return None
    own = _opening(setting, at, quantity.start)
    if own is None or not alike(page.text, quantity, twin) or not ENDS.match(page.text, quantity.end):
        return None
    plain = _REACHES.fullmatch(page.text, own.end, quantity.start) and not is_other_sum(quantity, twin, setting)
    return twin if plain else None


def _opening(setting: Setting, block: int, number: int) -> Entity | None:
    """The name that an item begins with."""
    begin = setting.page.blocks[block].start
    opening = setting.page.between(begin, min(begin + 8, number))
    return opening[0] if opening and opening[0].end <= number else None


_REACHES = re.compile(rf"[*_”»\")]*(?:,|\s(?:[^\W\d]+\s){{1,4}}?)\s?{TO_NUMBER}")
