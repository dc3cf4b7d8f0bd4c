"""Queries on exports, and on everything that goes into them."""
