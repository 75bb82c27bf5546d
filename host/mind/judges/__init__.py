"""The second lock: judges that are asked whether facts carry a sentence, and may only forbid."""
