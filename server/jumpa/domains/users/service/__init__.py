"""What can be done with people's accounts, apart from proving who they are."""
