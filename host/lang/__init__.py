"""How people write and say things, in the languages a host speaks: the one reading of numbers, for voice and guard."""
