"""Reports in a store: whole or not there, whatever breaks on the way; addresses refused."""

import json
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("fsspec", reason="stores need the extra scale")

from analysis.hashes import hash_file
from analysis.reports.batch.addresses import StorageError, check_address, is_address
from analysis.reports.batch.earlier import COMPLETE, WAITING
from analysis.reports.cluster import store as store_module
from analysis.reports.cluster import stored_reports
from analysis.reports.cluster.store import Store
from analysis.reports.cluster.stored_reports import (
    find_stored,
    hold_store,
    put_report,
    read_holder,
    remove_stored,
)
from analysis.reports.folder import BATCH_MARK, MARK, FolderError
from analysis.reports.mistakes import explain
from tests.reports.cluster.stores import Failing, list_keys, make_bucket, s3_environment

NAME = "2022-03-01"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(store_module, "DELAYS", (0.0, 0.0))
    return Store(f"memory://{uuid.uuid4().hex}/out")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Failing:
    from fsspec.implementations.memory import MemoryFileSystem

    return Failing(monkeypatch, MemoryFileSystem)


def write_report(folder: Path, identity: str, **files: str) -> Path:
    """Write a folder as `make_report` leaves it."""
    for name, text in files.items():
        path = folder / "charts" / f"{name}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    outputs = {path.relative_to(folder).as_posix(): hash_file(path) for path in folder.rglob("*.*")}
    manifest = {"status": COMPLETE, "identity": identity, "seconds": 1.5, "outputs": outputs}
    (folder / MARK).write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def status(store: Store, identity: str, *, verify: bool = False) -> str:
    return find_stored(store, [NAME], [identity], verify=verify)[0][0].status


# Reports


def test_a_report_is_put_with_all_its_files(store: Store, tmp_path: Path) -> None:
    put_report(store, write_report(tmp_path, "one", bars="<svg/>", days="<svg>2</svg>"), NAME)
    names = {f"{NAME}/charts/bars.svg", f"{NAME}/charts/days.svg", f"{NAME}/{MARK}"}
    assert set(store.find()) == names
    assert store.read(f"{NAME}/charts/days.svg") == b"<svg>2</svg>"
    [result], notes = find_stored(store, [NAME], ["one"])
    assert (result.status, result.folder, result.seconds, notes) == (COMPLETE, NAME, 1.5, [])
    assert set(result.outputs) == {"charts/bars.svg", "charts/days.svg"}


def test_a_report_made_from_something_else_is_made_again(store: Store, tmp_path: Path) -> None:
    put_report(store, write_report(tmp_path, "one", bars="<svg/>"), NAME)
    results, notes = find_stored(store, ["elsewhere", NAME], ["one", "two"])
    assert [result.status for result in results] == [WAITING, WAITING]
    assert notes == []


def test_many_reports_are_looked_for_some_at_a_time(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put_report(store, write_report(tmp_path, "one", bars="<svg/>"), "day-5")
    monkeypatch.setattr(stored_reports, "_AT_ONCE", 2)
    names = [f"day-{n}" for n in range(7)]
    results, _ = find_stored(store, names, ["one"] * 7)
    assert [result.folder for result in results] == ["", "", "", "", "", "day-5", ""]


def test_what_an_earlier_report_had_and_the_new_one_has_not_goes(
    store: Store, tmp_path: Path
) -> None:
    put_report(store, write_report(tmp_path / "1", "one", bars="1", gone="x"), NAME)
    put_report(store, write_report(tmp_path / "2", "two", bars="2"), NAME)
    assert set(store.find()) == {f"{NAME}/charts/bars.svg", f"{NAME}/{MARK}"}
    assert status(store, "two", verify=True) == COMPLETE


@pytest.mark.parametrize("after", range(5))
def test_an_upload_that_breaks_leaves_no_report_and_the_next_repairs_it(
    store: Store, failing: Failing, tmp_path: Path, after: int
) -> None:
    put_report(store, write_report(tmp_path / "1", "one", bars="1", gone="x"), NAME)
    new = write_report(tmp_path / "2", "two", bars="2", days="3")
    with pytest.MonkeyPatch.context() as patch:
        broken = Failing(patch, failing._system)
        broken.fail("put_file", after, [KeyboardInterrupt()])
        # 4 files: the mark that it has begun, two charts, the manifest.
        if after < 4:
            with pytest.raises(KeyboardInterrupt):
                put_report(store, new, NAME)
            assert status(store, "two") == WAITING
            # No reader takes the new chart for one of the old report.
            old = store.read(f"{NAME}/{MARK}") is not None
            assert old == (store.read(f"{NAME}/charts/bars.svg") == b"1" and after == 0)
    put_report(store, new, NAME)
    names = {f"{NAME}/charts/bars.svg", f"{NAME}/charts/days.svg", f"{NAME}/{MARK}"}
    assert set(store.find()) == names
    assert status(store, "two", verify=True) == COMPLETE


def test_the_manifest_is_the_last_file(store: Store, failing: Failing, tmp_path: Path) -> None:
    report = write_report(tmp_path, "one", a="1", zz="2")
    (report / "zzz.html").write_text("page", encoding="utf-8")
    failing.fail("put_file", 4, [KeyboardInterrupt()])
    with pytest.raises(KeyboardInterrupt):
        put_report(store, report, NAME)
    assert {name.rpartition("/")[2] for name in store.find()} == {
        ".begun", "a.svg", "zz.svg", "zzz.html",
    }  # fmt: skip


def test_a_report_of_another_casebook_is_left_alone(store: Store, tmp_path: Path) -> None:
    for name in ("Sudan", "Gaza"):
        report = write_report(tmp_path / name, name, bars=name)
        manifest = json.loads((report / MARK).read_text("utf-8"))
        (report / MARK).write_text(json.dumps({**manifest, "casebook": name}), encoding="utf-8")
    put_report(store, tmp_path / "Sudan", NAME)
    with pytest.raises(FolderError, match='of another casebook, "Sudan", and not of "Gaza"'):
        put_report(store, tmp_path / "Gaza", NAME)
    put_report(store, tmp_path / "Sudan", NAME)
    assert status(store, "Sudan", verify=True) == COMPLETE


def test_an_upload_is_tried_again(store: Store, failing: Failing, tmp_path: Path) -> None:
    failing.fail("put_file", 1, [OSError("reset by peer"), TimeoutError("slow down")])
    put_report(store, write_report(tmp_path, "one", bars="1"), NAME)
    assert status(store, "one", verify=True) == COMPLETE


def test_a_store_that_stays_away_is_an_error_of_one_line(
    store: Store, failing: Failing, tmp_path: Path
) -> None:
    failing.fail("put_file", 0, [OSError("reset\nby peer")] * 3)
    with pytest.raises(StorageError, match=r"out: it cannot be written \(reset\)$") as caught:
        put_report(store, write_report(tmp_path, "one", bars="1"), NAME)
    assert explain(caught.value) == (2, str(caught.value))


def test_a_store_that_takes_long_to_fail_is_not_tried_for_ever(
    store: Store, failing: Failing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "PATIENCE", -1.0)  # as if the first try had taken so long
    failing.fail("put_file", 0, [TimeoutError("no answer")])
    with pytest.raises(StorageError, match=r"cannot be written \(no answer\)$"):
        store.write("a.csv", b"1")
    store.write("a.csv", b"1")


def test_what_is_no_report_stays(store: Store, tmp_path: Path) -> None:
    store.write(f"{NAME}/thesis.docx", b"years of work")
    report = write_report(tmp_path, "one", bars="1")
    with pytest.raises(StorageError, match=r"is no report \(it has no manifest.json\); move it"):
        put_report(store, report, NAME)
    remove_stored(store, NAME)
    assert set(store.find()) == {f"{NAME}/thesis.docx"}


def test_a_name_is_no_prefix_of_another(store: Store, tmp_path: Path) -> None:
    report = write_report(tmp_path, "one", bars="1")
    put_report(store, report, f"{NAME}.failed")
    put_report(store, report, NAME)
    remove_stored(store, NAME)
    assert set(store.find()) == {f"{NAME}.failed/{MARK}", f"{NAME}.failed/charts/bars.svg"}


def test_removing_goes_by_the_manifest_first(
    store: Store, failing: Failing, tmp_path: Path
) -> None:
    put_report(store, write_report(tmp_path, "one", a="1", b="2"), NAME)
    failing.fail("rm", 1, [KeyboardInterrupt()])
    with pytest.raises(KeyboardInterrupt):
        remove_stored(store, NAME)
    assert status(store, "one") == WAITING
    remove_stored(store, NAME)
    assert store.find() == {}


def test_verifying_reads_the_files(store: Store, tmp_path: Path) -> None:
    put_report(store, write_report(tmp_path, "one", bars="1", days="2"), NAME)
    store.write(f"{NAME}/charts/days.svg", b"3")
    assert status(store, "one") == COMPLETE
    [result], [note] = find_stored(store, [NAME], ["one"], verify=True)
    assert result.status == WAITING
    assert note.endswith("has another charts/days.svg beside it; the report is made again")


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"status": "complete"}', b"\xff" * 9])
def test_a_manifest_that_is_damaged_is_no_report(store: Store, content: bytes) -> None:
    store.write(f"{NAME}/{MARK}", content)
    [result], notes = find_stored(store, [NAME], ["one"])
    assert result.status == WAITING
    assert [note.endswith("; the report is made again") for note in notes] == [True]


# One batch at a time


def test_a_folder_is_held_by_one_batch(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with hold_store(store) as held:
        assert read_holder(store)["token"] == held.token
        with (
            pytest.raises(StorageError, match=r"another batch is at work in memory.* \(process"),
            hold_store(store),
        ):
            pass
    monkeypatch.setattr(stored_reports, "_HOLDS", -1.0)
    with hold_store(store), hold_store(store):  # the first was killed, and its lease has ended
        pass


def test_a_batch_that_has_lost_its_folder_ends(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_reports, "_RENEWED", 0.0)
    with hold_store(store) as held:
        store.remove([BATCH_MARK])
        held.tick()
        assert read_holder(store)["token"] == held.token
        store.write(BATCH_MARK, b'{"token": "another"}')
        with pytest.raises(StorageError, match="another batch has taken over"):
            held.tick()
    assert read_holder(store)["token"] == "another"


def test_a_lease_of_a_clock_that_is_wrong_is_told_as_that(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, message = 1_700_000_000.0, r"if it was killed, {} .batch.lock there"
    clock = SimpleNamespace(time=lambda: now, monotonic=lambda: 0.0)
    monkeypatch.setattr(stored_reports, "time", clock)
    with hold_store(store):
        for jump, wait in (
            (-200.0, "13 minutes, or remove"),
            (500.0, "2 minutes, or remove"),
            (-86_400.0, "remove"),  # whoever holds it is a day ahead
        ):
            clock.time = lambda jump=jump: now + jump
            with pytest.raises(StorageError, match=message.format(wait)) as raised:
                hold_store(store).__enter__()
            assert ("clock of" in str(raised.value)) == (jump < -1000)
        clock.time = lambda: now + 601
        with hold_store(store):
            pass


def test_a_store_that_never_ends_its_answer_is_left(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    end, asked = threading.Event(), []

    def trickle(*arguments: Any, **options: Any) -> None:
        asked.append(arguments)
        end.wait(60)

    monkeypatch.setattr(MemoryFileSystem, "cat_ranges", trickle)
    monkeypatch.setattr(store_module, "LONGEST", 0.01)
    try:
        with pytest.raises(StorageError, match=r"cannot be read \(no whole answer within 0 sec"):
            store.read("a")
    finally:
        end.set()
    assert len(asked) == 1, "another try would take as long again"


def test_a_report_is_no_folder_of_a_batch(store: Store, tmp_path: Path) -> None:
    put_report(store, write_report(tmp_path, "one", bars="1"), NAME)
    with (
        pytest.raises(StorageError, match="is a report itself; choose another folder"),
        hold_store(Store(f"{store.address}/{NAME}")),
    ):
        pass


# Addresses


def test_addresses_and_paths_are_told_apart() -> None:
    assert [is_address(text) for text in ("s3://a/b", "gs://a", "file:///a", "memory://a")] == (
        [True] * 4
    )
    assert not [
        text for text in ("reports", "/a/b", "C:\\a", "C:/a", "a:b", "") if is_address(text)
    ]
    assert check_address("S3://bucket/A b".replace(" ", "_") + "//") == "s3://bucket/A_b"
    assert check_address("file:///srv/reports%20of%20May/") == "/srv/reports of May/"


@pytest.mark.parametrize(
    "address",
    ["s3://", "s3:///a", "s3://b/../c", "s3://b//c", "s3://b/./c", "s3://b/a*", "s3://b/a?v=1",
     "s3://b/a b", "s3://b/a\n", "s3://b/[ab]", "zip://a::s3://b", "s3://b/a#b", "s3://b/{a}"],
)  # fmt: skip
def test_what_is_no_address_of_a_folder_is_refused(address: str) -> None:
    with pytest.raises(StorageError, match="is no address of a folder; expected"):
        check_address(address)


def test_keys_in_an_address_are_refused_and_not_shown() -> None:
    with pytest.raises(StorageError, match="keys do not belong into it") as caught:
        Store("s3://AKIA3141:topsecret@bucket/out")
    assert "topsecret" not in str(caught.value)
    assert "AKIA" not in str(caught.value)


def test_a_store_that_nobody_knows_is_an_error_of_one_line() -> None:
    with pytest.raises(StorageError, match=r"^sss://bucket: it cannot be opened \(Protocol not"):
        Store("sss://bucket")


# S3


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with s3_environment():
        yield make_bucket("reports-of-tests")


def test_s3_holds_a_report_and_replaces_it(bucket: str, tmp_path: Path) -> None:
    store = Store(f"{bucket}/nightly")
    put_report(store, write_report(tmp_path / "1", "one", bars="1", gone="x"), NAME)
    put_report(store, write_report(tmp_path / "2", "two", bars="2"), NAME)
    keys = {key for key in list_keys("reports-of-tests") if key.startswith("nightly/")}
    assert keys == {f"nightly/{NAME}/{MARK}", f"nightly/{NAME}/charts/bars.svg"}
    assert status(Store(f"{bucket}/nightly"), "two", verify=True) == COMPLETE
    with hold_store(store), pytest.raises(StorageError, match="at work"), hold_store(store):
        pass


def test_s3_is_asked_once_for_each_report_that_may_be_there(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import s3fs

    asked: list[str] = []
    real = s3fs.S3FileSystem._call_s3

    async def call(own: Any, method: str, *rest: Any, **options: Any) -> Any:
        asked.append(method)
        return await real(own, method, *rest, **options)

    store = Store(f"{bucket}/many")
    store.write(f"b/{MARK}", b"{}")
    monkeypatch.setattr(s3fs.S3FileSystem, "_call_s3", call)
    find_stored(store, ["a", "b", "c"], ["one"] * 3)
    assert asked == ["get_object"] * 3


def test_s3_says_of_a_page_that_it_is_one(bucket: str) -> None:
    import boto3

    Store(f"{bucket}/pages").write("index.html", b"<p>x")
    head = boto3.client("s3").head_object(Bucket="reports-of-tests", Key="pages/index.html")
    assert head["ContentType"] == "text/html"


def test_s3_without_the_bucket_is_an_error_of_one_line(bucket: str) -> None:
    with (
        pytest.raises(StorageError, match=r"^s3://nowhere/a: there is no such bucket or folder$"),
        hold_store(Store("s3://nowhere/a")),
    ):
        pass


def test_s3_without_credentials_is_an_error_of_one_line(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import s3fs

    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    s3fs.S3FileSystem.clear_instance_cache()
    try:
        with pytest.raises(StorageError, match=r"no credentials in the environment$"):
            Store(f"{bucket}/a").write("a", b"1")
    finally:
        s3fs.S3FileSystem.clear_instance_cache()


def test_s3_without_permission_is_an_error_of_one_line(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import s3fs

    async def refuse(*_: object, **__: object) -> None:
        raise s3fs.errors.translate_boto_error(
            __import__("botocore.exceptions").exceptions.ClientError(
                {"Error": {"Code": "AccessDenied", "Message": "Access Denied"}}, "PutObject"
            )
        )

    monkeypatch.setattr(s3fs.S3FileSystem, "_put_file", refuse)
    with pytest.raises(StorageError, match="no permission: it cannot be written with the"):
        Store(f"{bucket}/a").write("a", b"1")
