"""Sign-in, sessions, and building the Actor of a request."""
