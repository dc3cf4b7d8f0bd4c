"""How the database came to be, revision by revision."""
