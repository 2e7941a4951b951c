"""The application: everything with side effects."""
