"""The only way in which the server asks other hosts; nothing here can be led astray by a name."""
