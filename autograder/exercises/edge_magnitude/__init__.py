"""The exercise `edge_magnitude`."""
