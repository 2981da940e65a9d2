"""
Verification: is a program that answers these questions right, whoever wrote it?

``kit`` holds the conformance cases and ``conformance`` runs them against a program in any language. ``worlds`` makes
chains by chance, and ``laws`` says what must hold of any chain; ``strategies`` and ``machine`` do that with Hypothesis,
for which the extra ``testing`` is needed. Import what you use: ``from bpvo_rules.testing import kit, strategies``.
"""
