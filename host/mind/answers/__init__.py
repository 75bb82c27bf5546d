"""Answers to comments: the embedded answerer, language models, the chain of both, and the wording of replies."""
