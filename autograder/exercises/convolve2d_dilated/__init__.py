"""The exercise `convolve2d_dilated`."""
