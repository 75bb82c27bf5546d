"""What a comment wants, by a linear model trained on labelled comments; `model.reading` is all that others ask for.

The rules of words and order in `host.core.identity` and `host.chat` are precise, and know the words they were made
with; this knows what is like them, and is unsure where it should be. Whoever asks it combines the two.
"""
