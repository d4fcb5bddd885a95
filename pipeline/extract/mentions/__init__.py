"""Who is named: models and organizations, by the lexicon, by the grammar of names, and by what is said of them.

`find.find_mentions` runs the rules. Nothing is imported here: `reach` needs the index alone, not the rules.
"""
