"""The reference implementations, in plain NumPy. They never enter a sandbox."""

from reference.convolution import convolve2d, output_size, zero_pad
from reference.dilation import convolve2d_dilated, dilated_size, pad_amounts
from reference.images import edge_magnitude, normalize
from reference.kernels import KERNELS, NamedKernel, gaussian_kernel, transition_frames
from reference.pooling import average_pool2d, max_pool2d
from reference.relationships import RELATIONSHIPS
from reference.transposed import conv_transpose2d, transposed_output_size

__all__ = [
    "KERNELS",
    "RELATIONSHIPS",
    "NamedKernel",
    "average_pool2d",
    "conv_transpose2d",
    "convolve2d",
    "convolve2d_dilated",
    "dilated_size",
    "edge_magnitude",
    "gaussian_kernel",
    "max_pool2d",
    "normalize",
    "output_size",
    "pad_amounts",
    "transition_frames",
    "transposed_output_size",
    "zero_pad",
]
