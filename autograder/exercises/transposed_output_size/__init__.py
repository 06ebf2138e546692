"""The exercise `transposed_output_size`."""
