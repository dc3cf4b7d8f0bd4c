"""Load and comparison runs, with their results."""
