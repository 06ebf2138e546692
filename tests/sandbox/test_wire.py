"""Frames between judge and kernel: what travels, what does not, and what hostile frames can do."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
import math
import socket
import struct
import subprocess
import sys
import tracemalloc
import types
from abc import ABC
from collections import Counter, OrderedDict, defaultdict, namedtuple
from enum import IntEnum
from fractions import Fraction
from typing import Generic, TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sandbox.call import Call
from autograder.sandbox.inside import encode, kinds, wire
from autograder.sandbox.inside.decode import decode
from autograder.sandbox.inside.kinds import Other, WireError
from autograder.sandbox.kernel import Kernel, KernelLost
from autograder.sandbox.limits import Limits
from autograder.sandbox.replies import Replies

DTYPES = sorted(kinds.DTYPES)
arrays = st.sampled_from(DTYPES).flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
)
plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**899), 2**899),
    st.floats(),
    st.text(st.characters(), max_size=50),
)
values = st.recursive(
    st.one_of(plain, arrays),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.lists(inner, max_size=3).map(tuple)),
    max_leaves=6,
)


def receiver(data):
    stream = io.BytesIO(data)

    def receive(size):
        part = stream.read(size)
        if len(part) != size:
            raise EOFError
        return part

    return receive


def read(frame):
    return wire.read(receiver(frame))


def there_and_back(value):
    _, [result] = read(wire.pack({}, [value]))
    return result


def framed(header, data=b""):
    if not isinstance(header, bytes):
        header = json.dumps(header).encode()
    return struct.pack(">II", len(header), len(data)) + header + data


def holding(*nodes, data=b"\1" * 64):
    return framed({"message": {}, "values": list(nodes)}, data)


def alike(one, other):
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, np.ndarray | np.generic):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, float):
        return struct.pack("d", one) == struct.pack("d", other) or (math.isnan(one) and math.isnan(other))
    return one == other


@settings(deadline=None)
@given(values)
def test_values_of_every_kind_arrive_as_they_left(value):
    assert alike(there_and_back(value), value)


@settings(deadline=None)
@given(st.dictionaries(st.text(), plain), st.lists(values, max_size=4))
def test_a_message_and_several_values_arrive_in_order(message, several):
    got, received = read(wire.pack(message, several))
    assert alike(sorted(got), sorted(message))
    assert all(alike(got[key], message[key]) for key in message)
    assert alike(received, several)


GENERAL = [
    {"a": 1, 2: [None, (1.5, {"b"})], (1, "x"): {}, b"k": b"\0v"},
    {1, "x", None, (1, 2), frozenset({3})},
    b"",
    b"\0\xff" * 100,
    complex(1, -2),
    Fraction(-7, 3),
    dt.date(2024, 2, 29),
    dt.datetime(2024, 2, 29, 12, 30, 1, 5),  # noqa: DTZ001  as students write them
    dt.datetime(2024, 2, 29, tzinfo=dt.UTC),
    dt.time(1, 2, 3),
    dt.timedelta(-1, 5, 7),
    [{"name": "x", "when": [dt.date(2020, 1, 1)]}] * 100,
]


@pytest.mark.parametrize("value", GENERAL, ids=lambda value: type(value).__name__)
def test_what_a_general_function_returns_arrives(value):
    got = there_and_back(value)
    assert got == value
    assert type(got) is type(value)
    assert wire.travelled(value) == value


def test_dictionaries_of_the_standard_library_arrive_as_plain_ones():
    for made in (Counter("aab"), OrderedDict(a=2, b=1), defaultdict(int, a=2, b=1)):
        got = there_and_back(made)
        assert (type(got), got) == (dict, {"a": 2, "b": 1})


def test_an_instance_of_a_plain_class_arrives_as_its_name_and_its_fields():
    point = plain_class()()
    point.x, point.rest = 1, [plain_class()()]
    got = there_and_back(point)
    assert (got.type_name, got.fields["x"]) == ("Point", 1)
    assert (got.fields["rest"][0].type_name, got.fields["rest"][0].fields) == ("Point", {})
    assert repr(there_and_back(got)) == repr(got)


def plain_class(**holds):
    return type("Point", (), {"__module__": "__main__", **holds})


def test_slots_travel_whatever_they_are_called_and_whatever_the_class_says_of_attributes():
    class Private:
        __slots__ = ("__x",)

        def __init__(self):
            self.__x = 1

    Private.__module__ = "__main__"
    assert there_and_back(Private()).fields == {"_Private__x": 1}
    one = plain_class(__slots__="value", __getattr__=lambda *_: 1 / 0, lies=property(lambda _: 1 / 0))()
    assert there_and_back(one).fields == {}
    one.value = 3
    assert there_and_back(one).fields == {"value": 3}


def test_instances_are_keys_by_what_they_hold():
    def points(*numbers):
        made = [plain_class()() for _ in numbers]
        for point, number in zip(made, numbers, strict=True):
            point.at = {"x": [number, {number}]}
        return made

    assert there_and_back(set(points(1, 2))) == there_and_back(set(points(2, 1.0)))
    assert there_and_back(set(points(1, 2))) != there_and_back(set(points(1, 3)))
    assert there_and_back(dict.fromkeys(points(1))) == there_and_back(dict.fromkeys(points(1)))


@pytest.mark.parametrize("size", [2, 3])
def test_a_few_keys_may_have_one_hash_by_nature(size):
    corners = set(itertools.product((-1, -2), repeat=size))
    assert len(set(map(hash, corners))) == 1
    assert there_and_back(corners) == corners


def test_what_equals_a_plain_value_arrives_as_one():
    pair = namedtuple("Pair", "x y", module="__main__")  # noqa: PYI024  as students write them
    got = there_and_back({np.str_("a"): pair(1, 2)})
    assert got == {"a": (1, 2)}
    assert [(type(key), type(value)) for key, value in got.items()] == [(str, tuple)]


@pytest.mark.parametrize("base", [complex, Fraction, dt.timedelta], ids=lambda base: base.__name__)
def test_numbers_of_a_class_of_ones_own_do_not_travel(base):
    lies = {"real": property(lambda _: []), "numerator": property(lambda _: 1 / 0), "__module__": "__main__"}
    assert there_and_back(type("Mine", (base,), lies)(1)) == Other("__main__.Mine")


@pytest.mark.parametrize("base", [ABC, Generic[TypeVar("T")]], ids=str)
def test_bases_that_hold_nothing_are_plain(base):
    made = types.new_class("Point", (base,), exec_body=lambda names: names.update(__module__="__main__"))
    assert there_and_back(made()).type_name == "Point"


@pytest.mark.parametrize("base", [list, dict, np.ndarray, Exception, IntEnum], ids=lambda base: base.__name__)
def test_a_class_made_of_others_is_not_plain(base):
    assert not encode._is_plain(
        type(base)("X", (base,), {"__module__": "__main__"}) if base is not IntEnum else Number
    )
    assert encode._is_plain(type("X", (), {"__module__": "__main__"}))
    assert not encode._is_plain(type("X", (), {"__module__": "os"}))


@pytest.mark.parametrize("value", [range(3), [{"deep": {1: object()}}], "x" * 10**6, [1.0] * 10**5], ids=type)
def test_what_cannot_travel_says_so(value):
    with pytest.raises(wire.CannotTravel):
        wire.travelled(value)


@pytest.mark.parametrize("dtype", DTYPES)
def test_arrays_and_scalars_of_every_dtype_arrive_bit_for_bit(dtype):
    array = np.arange(24).astype(dtype).reshape(4, 6)
    assert alike(there_and_back(array), array)
    assert alike(there_and_back(array[1, 1]), array[1, 1])


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "complex64"])
def test_nan_and_infinities_arrive(dtype):
    array = np.array([np.nan, np.inf, -np.inf, -0.0], dtype)
    assert alike(there_and_back(array), array)


@pytest.mark.parametrize("lock", [False, True])
@pytest.mark.parametrize(
    "view",
    [
        lambda a: a,
        lambda a: a.T,
        lambda a: a[::2],
        lambda a: a[:, ::2],
        lambda a: a[1:3, 1:3],
        lambda a: a[:, :1],
        lambda a: a[::-1],
        lambda a: a[0, ::2],
    ],
)
def test_the_layout_arrives(view, lock):
    array = view(np.arange(24.0).reshape(4, 6))
    array.flags.writeable = not lock
    got = there_and_back(array)
    assert kinds.layout(got) == kinds.layout(array)
    assert alike(got, array)


def test_layout_tells_its_four_letters():
    array = np.zeros((3, 4))
    assert [kinds.layout(a) for a in (array, array.T, array[:, ::2])] == ["", "F", "V"]
    array.flags.writeable = False
    assert [kinds.layout(a) for a in (array, array.T, array[:, ::2])] == ["R", "FR", "VR"]


@pytest.mark.parametrize("letters", ["", "F", "V", "R", "FR", "VR"])
@pytest.mark.parametrize("shape", [(2, 3), (3, 2), (3, 2, 4)])
def test_lay_out_makes_the_layout_asked_for_and_no_alias(letters, shape):
    array = np.arange(math.prod(shape)).reshape(shape)
    fresh = kinds.lay_out(array, letters)
    assert kinds.layout(fresh) == letters
    assert not np.shares_memory(fresh, array)
    assert fresh.tolist() == array.tolist()


def test_arrived_arrays_share_no_memory_with_one_another():
    array = np.zeros(3)
    _, [one, other] = read(wire.pack({}, [array, array]))
    assert not np.shares_memory(one, other)


class Sneaky(list):
    pass


class Number(IntEnum):
    ONE = 1


class Array(np.ndarray):
    pass


NOT_TRAVELLING = [
    np.array([object()]),
    np.array(["text"]),
    np.array([b"bytes"]),
    np.array(["2020"], "datetime64[Y]"),
    np.zeros(2, [("a", "f8")]),
    np.zeros(2, ">f8"),
    np.ma.masked_array([1, 2], [0, 1]),
    np.zeros(3).view(Array),
    np.zeros((2, 2)).view(np.recarray),
    np.datetime64("2020"),
    np.longdouble(1),
    1 << 5000,
    -(1 << 900),
    range(3),
    len,
    lambda: None,
    Sneaky([1]),
    Number.ONE,
    object(),
    int,
    [0] * (kinds.MAX_ITEMS + 1),
    type("open", (), {"__module__": "__main__"})(),
]


@pytest.mark.parametrize("value", NOT_TRAVELLING, ids=lambda value: type(value).__name__)
def test_what_must_not_travel_becomes_the_name_of_its_type(value):
    got = there_and_back(value)
    assert isinstance(got, Other)
    assert got.type_name


def test_a_matrix_does_not_pass_for_an_array():
    with pytest.warns(PendingDeprecationWarning):
        matrix = np.matrix([[1, 2]])
    got = there_and_back(matrix)
    assert type(got) is kinds.Matrix
    assert got == [[1, 2]]
    assert type(there_and_back(got)) is kinds.Matrix


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_a_matrix_of_nothing_travels_and_one_of_objects_does_not():
    assert there_and_back(np.matrix([[]])) == [[]]
    assert there_and_back(np.matrix([[object()]])) == Other("array of dtype object")
    assert isinstance(there_and_back(np.matrix(np.zeros((1, kinds.MAX_ITEMS + 1)))), Other)
    assert isinstance(there_and_back(np.matrix(np.zeros((kinds.MAX_ITEMS + 1, 0)))), Other)
    assert isinstance(there_and_back(np.matrix([[1]]).view(type("Mine", (np.matrix,), {}))), Other)


ROWS_OF_NOTHING = {"array": ["float64", [kinds.MAX_DATA, 0], 0]}


@pytest.mark.parametrize(
    "node", [{"matrix": 3}, {"matrix": [[1]]}, {"matrix": {"tuple": []}}, {"matrix": ROWS_OF_NOTHING}]
)
def test_a_matrix_is_made_of_an_array_alone(node):
    with pytest.raises(WireError):
        decode(node, io.BytesIO())


def test_names_of_types_are_told_apart():
    assert there_and_back(range(3)) == Other("range")
    assert there_and_back(Sneaky()).type_name.endswith("Sneaky")
    assert there_and_back(np.array([object()])) == Other("array of dtype object")
    assert there_and_back(Other("mine")) == Other("mine")


@pytest.mark.parametrize("kind", [list, tuple])
def test_deep_nesting_ends_in_other(kind):
    value = kind()
    for _ in range(500):
        value = kind([value])
    got = there_and_back(value)
    for _ in range(kinds.MAX_DEPTH):
        [got] = got
    assert isinstance(got, Other)


def test_a_list_that_holds_itself_ends_in_other():
    value = []
    value.append(value)
    assert "too deep" in json.dumps(there_and_back(value), default=repr)


def test_text_travels_whole_or_not_at_all():
    text = "\N{SNOWMAN}\ud800 " * (kinds.MAX_STRING // 3)
    assert there_and_back(text) == text
    assert there_and_back("x" * (kinds.MAX_STRING + 1)) == Other("str of 100001 characters, too long")


@pytest.mark.parametrize("shape", [(kinds.MAX_DATA // 8,), (0, 10**9), (10**9, 0), (1,) * 33], ids=str)
def test_an_array_too_large_to_compare_is_named_only(shape):
    assert there_and_back(np.zeros(shape)) == Other(f"array of shape {shape}, too large to compare")


def test_many_arrays_fill_a_frame_and_no_more():
    half = np.zeros(kinds.MAX_DATA // 2, np.uint8)
    _, got = read(wire.pack({}, [half, half, half]))
    assert [type(value) for value in got] == [np.ndarray, np.ndarray, Other]


def test_a_message_too_large_is_refused_by_the_sender():
    with pytest.raises(WireError):
        wire.pack({"text": "x" * kinds.MAX_HEADER})


# ------------------------------------------------------------------------------ hostile frames


def deep(count, node="1"):
    return b'{"message": {}, "values": [' + b"[" * count + node.encode() + b"]" * count + b"]}"


def tuples(count):
    return {"tuple": [tuples(count - 1)]} if count else 1


def instances(count):
    return {"instance": ["P", [["x", instances(count - 1)]]]} if count else 1


COLLIDING = [*range(500), *(number * sys.hash_info.modulus for number in range(1, 500))]
F8 = "<f8"
MALFORMED = {
    "no JSON": framed(b"\xff\xfe\x00"),
    "an empty header": framed(b""),
    "a list": framed([]),
    "a number": framed(1),
    "null": framed(None),
    "no values": framed({"message": {}}),
    "no message": framed({"values": []}),
    "values that are a number": framed({"message": {}, "values": 5}),
    "a message that is a number": framed({"message": 5, "values": []}),
    "a message of unhashable keys": framed({"message": [[[], 1]], "values": []}),
    "JSON nested too deep for Python": framed(deep(100_000)),
    "JSON nested too deep for us": framed(deep(kinds.MAX_DEPTH + 2)),
    "an integer of 1,000 digits": framed(deep(0, "9" * 1_000)),
    "an integer of 100,000 digits": framed(deep(0, "9" * 100_000)),
    "a list of too many items": holding([0] * (kinds.MAX_ITEMS + 1)),
    "an unknown tag": holding({"pickle": "x"}),
    "an empty tag": holding({}),
    "a tuple of a number": holding({"tuple": 3}),
    "a tuple nested too deep": holding(tuples(kinds.MAX_DEPTH + 1)),
    "a dictionary of keys that are lists": holding({"dict": [[[], 1]]}),
    "a dictionary of keys without values": holding({"dict": [[1]]}),
    "a dictionary of a word": holding({"dict": "ab"}),
    "a dictionary of too many items": holding({"dict": [[0, 0]] * (kinds.MAX_ITEMS + 1)}),
    "a dictionary whose keys have one hash": holding({"dict": [[key, 0] for key in COLLIDING]}),
    "a set whose items have one hash": holding({"set": COLLIDING}),
    "a set of dictionaries": holding({"set": [{"dict": []}]}),
    "two tags": holding({"set": [], "tuple": []}),
    "bytes of a word": holding({"bytes": "x"}),
    "bytes beyond the data": holding({"bytes": [0, 65]}),
    "bytes of a negative size": holding({"bytes": [0, -1]}),
    "bytes from elsewhere": holding({"bytes": [8, 1]}),
    "a complex word": holding({"complex": ["1", 2]}),
    "a complex number of three parts": holding({"complex": [1, 2, 3]}),
    "a complex number too large": holding({"complex": [1 << 2000, 0]}),
    "a fraction of nothing": holding({"fraction": [1, 0]}),
    "a fraction of floats": holding({"fraction": [0.5, 2]}),
    "a date of a number": holding({"date": 5}),
    "a date that is none": holding({"date": "2024-02-30"}),
    "a date of many characters": holding({"date": "2" * 5_000}),
    "a time span beyond all": holding({"timedelta": [10**12, 0, 0]}),
    "a time span of nan": holding({"timedelta": [math.nan, 0, 0]}),
    "an instance of a number": holding({"instance": [5, []]}),
    "an instance of too many fields": holding({"instance": ["P", [["x", 1]] * (kinds.MAX_FIELDS + 1)]}),
    "an instance of fields without names": holding({"instance": ["P", [[1, 1]]]}),
    "an instance that reads as a call": holding({"instance": ["open", [["file", "x"]]]}),
    "the same in wide letters": holding({"instance": ["\uff4fpen", [["file", "x"]]]}),
    "an instance of a field that is a keyword": holding({"instance": ["P", [["class", 1]]]}),
    "an instance nested too deep": holding(instances(kinds.MAX_DEPTH + 1)),
    "a text too long": holding("x" * (kinds.MAX_STRING + 1)),
    "an array of a word": holding({"array": "x"}),
    "an array of nothing": holding({"array": []}),
    "an array of null": holding({"array": None}),
    "an array of four parts": holding({"array": [F8, [1], 0, 0]}),
    "a negative shape": holding({"array": [F8, [-1], 0]}),
    "two negative shapes": holding({"array": [F8, [-1, -1], 0]}),
    "a float shape": holding({"array": [F8, [1.0], 0]}),
    "a bool shape": holding({"array": [F8, [True], 0]}),
    "a shape of words": holding({"array": [F8, ["1"], 0]}),
    "a shape that is a number": holding({"array": [F8, 1, 0]}),
    "a huge shape": holding({"array": [F8, [kinds.MAX_DATA] * 3, 0]}),
    "a shape beyond 64 bits": holding({"array": [F8, [1 << 70], 0]}),
    "a huge shape of nothing": holding({"array": [F8, [0, *[kinds.MAX_DATA] * 31], 0]}),
    "too many axes": holding({"array": [F8, [1] * 33, 0]}),
    "an offset beyond the data": holding({"array": [F8, [1], 64]}),
    "an offset far beyond the data": holding({"array": [F8, [1], 1 << 70]}),
    "a negative offset": holding({"array": [F8, [1], -8]}),
    "a float offset": holding({"array": [F8, [1], 0.0]}),
    "an offset of null": holding({"array": [F8, [1], None]}),
    "more than the data": holding({"array": [F8, [9], 0]}),
    "the same data twice": holding({"array": [F8, [1], 0]}, {"array": [F8, [1], 0]}),
    "objects": holding({"array": ["|O", [1], 0]}),
    "text": holding({"array": ["<U2", [1], 0]}),
    "a structure": holding({"array": ["f8,f8", [1], 0]}),
    "an alias of a dtype": holding({"array": ["float64", [1], 0]}),
    "foreign byte order": holding({"array": [">f8", [1], 0]}),
    "a dtype that is a list": holding({"array": [["<f8"], [1], 0]}),
    "a dtype that is null": holding({"array": [None, [1], 0]}),
    "a scalar of nothing": holding({"array": [F8, [0], 0], "scalar": True}),
    "a scalar of several": holding({"array": [F8, [2], 0], "scalar": True}),
}


@pytest.mark.parametrize("frame", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_frame_is_a_wire_error(frame):
    with pytest.raises(WireError):
        read(frame)


@pytest.mark.parametrize(
    "sizes", [(kinds.MAX_HEADER + 1, 0), (0, kinds.MAX_DATA + 1), (2**32 - 1, 2**32 - 1)]
)
def test_lengths_beyond_the_limits_are_refused_before_anything_is_received(sizes):
    asked = []

    def receive(size):
        asked.append(size)
        return struct.pack(">II", *sizes)

    with pytest.raises(WireError):
        wire.read(receive)
    assert asked == [8]


def survives(frame):
    """Reading gives plain values, WireError or EOFError; nothing else may come out."""
    try:
        message, received = read(frame)
    except (WireError, EOFError):
        return
    assert type(message) is dict
    assert type(received) is list


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_raise_wire_error_or_nothing(data):
    survives(data)
    survives(framed(data))


SAMPLE = wire.pack(
    {"op": "answered"},
    [np.eye(3), (1, [2.5, None]), np.float32(1), np.ones((2, 3), np.int8).T, "text", Other("x"), True],
)


def test_every_truncation_of_a_frame_ends_early():
    for size in range(len(SAMPLE)):
        with pytest.raises(EOFError):
            read(SAMPLE[:size])


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_valid_frame_with_bytes_changed_raises_wire_error_or_nothing(data):
    frame = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 4))):
        where = data.draw(st.integers(0, len(frame) - 1))
        frame[where] = data.draw(st.integers(0, 255) | st.sampled_from(b'0123456789-.[]{}",:ntf'))
    survives(bytes(frame))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(DTYPES),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["tuple", "array", "other", "scalar", "layout"]), inner)
        | st.tuples(
            st.sampled_from(DTYPES), st.lists(st.integers(-2, 9), max_size=4), st.integers(-9, 64)
        ).map(lambda parts: {"array": list(parts), "layout": "VR", "scalar": parts[2] % 2})
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=300)
@given(st.lists(json_values, max_size=3))
def test_well_formed_json_of_the_wrong_form_raises_wire_error_or_nothing(nodes):
    survives(holding(*nodes))


def peak(frame):
    tracemalloc.start()
    try:
        survives(frame)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


MEBI = 1 << 20
GREEDY = {
    "one array many times": holding(*[{"array": ["|u1", [MEBI], 0]}] * 200, data=bytes(MEBI)),
    "gaps along 32 axes": holding({"array": ["|u1", [1] * 32, 0], "layout": "V"}, data=b"x"),
    "gaps along 20 axes": holding({"array": ["|u1", [1] * 20, 0], "layout": "V"}, data=b"x"),
    "gaps in a large array": holding({"array": ["|u1", [1024, 1024], 0], "layout": "V"}, data=bytes(MEBI)),
    "a shape that is not there": holding({"array": ["|u1", [15 * MEBI], 0]}),
    "a Fortran order of a large array": holding(
        {"array": ["|u1", [1024, 1024], 0], "layout": "F"}, data=bytes(MEBI)
    ),
}


@pytest.mark.parametrize("frame", GREEDY.values(), ids=GREEDY)
def test_no_frame_makes_the_reader_allocate_much_more_than_the_frame(frame):
    assert peak(frame) < 6 * len(frame) + 100_000


def test_a_header_full_of_lists_stays_bounded():
    frame = framed(b'{"message": {}, "values": [' + b"[]," * 30_000 + b"[]]}")
    assert peak(frame) < 100 * len(frame)


# -------------------------------------------------------------- answers that are none, at the judge


LIAR = """
import socket, sys
there = socket.socket(fileno=int(sys.argv[1]))
there.sendall(bytes.fromhex(sys.argv[2]))
while data := there.recv(1 << 16):  # the question says what to answer
    there.sendall(bytes.fromhex(data.decode(errors="ignore").split("ANSWER")[1]))
"""


@pytest.fixture
def forged():
    """A kernel whose other end says whatever the test sends."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    here.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    hello = wire.pack({"op": "hello", "trouble": "", "tables": False}).hex()
    command = [sys.executable, "-I", "-S", "-c", LIAR, str(there.fileno()), hello]
    with subprocess.Popen(command, pass_fds=[there.fileno()]) as process:
        there.close()
        kernel = Kernel(here, Limits())
        yield kernel
        kernel.close()
        process.wait()


FORGED = {
    "no outputs": wire.pack({"op": "value"}, [1]),
    "outputs that are a number": wire.pack({"op": "ran", "outputs": 5, "success": True}),
    "pictures that are numbers": wire.pack({"op": "ran", "outputs": [], "success": True}, [5]),
    "outcomes that are a number": wire.pack({"op": "answered", "outcomes": 5}, [1]),
    "no outcomes": wire.pack({"op": "answered", "outcomes": []}),
    "a report that is a number": wire.pack({"op": "answered", "outcomes": [5]}, [(1, (1,))]),
    "a report that is empty": wire.pack({"op": "answered", "outcomes": [{}]}, [(1, (1,))]),
    "a result that is a number": wire.pack({"op": "answered", "outcomes": [{"raised": []}]}, [1]),
    "no value": wire.pack({"op": "value"}),
    "two values": wire.pack({"op": "value"}, [1, 2]),
    "a question without its values": wire.pack({"op": "ask", "name": "ANY"}),
    "a question of another form": wire.pack({"op": "ask", "name": "ANY"}, [5]),
    "an unhashable op": wire.pack({"op": []}),
    "no frame": framed(b"nothing"),
}


@pytest.mark.parametrize("answer", FORGED.values(), ids=FORGED)
@pytest.mark.parametrize("question", ["run", "call"])
def test_an_answer_to_no_question_is_a_lost_kernel(forged, answer, question):
    text = f"ANSWER{answer.hex()}ANSWER"
    asked = {
        "run": lambda: forged.run(text),
        "call": lambda: forged.call("ANY", [Call((text,))], ["ANY"], Replies(lambda *_: 1)),
    }[question]
    with pytest.raises(KernelLost) as caught:
        asked()
    assert caught.value.reason == "crashed"


@pytest.mark.parametrize("name", ["no value", "two values", "an unhashable op", "no frame"])
def test_a_value_that_is_none_or_two_is_a_lost_kernel(forged, name):
    with pytest.raises(KernelLost):
        forged.value(f"ANSWER{FORGED[name].hex()}ANSWER")
