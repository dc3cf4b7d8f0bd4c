"""How fast the API answers many people with much stored."""
