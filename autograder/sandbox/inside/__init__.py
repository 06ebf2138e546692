"""What runs beside the student, inside the sandbox; this folder is all of ours it can read."""
