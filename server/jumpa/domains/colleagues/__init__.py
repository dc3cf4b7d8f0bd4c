"""The people of an organisation as its administrators see them: accounts, invitations, log."""
