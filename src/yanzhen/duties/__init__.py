"""应办: duties as they are declared, their standing as facts leave it, and everybody's work list."""
