"""Figures that listen: what a voice says is typed back by a recogniser and held against what was written.

An error rate tells how well a voice is understood. Numbers are counted apart and by value, however they are spelled: a
host that says a price wrong makes the one mistake that costs most.
"""
