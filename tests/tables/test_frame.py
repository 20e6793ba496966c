"""What a frame of claims says of itself goes with each column and row, and is never copied."""

import pickle

import pandas as pd

from analysis.tables.frame import ClaimsFrame, Told


def test_what_is_told_goes_along_and_is_not_copied() -> None:
    behind = Told({str(number): "said" for number in range(3)})
    frame = ClaimsFrame({"a": [1, 2], "b": ["x", "y"]})
    frame.attrs = {"behind": behind}
    for part in (frame["a"], frame[frame["a"] > 1], frame.iloc[0], frame.sort_values("b").copy()):
        assert part.attrs["behind"] is behind


def test_frames_that_tell_the_same_are_joined_and_kept_with_it() -> None:
    frames = [ClaimsFrame({"a": [number]}) for number in (1, 2)]
    for frame in frames:
        frame.attrs = {"asked": Told(origin="SDN")}
    joined = pd.concat(frames)
    assert joined.attrs == {"asked": {"origin": "SDN"}}
    assert pickle.loads(pickle.dumps(joined)).attrs == joined.attrs
