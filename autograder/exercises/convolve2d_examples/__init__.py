"""The exercise `convolve2d_examples`: examples of `convolve2d`, written before it."""
