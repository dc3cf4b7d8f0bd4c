"""How people prove who they are.

Functions that take a unit of work open several: passwords are hashed between transactions,
never inside one.
"""
