"""A polite and careful way to fetch things: see `client`. Importing this package alone costs nothing."""
