import reference

for arguments, *named, expected in normalize_examples:
    if isinstance(expected, str):
        continue
    assert np.allclose(reference.normalize(*arguments, **dict(*named)), expected)
assert normalize_examples
