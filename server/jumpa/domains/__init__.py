"""The product, one folder for each thing that people talk about."""
