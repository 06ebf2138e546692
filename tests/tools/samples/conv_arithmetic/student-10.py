"""A loop that never ends: the stamps never move on."""

# %% pad_amounts = student-01
# %% convolve2d_dilated = student-01
# %% max_pool2d = student-01
# %% reflect_even = student-01
# %% reflect_dilation = student-01
# %% transposed_output_size = student-01
# %% conv_transpose2d
def conv_transpose2d(image, kernel, stride=1, padding=0, output_padding=0):
    y = 0
    while y < image.shape[0]:
        x = 0
        while x < image.shape[1]:
            x += 1
    return image


# %% reflect_inverse = student-01
# %% reflect_output_padding = student-01
