"""Version of the library, and of the rule set that it holds."""

__all__ = ["RULE_SET_VERSION", "__version__"]

__version__ = "0.1.0"
"""Version of the library; rises as semantic versioning says."""

RULE_SET_VERSION = "2026.11"
"""Rises when any answer of any rule changes; see the changelog for whose."""
