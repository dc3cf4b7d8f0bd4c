"""Messages that last."""
