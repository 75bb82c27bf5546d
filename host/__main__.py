"""``python -m host`` is the command `livehost`."""

from host.cli import main

main()
