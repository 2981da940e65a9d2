"""
Imports what must come along in an environment without extras, and tells what did not.

Run as `python invoer.py MODULE ...` with the Python of that environment. Writes one line of JSON: per module that could
not be imported, the type of the error and its sentence.
"""

import importlib
import json
import sys


def main(names: list[str]) -> None:
    """Import each module."""
    refused = {}
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError as error:
            refused[name] = [type(error).__name__, str(error)]
    print(json.dumps(refused))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
