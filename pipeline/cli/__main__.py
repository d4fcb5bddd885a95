"""`python -m pipeline.cli` is `recuento`."""

from pipeline.cli import main

main()
