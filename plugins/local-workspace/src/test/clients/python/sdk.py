"""databricks-sdk for Python; argument 1 is pat or m2m."""

import io
import sys

from databricks.sdk import WorkspaceClient
from databricks.sdk.errors import NotFound, PermissionDenied, Unauthenticated
from databricks.sdk.service.sql import (
    Disposition,
    ExecuteStatementRequestOnWaitTimeout,
    Format,
    StatementParameterListItem,
    StatementState,
)

from checks import CLIENT_ID, CLIENT_SECRET, HTTP_URL, TOKEN, WAREHOUSE, check, equal, fails, run

OAUTH = sys.argv[1] == "m2m"


def client(**other):
    if other:
        return WorkspaceClient(host=HTTP_URL, **other)
    if OAUTH:
        return WorkspaceClient(host=HTTP_URL, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, auth_type="oauth-m2m")
    return WorkspaceClient(host=HTTP_URL, token=TOKEN, auth_type="pat")


@check("Connection")
def current_user_is_the_principal(w):
    equal(w.current_user.me().user_name, CLIENT_ID)


@check("Connection")
def wrong_token_is_refused(_):
    try:
        client(token="dapi00000000000000000000000000000000", auth_type="pat").current_user.me()
    except (PermissionDenied, Unauthenticated):
        return
    raise AssertionError("a wrong token was taken")


@check("Statement execution")
def statement_is_executed_with_parameters(w):
    answer = w.statement_execution.execute_statement(
        "SELECT :n + 1 AS n, :s AS s",
        WAREHOUSE,
        parameters=[StatementParameterListItem("n", "INT", "41"), StatementParameterListItem("s", value="it's")],
        wait_timeout="30s",
    )
    equal(answer.status.state, StatementState.SUCCEEDED)
    equal(answer.result.data_array, [["42", "it's"]])
    equal([c.type_name.value for c in answer.manifest.schema.columns], ["INT", "STRING"])


@check("Statement execution")
def links_lead_to_every_chunk(w):
    answer = w.statement_execution.execute_statement(
        "SELECT id FROM range(300000)",
        WAREHOUSE,
        disposition=Disposition.EXTERNAL_LINKS,
        format=Format.ARROW_STREAM,
        wait_timeout="30s",
    )
    equal(answer.manifest.total_row_count, 300_000)
    rows = 0
    for chunk in range(answer.manifest.total_chunk_count):
        link = w.statement_execution.get_statement_result_chunk_n(answer.statement_id, chunk).external_links[0]
        rows += link.row_count
    equal(rows, 300_000)


@check("Cancel")
def cancelled_statement_is_polled_to_its_end(w):
    answer = w.statement_execution.execute_statement(
        "SELECT count(*) FROM range(10000000) a CROSS JOIN range(10000000) b WHERE a.id + b.id = -1",
        WAREHOUSE,
        wait_timeout="0s",
        on_wait_timeout=ExecuteStatementRequestOnWaitTimeout.CONTINUE,
    )
    w.statement_execution.cancel_execution(answer.statement_id)
    state = answer.status.state
    for _ in range(200):
        state = w.statement_execution.get_statement(answer.statement_id).status.state
        if state not in (StatementState.PENDING, StatementState.RUNNING):
            break
    equal(state, StatementState.CANCELED)


@check("Errors and SQLSTATE")
def failures_have_their_classes(w):
    answer = w.statement_execution.execute_statement("SELEC 1", WAREHOUSE, wait_timeout="30s")
    equal(answer.status.state, StatementState.FAILED)
    assert "PARSE_SYNTAX_ERROR" in answer.status.error.message, answer.status.error.message
    try:
        w.statement_execution.get_statement("01f0aaaa-0000-0000-0000-000000000000")
    except NotFound:
        return
    raise AssertionError("an unknown statement was found")


@check("Warehouses")
def warehouses_are_listed_and_read(w):
    listed = list(w.warehouses.list())
    assert WAREHOUSE in [one.id for one in listed], listed
    equal(w.warehouses.get(WAREHOUSE).id, WAREHOUSE)


@check("Unity Catalog")
def catalogs_schemas_and_tables_are_listed(w):
    assert "main" in [c.name for c in w.catalogs.list()]
    assert "faa" in [s.name for s in w.schemas.list("samples")]
    tables = list(w.tables.list("samples", "faa"))
    equal([t.full_name for t in tables], ["samples.faa.birdstrikes"])
    columns = w.tables.get("samples.faa.birdstrikes").columns
    assert len(columns) > 3, columns


@check("Query history")
def statement_is_in_the_history(w):
    w.statement_execution.execute_statement("SELECT 'python history'", WAREHOUSE, wait_timeout="30s")
    texts = [q.query_text for q in w.query_history.list(max_results=20).res]
    assert "SELECT 'python history'" in texts, texts


@check("Files and volumes")
def file_in_a_volume_comes_back(w):
    w.statement_execution.execute_statement("CREATE VOLUME IF NOT EXISTS main.default.pyvol", WAREHOUSE, wait_timeout="30s")
    path = "/Volumes/main/default/pyvol/a b.txt"
    w.files.upload(path, io.BytesIO(b"hello"), overwrite=True)
    equal(w.files.download(path).contents.read(), b"hello")
    equal(w.files.get_metadata(path).content_length, 5)
    equal([e.name for e in w.files.list_directory_contents("/Volumes/main/default/pyvol")], ["a b.txt"])
    w.files.delete(path)
    fails(lambda: w.files.get_metadata(path))


@check("DBFS")
def file_in_dbfs_comes_back(w):
    with w.dbfs.open("/tmp/py.txt", write=True, overwrite=True) as out:
        out.write(b"dbfs")
    with w.dbfs.open("/tmp/py.txt", read=True) as source:
        equal(source.read(), b"dbfs")
    w.dbfs.delete("/tmp/py.txt")


@check("Jobs")
def sql_job_runs_to_its_end(w):
    from databricks.sdk.service.jobs import SqlTask, SqlTaskFile, Source, SubmitTask, RunResultState  # noqa: PLC0415

    from databricks.sdk.service.workspace import ImportFormat  # noqa: PLC0415

    path = f"/Users/{CLIENT_ID}/py_job.sql"
    w.workspace.import_(path, content="U0VMRUNUIDE=", format=ImportFormat.RAW, overwrite=True)
    run_ = w.jobs.submit(
        run_name="py",
        tasks=[
            SubmitTask(
                task_key="one",
                sql_task=SqlTask(warehouse_id=WAREHOUSE, file=SqlTaskFile(path=path, source=Source.WORKSPACE)),
            )
        ],
    ).result()
    if run_.state.result_state != RunResultState.SUCCESS:
        raise AssertionError(f"{run_.state.state_message}; {w.jobs.get_run_output(run_.tasks[0].run_id).error}")


@check("Workspace files")
def notebook_and_file_are_uploaded_and_come_back(w):
    from databricks.sdk.service.workspace import ImportFormat, Language  # noqa: PLC0415

    home = f"/Users/{CLIENT_ID}"
    equal(w.workspace.get_status(home).object_type.value, "DIRECTORY")
    content = b"a\r\n--b\x00\xff\r\n"
    w.workspace.upload(f"{home}/py.bin", io.BytesIO(content), format=ImportFormat.RAW, overwrite=True)
    equal(w.workspace.download(f"{home}/py.bin").read(), content)
    w.workspace.upload(f"{home}/py", io.BytesIO(b"SELECT 1"), language=Language.SQL, overwrite=True)
    equal(w.workspace.get_status(f"{home}/py").language, Language.SQL)


@check("Clusters")
def clusters_are_listed(w):
    list(w.clusters.list())


if __name__ == "__main__":
    run(client())
