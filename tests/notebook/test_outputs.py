"""What is kept of student outputs: clean text and re-encoded pictures."""

from __future__ import annotations

import base64
import io
import json
import struct
import unicodedata
import zlib

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageSequence
from PIL.PngImagePlugin import PngInfo

from autograder.notebook import outputs
from autograder.notebook.outputs import clean, for_notebook

NAMES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}


def picture(form="PNG", mode="RGB", size=(4, 3), **options):
    buffer = io.BytesIO()
    Image.new(mode, size, 1).save(buffer, form, **options)
    return buffer.getvalue()


def moving(frames=3, size=(4, 3), pause=70):
    images = [Image.new("RGB", size, (40 * number % 256, number, 9)) for number in range(frames)]
    buffer = io.BytesIO()
    images[0].save(buffer, "GIF", save_all=True, append_images=images[1:], duration=pause)
    return buffer.getvalue()


def displayed(data, mime="image/png", **others):
    """The bundle kept of one picture."""
    shown = {"output_type": "display_data", "data": {"text/plain": "<fig>", mime: 0, **others}}
    [output] = for_notebook([shown], [data])
    return output["data"]


def drawn(bundle, mime="image/png"):
    return base64.b64decode(bundle[mime])


def dropped(bundle):
    return set(bundle) == {"text/plain"} and "a picture was left out" in bundle["text/plain"]


# -------------------------------------------------------------------------------------- text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[38;2;1;2;3mcolour", "colour"),
        ("\x1b[2J\x1b[Hcleared", "cleared"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bcreset", "reset"),
        ("cut \x1b[", "cut "),
        ("cut \x1b", "cut "),
        ("a\rb\bc\x07d\x00e\x0bf\x0cg\x7fh", "abcdefgh"),
        ("a\x85b\x90c\x9bd\x9fe", "abcde"),
        ("a\u202eb\u202ac\u2066d\u2069e", "abcde"),
        ("a\ud800b\udfffc", "abc"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("Grüße, 数字, 🙂, עברית", "Grüße, 数字, 🙂, עברית"),
    ],
)
def test_text_is_kept_without_escapes_and_controls(text, kept):
    assert clean(text) == kept


@given(st.text(st.characters() | st.sampled_from("\x1b[];m\x07\\\x9b\u202e\ud800\n")))
def test_clean_text_has_no_controls_and_can_be_encoded(text):
    kept = clean(text)
    assert {c for c in kept if unicodedata.category(c) in ("Cc", "Cs")} <= {"\n", "\t"}
    assert not {c for c in kept if unicodedata.bidirectional(c) in ("LRE", "RLE", "LRO", "RLO", "PDF", "RLI")}
    assert kept.encode().decode() == kept
    assert clean(kept) == kept


@given(st.text(st.characters(exclude_categories=["C"])))
def test_text_without_controls_is_kept_as_it_is(text):
    assert clean(text) == text


def test_every_field_of_text_is_cleaned():
    bad = "\x1b[1mx\x00"
    reported = [
        {"output_type": "stream", "name": "stdout", "text": bad},
        {"output_type": "error", "ename": bad, "evalue": bad, "traceback": [bad, bad]},
        {"output_type": "execute_result", "data": {"text/plain": bad}},
    ]
    stream, error, result = for_notebook(reported, [])
    assert stream["text"] == "x"
    assert (error["ename"], error["evalue"], error["traceback"]) == ("x", "x", ["x", "x"])
    assert result["data"] == {"text/plain": "x"}


@pytest.mark.parametrize(("name", "kept"), [("stdout", "stdout"), ("stderr", "stderr"), ("evil", "stdout")])
def test_a_stream_is_one_of_two(name, kept):
    [output] = for_notebook([{"output_type": "stream", "name": name, "text": "x"}], [])
    assert output["name"] == kept


@pytest.mark.parametrize(
    "mime",
    [
        "text/html",
        "image/svg+xml",
        "application/javascript",
        "text/markdown",
        "text/latex",
        "application/json",
        "application/vnd.jupyter.widget-view+json",
    ],
)
@pytest.mark.parametrize("kind", ["display_data", "execute_result", "update_display_data"])
def test_what_a_browser_would_run_is_never_kept(mime, kind):
    output = {"output_type": kind, "data": {"text/plain": "x", mime: "EVIL"}, "metadata": {mime: "EVIL"}}
    kept = for_notebook([output | {"transient": "EVIL"}], [])
    assert kept[0]["data"] == {"text/plain": "x"}
    assert "EVIL" not in json.dumps(kept)


# ---------------------------------------------------------------------------------- pictures


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_a_picture_is_re_encoded_as_png(mode):
    kept = Image.open(io.BytesIO(drawn(displayed(picture(mode=mode)))))
    assert (kept.format, kept.size) == ("PNG", (4, 3))
    assert ("A" in kept.getbands()) == ("A" in mode)


def test_a_picture_keeps_its_pixels():
    shades = Image.linear_gradient("L")
    buffer = io.BytesIO()
    shades.save(buffer, "PNG")
    kept = Image.open(io.BytesIO(drawn(displayed(buffer.getvalue()))))
    assert kept.convert("L").tobytes() == shades.tobytes()


def test_a_jpeg_becomes_a_png():
    bundle = displayed(picture("JPEG"), "image/jpeg")
    assert set(bundle) == {"text/plain", "image/png"}
    assert drawn(bundle).startswith(b"\x89PNG")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF"])
def test_what_hangs_behind_a_picture_is_lost(form):
    mime = next(mime for mime, name in NAMES.items() if name == form)
    bundle = displayed(picture(form) + b"<script>PAYLOAD</script>", mime)
    assert b"PAYLOAD" not in drawn(bundle)


def test_text_inside_a_picture_is_lost():
    info = PngInfo()
    info.add_text("Comment", "PAYLOAD")
    data = picture(pnginfo=info)
    assert b"PAYLOAD" in data
    assert b"PAYLOAD" not in drawn(displayed(data))


def test_a_gif_keeps_moving():
    bundle = displayed(moving(frames=5), "image/gif")
    kept = Image.open(io.BytesIO(drawn(bundle, "image/gif")))
    assert (kept.n_frames, kept.info["duration"], kept.info["loop"]) == (5, 70, 0)


@pytest.mark.parametrize(
    "colours", [range(0, 250, 50), ["red", "white", "blue", "gray"]], ids=["grey", "in colour"]
)
def test_a_gif_keeps_every_picture_as_it_was(colours):
    first, *others = [Image.new("L" if colours[0] == 0 else "RGB", (9, 7), colour) for colour in colours]
    buffer = io.BytesIO()
    first.save(buffer, "GIF", save_all=True, append_images=others)
    kept = Image.open(io.BytesIO(drawn(displayed(buffer.getvalue(), "image/gif"), "image/gif")))
    seen = [frame.convert("RGB").getcolors() for frame in ImageSequence.Iterator(kept)]
    assert seen == [frame.convert("RGB").getcolors() for frame in [first, *others]]


def test_a_gif_that_stands_still_becomes_a_png():
    assert drawn(displayed(picture("GIF"), "image/gif")).startswith(b"\x89PNG")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1 << 20))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


SPOILT = {
    "nothing": (b"", "image/png"),
    "no picture": (b"<script>alert(1)</script>", "image/png"),
    "half a picture": (picture(size=(60, 60))[:-30], "image/png"),
    "a picture of another kind": (picture("GIF"), "image/png"),
    "another kind again": (picture(), "image/gif"),
    "a format that is not kept": (picture("BMP"), "image/png"),
    "many pixels": (picture(mode="1", size=(2001, 2000)), "image/png"),
    "a bomb": (png_bomb(60_000, 60_000), "image/png"),
    "a larger bomb": (png_bomb(2**31 - 1, 2**31 - 1), "image/png"),
    "a film": (moving(frames=outputs.MAX_FRAMES + 1), "image/gif"),
    "a large film": (moving(frames=20, size=(1000, 900)), "image/gif"),
}


@pytest.mark.parametrize(("data", "mime"), SPOILT.values(), ids=SPOILT)
def test_a_broken_or_huge_picture_is_left_out_with_a_note(data, mime):
    assert dropped(displayed(data, mime))


def test_a_picture_of_the_largest_size_is_kept():
    assert "image/png" in displayed(picture(mode="1", size=(2000, 2000)))


@settings(deadline=None)
@given(st.data())
def test_a_damaged_picture_is_re_encoded_or_left_out(data):
    mime = data.draw(st.sampled_from(sorted(NAMES)))
    damaged = bytearray(moving() if mime == "image/gif" else picture(NAMES[mime]))
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    bundle = displayed(bytes(damaged), mime)
    for kept in ("image/png", "image/gif"):
        if kept in bundle:
            Image.open(io.BytesIO(drawn(bundle, kept)), formats=(NAMES[kept],)).load()
            return
    assert dropped(bundle)


# -------------------------------------------------------------------------------------- oddities


@pytest.mark.parametrize(
    "odd",
    [
        None,
        5,
        "text",
        [],
        {},
        {"output_type": "stream"},
        {"output_type": "stream", "name": "stdout", "text": 5},
        {"output_type": "stream", "name": "stdout", "text": ["a", "b"]},
        {"output_type": "error", "ename": "E", "evalue": "x", "traceback": None},
        {"output_type": "error", "ename": None, "evalue": "x", "traceback": []},
        {"output_type": "display_data"},
        {"output_type": "display_data", "data": None},
        {"output_type": "display_data", "data": {"text/plain": 5}},
        {"output_type": "display_data", "data": {"image/png": 7}},
        {"output_type": "display_data", "data": {"image/png": "aGk="}},
        {"output_type": "display_data", "data": {"image/png": None}},
    ],
    ids=repr,
)
def test_an_odd_output_becomes_a_note_and_the_others_stay(odd):
    good = {"output_type": "stream", "name": "stdout", "text": "good"}
    kept = for_notebook([good, odd, good], [b"", b""])
    assert kept == [good, outputs.note("An output was left out: it could not be read."), good]


odd_values = st.recursive(
    st.none() | st.integers(-2, 2) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from([*NAMES, "text/plain"]), inner)
    ),
    max_leaves=4,
)


@settings(deadline=None)
@given(
    st.lists(
        odd_values
        | st.fixed_dictionaries(
            {"output_type": st.sampled_from(["stream", "error", "display_data", "execute_result"])},
            optional=dict.fromkeys(("name", "text", "data", "ename", "evalue", "traceback"), odd_values),
        ),
        max_size=4,
    )
)
def test_arbitrary_outputs_never_raise_and_stay_valid(odd):
    kept = for_notebook(odd, [picture()])
    assert len(kept) == len(odd)
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "", "execution_count": None}
    nb = {"cells": [cell | {"outputs": kept}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    nbformat.validate(nb)


def test_a_failure_of_ours_is_an_error_output():
    output = outputs.failed("NotJudged", "why")
    assert (output["output_type"], output["ename"], output["evalue"]) == ("error", "NotJudged", "why")
