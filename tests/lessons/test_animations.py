"""The moving pictures: drawn again they are the committed files, they rest and stop, they show the truth."""

from __future__ import annotations

import base64
import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from reference import conv_transpose2d, convolve2d_dilated, max_pool2d
from reference.figures import animation, animations
from reference.figures.cases import CASES

SOURCE = Path(__file__).parents[2] / "source"
FIGURES = SOURCE / "conv_arithmetic" / "figures"
SHIPPED = SOURCE / "conv_arithmetic" / "animation.py"
LARGEST_GIF, LARGEST_TOTAL = 160_000, 6_000_000
WRITTEN_BY_STUDENTS = {
    "output_size", "zero_pad", "convolve2d", "pad_amounts", "convolve2d_dilated", "transposed_output_size",
    "max_pool2d", "conv_transpose2d",
}  # fmt: skip

IMAGE = np.array([[1, 2, 0, 3], [4, 1, 2, 0], [0, 3, 1, 2]])
KERNEL = np.array([[1, 0], [2, -1]])


def drawn_again():
    """Every case; only the first of each view is no slow test."""
    first = {(case.view, case.flat): case.name for case in reversed(CASES.values())}.values()
    slow = [pytest.mark.slow]
    return [
        pytest.param(case, marks=[] if case.name in first else slow, id=case.name) for case in CASES.values()
    ]


def rests(path):
    """How long each picture of a GIF is shown, in milliseconds."""
    with Image.open(path) as gif:
        assert gif.format == "GIF"
        assert gif.info["loop"] == 2, "it plays three times and stops"
        found = []
        for number in range(gif.n_frames):
            gif.seek(number)
            found.append(gif.info["duration"])
    return found


def numbers(map_):
    """The numbers of a map as an array, NaN where there is none."""
    places = [place for place, cell in map_.cells.items() if not cell.dashed]
    rows, columns = zip(*places, strict=True)
    array = np.full((max(rows) + 1, max(columns) + 1), np.nan)
    for place in places:
        value = map_.cells[place].number
        array[place] = np.nan if value is None else value
    return array


# the committed files --------------------------------------------------------------------------------------


def test_every_case_has_its_gif_and_its_stills_and_there_is_nothing_else():
    expected = sorted(f"{name}{kind}" for name in CASES for kind in (".gif", ".png", "_step.png"))
    assert sorted(path.name for path in FIGURES.iterdir()) == expected


@pytest.mark.parametrize("case", drawn_again())
def test_drawn_again_they_are_the_committed_files_byte_for_byte(case, tmp_path):
    drawn = list(animations.draw(case, tmp_path))
    assert sorted(tmp_path.iterdir()) == sorted(drawn)
    assert len(drawn) == 3
    changed = [path.name for path in drawn if path.read_bytes() != (FIGURES / path.name).read_bytes()]
    assert not changed, "run python -m reference.figures"


def test_the_file_that_ships_beside_the_notebooks_is_the_one_that_draws():
    assert SHIPPED.resolve() == Path(animation.__file__).resolve()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_animation_rests_stops_and_is_small(case):
    path = FIGURES / f"{case.name}.gif"
    *each, last = rests(path)
    steps = case.image.size if case.view == "stamp" else case.output.size
    assert len(each) + 1 == steps + case.flat  # a shaded one ends with all stamps and no frame
    assert set(each) == {animation.REST}
    assert 800 <= animation.REST < last
    assert path.stat().st_size < LARGEST_GIF
    with Image.open(path) as gif:
        assert 400 <= gif.width <= 740
        assert gif.height <= 460


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_still_is_sharp_enough_for_print(case):
    with Image.open(FIGURES / f"{case.name}.png") as still, Image.open(FIGURES / f"{case.name}.gif") as gif:
        assert still.width == 4 * gif.width  # two steps side by side at twice the density
        assert len(still.getcolors()) <= animations.STILL_COLOURS
        with Image.open(FIGURES / f"{case.name}_step.png") as step:
            assert step.size == (2 * gif.width, 2 * gif.height)  # one step at twice the density


def test_all_committed_pictures_together_are_small():
    sizes = [path.stat().st_size for path in SOURCE.rglob("*") if path.suffix in {".png", ".gif"}]
    assert len(sizes) > 2 * len(CASES)
    assert sum(sizes) < LARGEST_TOTAL


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_case_is_described_for_who_cannot_see_it(case):
    assert 80 < len(case.alt) < 420
    assert case.alt.endswith(".")
    assert case.alt.isascii()
    for array in (case.image, case.output):
        assert "{} by {}".format(*array.shape) in case.alt
    assert len({other.alt for other in CASES.values()}) == len(CASES)


# what is shown --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_last_step_shows_the_numbers_of_the_reference(case):
    *_, last = animations.watch(case).steps
    source, _, target = last.maps
    np.testing.assert_array_equal(numbers(target), case.output)
    pixels = [cell.number for cell in source.cells.values() if not cell.dashed]
    assert pixels == case.image.ravel().tolist()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_window_and_its_output_are_marked_in_every_step(case):
    steps = animations.watch(case).steps
    for step in steps[: len(steps) - case.flat]:
        source, kernel, target = step.maps
        for map_ in (source, target):
            framed = [cell for cell in map_.cells.values() if cell.fill == animation.NOW]
            assert framed
            assert all(corner in map_.cells for corner in map_.frame)
        large = target if case.view == "stamp" else source
        count = np.prod(case.weights) if case.pooling else case.weights.size
        assert sum(cell.fill == animation.NOW for cell in large.cells.values()) == count
        weights = sum(cell.number is not None for cell in kernel.cells.values())
        assert weights == (0 if case.pooling else count)


def test_what_is_not_really_there_is_dashed():
    firsts = {name: animations.watch(case).steps[0].maps for name, case in CASES.items()}
    dashed = {
        name: sum(cell.dashed for map_ in maps for cell in map_.cells.values())
        for name, maps in firsts.items()
    }
    assert dashed["no_padding_no_strides"] == 0
    assert dashed["padding_strides"] == 7 * 7 - 5 * 5
    assert dashed["dilation"] == 5 * 5 - 3 * 3
    assert dashed["padding_strides_transposed"] == 7 * 7 - 5 * 5
    assert dashed["no_padding_strides_stretched"] == 7 * 7 - 2 * 2


def test_a_case_with_numbers_differs_from_its_sibling_below_the_title():
    for name in ("no_padding_no_strides", "padding_strides"):
        spelled, plain = (animations.watch(CASES[each]) for each in (f"numerical_{name}", name))
        assert not {step.caption for step in spelled.steps} & {step.caption for step in plain.steps}
        for step in spelled.steps:
            products, _, total = step.caption.partition(" = ")
            factors = [product.split(animation.TIMES) for product in products.split(" + ")]
            assert len(factors) == 9
            assert sum(float(n) * float(w) for n, w in factors) == float(total)


def test_the_chessboard_is_seen_and_nothing_is_framed_at_the_end():
    *_, last = animations.watch(CASES["chessboard"]).steps
    target = last.maps[2]
    brightness = {cell.number: sum(cell.fill) for cell in target.cells.values()}
    assert sorted(brightness) == [1, 2, 4]
    assert brightness[1] - brightness[2] > 80 < brightness[2] - brightness[4]
    assert not any(map_.frame for map_ in last.maps)
    assert animation.NOW not in {cell.fill for map_ in last.maps for cell in map_.cells.values()}


def luminance(colour):
    """The relative luminance of WCAG 2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in np.divide(colour, 255)]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


@pytest.mark.parametrize("fill", ["PAPER", "INPUT", "OUTPUT", "NOW", "UNSEEN"])
def test_the_lines_of_a_grid_are_seen_on_every_colour(fill):
    light, dark = luminance(getattr(animation, fill)), luminance(animation.LINE)
    assert (light + 0.05) / (dark + 0.05) >= 3


def test_a_label_says_when_more_is_drawn_than_goes_in():
    labels = [animations.watch(CASES[name]).steps[0].maps[0].label for name in ("dilation", "non_square")]
    assert [label.replace(animation.TIMES, "x") for label in labels] == [
        "Input, 7 x 7",
        "Input, 4 x 7, padded to 4 x 9",
    ]


def test_a_stretched_image_is_called_so_only_if_it_is():
    scenes = {
        name: animations.watch(CASES[f"{name}_stretched"])
        for name in ("padding_strides", "same_padding_no_strides", "full_padding_no_strides")
    }
    labels = [scene.steps[0].maps[0].label.replace(animation.TIMES, "x") for scene in scenes.values()]
    assert labels == ["Stretched input, 7 x 7", "Input, 5 x 5, padded to 7 x 7", "Input, 7 x 7"]
    assert [scene.legend.partition("Dashed: ")[2] for scene in scenes.values()] == [
        "zeros between the pixels and around them.",
        "zeros around the pixels.",
        "",
    ]


def test_a_stride_that_does_not_divide_leaves_a_column_grey():
    source = animations.watch(CASES["strides_remainder"]).steps[0].maps[0]
    grey = {place for place, cell in source.cells.items() if cell.fill == animation.UNSEEN}
    assert grey == {(row, 7) for row in range(5)}


def test_the_stamps_of_a_transposed_convolution_add_up():
    for name in ("no_padding_strides_transposed", "chessboard", "non_square_transposed"):
        case = CASES[name]
        before = np.zeros_like(case.output)
        for step in animations.watch(case).steps:
            after = numbers(step.maps[2])
            for place, cell in step.maps[2].cells.items():
                if cell.small and not cell.dashed:
                    assert after[place] - before[place] == float(cell.small)
            before = after


# with a student's function --------------------------------------------------------------------------------


def wrong(image, kernel, stride=1, padding=0):
    """Turn the kernel, which it should not, and stay one row short."""
    return convolve2d_dilated(image, kernel[::-1, ::-1], stride, padding)[:-1]


def test_animate_shows_the_numbers_of_the_function_wrong_ones_too():
    *_, last = animation.watch(wrong, IMAGE, KERNEL, padding=1).steps
    shown = numbers(last.maps[2])
    np.testing.assert_array_equal(shown, wrong(IMAGE, KERNEL, padding=1))
    assert not np.array_equal(shown, convolve2d_dilated(IMAGE, KERNEL, padding=1)[:-1])


def test_a_wrong_function_makes_another_picture_than_the_right_one(tmp_path):
    files = [tmp_path / "right.gif", tmp_path / "wrong.gif"]
    for function, file in zip((convolve2d_dilated, wrong), files, strict=True):
        animation.animate(function, IMAGE, KERNEL, title="Mine", file=file, moving=True)
    assert [len(rests(file)) for file in files] == [6, 3]


def test_animate_moves_on_demand_only(tmp_path):
    still = animation.animate(convolve2d_dilated, IMAGE, KERNEL, file=tmp_path / "mine")
    moving = animation.animate(convolve2d_dilated, IMAGE, KERNEL, file=tmp_path / "mine", moving=True)
    assert (still.path.name, moving.path.name, still.alt) == ("mine.png", "mine.gif", moving.alt)
    with Image.open(still.path) as picture:
        assert picture.width <= animation.STILL_WIDTH
    assert len(rests(moving.path)) == 6


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 9])
def test_a_still_of_any_number_of_steps_is_drawn(steps, tmp_path):
    shown = animation.animate(lambda *_: np.ones((1, steps)), IMAGE, KERNEL, file=tmp_path / "mine.gif")
    with Image.open(shown.path) as picture:
        assert picture.format == "PNG"


def test_a_transposed_convolution_that_overwrites_is_seen_to_overwrite():
    def overwrites(image, kernel, stride=1, output_padding=0):
        out = np.zeros((6, 8))
        for (y, x), pixel in np.ndenumerate(image):
            out[y * stride : y * stride + 2, x * stride : x * stride + 2] = pixel * kernel
        return out[:4, :5]

    *_, last = animation.watch(overwrites, IMAGE, KERNEL).steps
    np.testing.assert_array_equal(numbers(last.maps[2]), overwrites(IMAGE, KERNEL))
    assert not np.array_equal(numbers(last.maps[2]), conv_transpose2d(IMAGE, KERNEL))


@pytest.mark.slow
@pytest.mark.parametrize("view", ["window", "stamp", "stretched"])
@pytest.mark.parametrize("answer", [np.ones((1, 1)), np.full((7, 9), -1234567.891), [[np.nan, np.inf]]])
def test_an_answer_of_any_size_and_value_is_drawn(view, answer, tmp_path):
    shown = animation.animate(lambda *_: answer, IMAGE, KERNEL, view=view, file=tmp_path / "a", moving=True)
    assert len(rests(shown.path)) == (IMAGE.size if view == "stamp" else np.size(answer))


@pytest.mark.parametrize("dtype", ["?", "uint8", "int8", "float32", "int64"])
def test_an_image_of_any_type_is_passed_on_as_it_is_and_copied(dtype):
    seen = []

    def spoils(image, kernel, **arguments):
        seen.append((image.dtype, kernel.dtype, arguments))
        image[...] = 0
        return np.ones((2, 3))

    image = IMAGE.astype(dtype)
    for view in ("window", "stamp"):
        animation.watch(spoils, image, KERNEL, view=view, stride=1)
    assert set(map(str, seen)) == {str((image.dtype, KERNEL.dtype, {"stride": 1}))}
    np.testing.assert_array_equal(image, IMAGE.astype(dtype))


def test_what_animate_returns_shows_itself_in_a_notebook(tmp_path):
    for moving, kind in ((True, "image/gif"), (False, "image/png")):
        shown = animation.animate(max_pool2d, IMAGE, 2, file=tmp_path / "pooling", moving=moving)
        data, metadata = shown._repr_mimebundle_()
        assert base64.b64decode(data[kind]) == shown.path.read_bytes()
        assert metadata == {kind: {"alt": shown.alt}}
    assert (
        shown.alt
        == "max_pool2d, window 2 by 2, stride 1: 6 steps. Input, 3 by 4. Output, 2 by 3: 4 2 3; 4 3 2."
    )


@pytest.mark.parametrize(
    ("function", "arguments", "words"),
    [
        (lambda *_: None, {}, "returned an array of shape"),
        (lambda *_: 3, {}, "returned an array of shape"),
        (lambda *_: np.ones((0, 3)), {}, "returned an array of shape"),
        (lambda *_: np.ones((9, 9)), {}, "too many to watch"),
        (convolve2d_dilated, {"view": "film"}, "view must be one of"),
        (convolve2d_dilated, {"view": "stamp"}, "takes no output_padding, so it does not stamp"),
        (conv_transpose2d, {"view": "window"}, "takes output_padding, so it stamps"),
        (convolve2d_dilated, {"stride": 0}, "stride must be at least 1"),
        (conv_transpose2d, {"view": "stretched", "padding": 2}, "smaller than the kernel"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(function, arguments, words):
    with pytest.raises(ValueError, match=words):
        animation.watch(function, IMAGE, KERNEL, **arguments)


def test_a_todo_keeps_its_own_message():
    def todo(image, kernel):
        raise NotImplementedError("this cell is still a TODO")

    with pytest.raises(NotImplementedError, match="still a TODO"):
        animation.watch(todo, IMAGE, KERNEL)


@pytest.mark.parametrize("shapes", [((4,), (2, 2)), ((0, 3), (2, 2)), ((4, 4), (0, 2)), ((4, 4, 3), (2, 2))])
def test_only_images_and_kernels_with_cells_are_drawn(shapes):
    with pytest.raises(ValueError, match="must be 2-D and not empty"):
        animation.watch(convolve2d_dilated, *map(np.ones, shapes))


def test_a_function_that_changes_its_shape_from_call_to_call_is_refused():
    sizes = iter(range(1, 9))
    with pytest.raises(ValueError, match="of different shapes"):
        animation.watch(lambda *_: np.ones((1, next(sizes))), IMAGE, KERNEL, view="stamp")


def test_numbers_are_written_short():
    values = [3, -12, 1.5, 4 / 3, -0.0, 1e6, -1234.5, np.nan, np.inf]
    words = [animation.written(value).replace(animation.MINUS, "-") for value in values]
    assert words == ["3", "-12", "1.5", "1.33", "0", "1e+06", "-1.23e+03", "nan", "inf"]


# the file that ships --------------------------------------------------------------------------------------


def test_the_shipped_file_works_without_the_reference(tmp_path):
    """In a folder of its own, in an interpreter that knows nothing of this repository."""
    (tmp_path / "animation.py").write_bytes(SHIPPED.read_bytes())
    code = (
        "import sys; from animation import animate; import numpy as np\n"
        "shown = animate(lambda image, kernel: image[1:, 1:], np.eye(3), np.eye(2), moving=True)\n"
        "assert not {'reference', 'autograder', 'scipy', 'torch', 'IPython'} & set(sys.modules)\n"
        "print(shown.path.stat().st_size)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert 1_000 < int(ran.stdout) < LARGEST_GIF


def test_the_shipped_file_gives_no_answer_away():
    spec = importlib.util.spec_from_file_location("shipped", SHIPPED)
    module = importlib.util.module_from_spec(spec)
    sys.modules["shipped"] = module  # dataclasses look their module up
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules["shipped"]
    assert not WRITTEN_BY_STUDENTS & set(vars(module))
    text = SHIPPED.read_text(encoding="utf-8")
    assert not any(
        word in text for word in ("np.pad", "sliding_window_view", ".sum(", "einsum", "as_strided")
    )
