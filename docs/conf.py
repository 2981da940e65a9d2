"""How Sphinx builds these pages: `make docs`."""

from bpvo_rules.version import __version__

project = "bpvo_rules"
copyright = "the bpvo_rules maintainers"  # noqa: A001 - the name that Sphinx reads
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"bpvo_rules {__version__}"
myst_heading_anchors = 3

# Attributes are described in the docstring of their class; autodoc would describe them once more.
napoleon_use_ivar = True
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": True}

# A name stands on the page of every package that exports it; a link goes to the first.
suppress_warnings = ["ref.python"]
