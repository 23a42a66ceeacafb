"""Words, numbers and sentences of a language, as its folder of rules gives them."""
