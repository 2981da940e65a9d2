"""The report as pages of HTML that stand on their own: one file, no script needed, nothing fetched."""
