"""What administrators ask about the whole, and what they end."""
