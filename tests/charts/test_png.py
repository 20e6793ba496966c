"""PNG files: the pixels that went in come out."""

import io

import numpy as np
import pytest
from PIL import Image

from analysis.charts.png import encode


def test_pixels_texts_and_dots_an_inch_come_back() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (7, 5, 4), dtype=np.uint8)
    file = io.BytesIO(encode(pixels, 72, {"Title": "Київ & é", "Author": None, "Comment": "é"}))
    with Image.open(file) as image:
        assert np.array_equal(np.asarray(image), pixels)
        assert image.info["Title"] == "Київ & é"
        assert image.info["Comment"] == "é"
        assert "Author" not in image.info
        assert image.info["dpi"] == pytest.approx((72, 72), abs=0.01)


def test_pixels_without_alpha_are_refused() -> None:
    with pytest.raises(ValueError, match="alpha, not 3 values"):
        encode(np.zeros((2, 2, 3), np.uint8), 100, {})
