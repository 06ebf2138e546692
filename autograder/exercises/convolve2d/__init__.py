"""The exercise `convolve2d`."""
