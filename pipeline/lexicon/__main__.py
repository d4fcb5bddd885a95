"""`python -m pipeline.lexicon` checks the lexicon and says how large it is; a fault is named with file and line."""

import sys

from pipeline.errors import ConfigError
from pipeline.lexicon import load_lexicon

try:
    lexicon = load_lexicon()
except ConfigError as error:
    sys.exit(str(error))
print(f"lexicon: {len(lexicon.organizations)} organizations, {len(lexicon.families)} families, all well")  # noqa: T201
