"""How a text is written for an engine: syllables, phonemes, tones."""
