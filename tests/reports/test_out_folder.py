"""Where files are to go: folders and stores pass, and everything else is refused by its look."""

import pytest

from analysis.reports.out_folder import find_fault


@pytest.mark.parametrize(
    "text",
    ["", "reports", "../a b/ü", "/data/x", "C:/reports", "C:\\reports", "s3://bucket/a", "gs://b",
     "memory://a/b", "file:///data/x", "a:b", "12:30", "~/x", "Zürich: reports"],
)  # fmt: skip
def test_a_folder_or_a_store_has_no_fault(text: str) -> None:
    assert find_fault(text) == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("s3:/x", '"s3:/x" is no address; did you mean "s3://x"?'),
        ("S3:/bucket/a", '"S3:/bucket/a" is no address; did you mean "s3://bucket/a"?'),
        ("s3:\\bucket", '"s3:\\bucket" is no address; did you mean "s3://bucket"?'),
        ("file:/data/x", '"file:/data/x" is no address; did you mean "file:///data/x"?'),
        ("http://example.org/x", '"http://example.org/x": nothing can be written to http; expected '
         "a folder of this machine, or a store as s3://BUCKET/FOLDER"),
        ("HTTPS:/x", "nothing can be written to https"),
        ("s3:bucket/a", '"s3:bucket/a" is no address; did you mean "s3://bucket/a"?'),
        ("data:text/plain,a", "nothing can be written to data"),
        ("~nobody-of-this-name/a", "there is no such person; expected a folder, such as ./~nobody"),
        ("a\x1b[31mb", '"a\ufffd[31mb" is no folder; expected a name without U+001B'),
        ("a\u202eb", "expected a name without U+202E"),
        ("a\nb", '"a\ufffdb" is no folder; expected a name without line breaks'),
    ],
)  # fmt: skip
def test_what_is_no_place_is_said_with_the_right_form(text: str, fault: str) -> None:
    assert fault in find_fault(text)
    assert find_fault(text).isprintable()


@pytest.mark.parametrize("text", ["s3://bucket/a", "s3:/a", "http:/x", "file:///data/x"])
def test_where_no_store_can_be_no_address_can(text: str) -> None:
    assert find_fault(text, stores=False).endswith("expected a folder of this machine")
