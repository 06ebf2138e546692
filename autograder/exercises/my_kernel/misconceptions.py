"""Wrong values of `my_kernel`, an array of 3 by 3 weights of the student's own."""

from __future__ import annotations

import numpy as np

from autograder.checks.mistakes import Table
from reference import KERNELS

LESSON = {name: kernel.array for name, kernel in KERNELS.items()}

mistakes = Table("my_kernel", "3_custom_kernels#own-rules", "kernel")

mistakes.values(
    "All weights are 0, so every picture becomes black; change some of them.",
    zeros=np.zeros((3, 3)),
    integer_zeros=np.zeros((3, 3), int),
)
mistakes.values(
    "A single weight in the middle only copies the picture; give its neighbours weights, too.",
    identity=LESSON["identity"],
    identity_doubled=LESSON["identity"] * 2,
    identity_negated=-LESSON["identity"],
)
mistakes.values(
    "Your kernel needs three rows of three numbers; yours has another shape.",
    flat_list_of_nine=np.array([1.0, 2, 1, 0, 1, 0, -1, -2, -1]),
    five_by_five=LESSON["gaussian_5x5"],
    two_by_two=np.array([[1.0, -1], [-1, 1]]),
    one_number=np.array(9.0),
)
mistakes.values(
    "Your kernel is a list of lists; turn it into a NumPy array.",
    nested_list=[[0, 1, 0], [1, 2, 1], [0, 1, -1]],
)
mistakes.values(
    "There is a NaN or an infinity among your weights, perhaps from dividing by a sum of 0.",
    divided_by_nothing=np.array(
        [[np.nan, np.inf, np.nan], [-np.inf, np.nan, np.inf], [np.nan, -np.inf, np.nan]]
    ),
    all_nan=np.full((3, 3), np.nan),
)
mistakes.values(
    "The weights have to be real numbers.",
    complex_weights=np.array([[0, 1j, 0], [1, 0, -1], [0, -1j, 0]]),
    words=np.array([["0", "1", "0"], ["1", "2", "1"], ["0", "1", "-1"]]),
)
mistakes.values(
    "This kernel is one of the lesson's, perhaps rotated or scaled; change some weights to make it yours.",
    aspect="own",
    sobel_x=LESSON["sobel_x"],
    sobel_x_negated=-LESSON["sobel_x"],
    sobel_y=LESSON["sobel_y"],
    sobel_y_upside_down=LESSON["sobel_y"][::-1],
    diagonal=LESSON["diagonal"],
    diagonal_mirrored=LESSON["diagonal"][:, ::-1],
    gaussian=LESSON["gaussian_3x3"],
    gaussian_times_sixteen=np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]),
    sharpen=LESSON["sharpen"],
    emboss=LESSON["emboss"],
    emboss_turned=np.rot90(LESSON["emboss"]),
    laplacian=LESSON["laplacian"],
    laplacian_negated=-LESSON["laplacian"],
    high_pass=LESSON["high_pass"],
    high_pass_by_nine=LESSON["high_pass"] / 9,
)
