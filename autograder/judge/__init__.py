"""A job in, a verdict out: everything that decides a mark."""
