"""What is missing, out of date or about to be."""
