"""SQLite and PostgreSQL through SQLAlchemy: tables, transactions, organisations kept apart."""
