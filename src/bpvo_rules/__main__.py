"""``python -m bpvo_rules``: the command line."""

import sys

from bpvo_rules.cli import main

if __name__ == "__main__":
    sys.exit(main())
