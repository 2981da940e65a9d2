"""
What a user needs to test against these rules: chains, strategies, laws and a state machine.

Import what you use: ``from bpvo_rules.testing import laws, strategies``. Strategies and the state machine
need Hypothesis (the extra ``testing``); chains of chance (``worlds``) and the laws do without it.
"""
