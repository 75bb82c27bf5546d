"""Recorded sound: decoding, measuring, levelling, and what a recording must be to be heard."""
