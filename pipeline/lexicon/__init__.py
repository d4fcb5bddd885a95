"""What is known of the field: organizations, model families, their spellings and their renames. Data in
`data/lexicon/`, read and checked here; how names are found in a text is the business of `pipeline.extract`.
"""

from pipeline.lexicon.load import load_lexicon
from pipeline.lexicon.records import Family, Lexicon, Naming, Organization, Rename

__all__ = ["Family", "Lexicon", "Naming", "Organization", "Rename", "load_lexicon"]
