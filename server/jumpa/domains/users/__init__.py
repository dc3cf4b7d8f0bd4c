"""People with an account: profile, picture, settings and contacts."""
