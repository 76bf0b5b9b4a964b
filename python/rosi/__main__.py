"""The program: ``python -m rosi assess case.toml``."""

from rosi import main

main()
