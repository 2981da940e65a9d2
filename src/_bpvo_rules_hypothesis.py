"""
The hook by which Hypothesis learns the strategies of bpvo_rules; for no other use.

Hypothesis calls :func:`register_later` when it is imported (entry point group ``hypothesis``). Many who import
Hypothesis use no rule at all, so that must not import the rules: this module stands outside the package, and when
the package has not been imported yet it only leaves a watcher among the import hooks of Python. The watcher lets the
other hooks find the package as always, and once the package has been imported it registers the strategies and goes.

Nobody sees the watcher afterwards: the module of the package has the loader that it would have had. Two threads that
import at once register at most twice, which gives the same as once.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

__all__ = ["register_later"]

_PACKAGE = "bpvo_rules"
_STRATEGIES = "bpvo_rules.testing.strategies"


def register_later() -> None:
    """Register the strategies with Hypothesis when the rules are imported, or now when they are already."""
    if _PACKAGE in sys.modules:
        _register()
    elif not any(isinstance(finder, _Watcher) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Watcher())


def _register() -> None:
    # This module registers itself as its last act. When it is in the middle of its own import (it was what imported
    # Hypothesis) it still will.
    __import__(_STRATEGIES)


class _Watcher(MetaPathFinder):
    """Waits for the package; what it finds is what the other finders find."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Give the spec of the package with a loader that registers afterwards; nothing for any other module."""
        if fullname != _PACKAGE:
            return None
        for finder in list(sys.meta_path):
            if finder is self or not hasattr(finder, "find_spec"):
                continue
            spec = finder.find_spec(fullname, path, target)
            if spec is not None:
                loader = spec.loader
                if loader is not None and hasattr(loader, "exec_module"):
                    spec.loader = _Registering(loader, self)
                return spec
        return None


class _Registering(Loader):
    """Loads a module as its own loader does, and registers the strategies when that went well."""

    def __init__(self, loader: Loader, watcher: _Watcher) -> None:
        self._loader = loader
        self._watcher = watcher

    def __getattr__(self, name: str) -> Any:
        """Whatever else is asked is asked of its own loader, by who only looks where the package is."""
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Make the module as its own loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module as its own loader does, and then register."""
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        if self._watcher in sys.meta_path:
            sys.meta_path.remove(self._watcher)
        _register()
