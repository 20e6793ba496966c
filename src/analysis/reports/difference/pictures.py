"""Pictures of charts: how many pixels differ, and a small copy to show."""

from __future__ import annotations

import io
import warnings
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.image import imread, imsave

from analysis.reports.difference.found_files import PictureDifference

Pixels = npt.NDArray[np.float32]

#: Width in pixels of a picture beside another.
_SHOWN = 800

#: How a PNG file begins; its width and height follow (PNG specification, 5.2 and 11.2.2).
_PNG = b"\x89PNG\r\n\x1a\n"
_HEAD = 24

#: More pixels than this no chart has; a file may state any number.
_MOST_PIXELS = 60_000_000

#: Less than one step of the 255 of a colour: not another colour.
_SAME = 0.5 / 255


class UnreadablePicture(ValueError):
    """A file is no picture that can be read."""


def compare_pictures(a: bytes, b: bytes) -> PictureDifference | None:
    """Return how two PNG files look different; None where every pixel is the same."""
    if a == b:
        return None
    size_a, size_b = read_size(a), read_size(b)
    if size_a and size_b and size_a != size_b:
        return PictureDifference(None, size_a, size_b)
    pixels: list[Pixels] = []
    problems = []
    for side, data in (("A", a), ("B", b)):
        try:
            pixels.append(read_pixels(data))
        except UnreadablePicture:
            problems.append(side)
    if problems:
        which = " and ".join(problems)
        return PictureDifference(None, problem=f"the picture of report {which} could not be read")
    one, other = pixels
    share = float((np.abs(one - other) > _SAME).any(axis=2).mean())
    return PictureDifference(share, size_a, size_b) if share else None


def read_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels as a PNG file states them; None for no PNG file."""
    if not data.startswith(_PNG) or len(data) < _HEAD:
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def read_pixels(data: bytes) -> Pixels:
    """Return a PNG file as height by width by 4: red, green, blue, opacity, each 0 to 1.

    Raises
    ------
    UnreadablePicture
        It is no PNG file, or larger than any chart.
    """
    size = read_size(data)
    if size is None or not 0 < size[0] * size[1] <= _MOST_PIXELS:
        raise UnreadablePicture("it is no PNG file of a chart")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture far larger than a chart is only warned of
            read: Any = imread(io.BytesIO(data), format="png")
    except Exception as problem:  # the reader has errors of many kinds
        raise UnreadablePicture(str(problem)) from None
    pixels: Pixels = np.asarray(read, dtype=np.float32)
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[:, :, None], 3, axis=2)
    if pixels.shape[2] == 3:
        pixels = np.concatenate([pixels, np.ones_like(pixels[:, :, :1])], axis=2)
    return pixels


def shrink(data: bytes) -> bytes:
    """Return a PNG file at most `_SHOWN` pixels wide, each pixel the mean of those it stands for.

    Raises
    ------
    UnreadablePicture
        See `read_pixels`.
    """
    pixels = read_pixels(data)
    factor = -(-pixels.shape[1] // _SHOWN)
    if factor > 1:
        # A picture lower than the factor keeps its height.
        down = min(factor, pixels.shape[0])
        height, width = pixels.shape[0] // down, pixels.shape[1] // factor
        pixels = pixels[: height * down, : width * factor]
        pixels = pixels.reshape((height, down, width, factor, 4)).mean(axis=(1, 3))
    buffer = io.BytesIO()
    # Without the version of the library, which would make other bytes of the same picture.
    nothing: Any = {"Software": None}
    imsave(buffer, pixels.clip(0, 1), format="png", metadata=nothing)
    return buffer.getvalue()
