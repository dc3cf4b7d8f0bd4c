"""What administrators do with the people of their organisation."""
