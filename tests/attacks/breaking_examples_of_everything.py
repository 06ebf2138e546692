"""Attack: examples that are huge, endless, thousands, or objects that lie about what they are.
Wants: a judge that never ends, or points for examples that say nothing.
Honest mark: 22
"""


# %% convolve2d_examples
class Liar(list):
    def __len__(self):
        return 3

    def __eq__(self, other):
        return True

    def __iter__(self):
        while True:
            yield ((np.ones((2, 2)), np.ones((2, 2))), self)


one = np.ones((1, 1))
convolve2d_examples = [
    ((one, one), {"padding": 10**9}, Liar()),
    ((np.zeros((0, 1 << 20)), one), Liar()),
    ((np.ones((1000, 1000)), one), np.ones((1000, 1000))),
    *[((one, one), {"stride": n}, one) for n in range(5000)],
]
