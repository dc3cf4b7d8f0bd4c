"""python -m jumpa."""

from jumpa.cli import main

main()
