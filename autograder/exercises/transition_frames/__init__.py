"""The exercise `transition_frames`."""
