"""How likely a sentence that was written anew is borne out and proper, by what it is made of: a trained model."""
