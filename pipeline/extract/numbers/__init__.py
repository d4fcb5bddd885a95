"""Numbers in Spanish and English prose: where they stand, and what they are worth."""

from pipeline.extract.numbers.record import NOT_AMOUNTS, Kind, Number, Relation
from pipeline.extract.numbers.scan import read_numbers

__all__ = ["NOT_AMOUNTS", "Kind", "Number", "Relation", "read_numbers"]
