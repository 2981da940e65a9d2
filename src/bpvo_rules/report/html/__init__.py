"""Pictures as SVG that stands on its own in any page: no script needed, nothing fetched."""
