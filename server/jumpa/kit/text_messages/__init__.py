"""Messages to telephones: what is sent, and the ways by which it leaves."""
