"""The code that runs with the student's, inside the sandbox: the only folder of convgrade it can read."""
