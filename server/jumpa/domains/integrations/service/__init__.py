"""What is done with connected services."""
