"""
Verification: is a program that answers these questions right, whoever wrote it?

``kit`` holds the conformance cases and ``conformance`` runs them; both need the
core only. They are imported by their own names.
"""
