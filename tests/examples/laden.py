"""The examples as modules: each is one file that a reader copies, so it is loaded from where it stands."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def loaded(path: Path) -> ModuleType:
    """Load a module that is in no package, from where it stands."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def example(name: str) -> ModuleType:
    """Load an example by its path below the folder, without ending."""
    return loaded(EXAMPLES / f"{name}.py")
