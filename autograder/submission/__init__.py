"""What was handed in, looked at with care and rebuilt on the source notebook."""
