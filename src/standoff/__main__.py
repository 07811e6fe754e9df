"""`python -m standoff` is the command line."""

from standoff.cli.app import main

main()
