"""databricks-sql-connector: argument 1 is thrift, thrift-plain (without pyarrow) or sea, argument 2 is pat or m2m."""

import datetime
import decimal
import sys
import threading
import time

SEA = sys.argv[1] == "sea"
PLAIN = sys.argv[1] == "thrift-plain"
OAUTH = sys.argv[2] == "m2m"
if PLAIN:
    # What "pip install databricks-sql-connector" without its extra gives.
    sys.modules["pyarrow"] = None

from databricks import sql
from databricks.sdk.core import Config, oauth_service_principal

from checks import CLIENT_ID, CLIENT_SECRET, HTTP_PATH, HTTP_URL, HTTPS_PORT, TOKEN, check, equal, fails, run, skip


def connect(**more):
    signing_in = {"access_token": TOKEN}
    if OAUTH:
        config = Config(host=HTTP_URL, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, auth_type="oauth-m2m")
        signing_in = {"credentials_provider": lambda: oauth_service_principal(config)}
    return sql.connect(
        server_hostname="localhost",
        http_path=HTTP_PATH,
        _port=HTTPS_PORT,
        _tls_no_verify=True,
        enable_telemetry=False,
        use_sea=SEA,
        **signing_in,
        **more,
    )


def one(cursor, text, *parameters):
    cursor.execute(text, *parameters)
    return cursor.fetchone()


@check("Connection")
def session_starts_where_told(_):
    with connect(catalog="samples", schema="faa", user_agent_entry="Acme_Widget") as connection:
        with connection.cursor() as cursor:
            equal(one(cursor, "SELECT current_catalog(), current_schema()")[:], ("samples", "faa"))


@check("Connection")
def session_setting_is_kept(_):
    with connect(session_configuration={"TIMEZONE": "America/Los_Angeles"}) as connection:
        with connection.cursor() as cursor:
            equal(one(cursor, "SELECT current_timezone()")[0], "America/Los_Angeles")


@check("Types")
def every_type_has_its_python_value(cursor):
    row = one(
        cursor,
        "SELECT true, 1Y, 2S, 3, 4L, CAST(0.5 AS FLOAT), 0.25D, 12345678901234567890.12BD, 'Grüße 🐦', X'00FF',"
        " DATE'2024-02-29', TIMESTAMP'2024-02-29 12:34:56.789012Z', TIMESTAMP_NTZ'2024-02-29 12:34:56', NULL",
    )
    equal(row[0:10], (True, 1, 2, 3, 4, 0.5, 0.25, decimal.Decimal("12345678901234567890.12"), "Grüße 🐦", b"\x00\xff"))
    equal(row[10], datetime.date(2024, 2, 29))
    equal(
        row[11].astimezone(datetime.timezone.utc),
        datetime.datetime(2024, 2, 29, 12, 34, 56, 789012, datetime.timezone.utc),
    )
    equal(row[12].replace(tzinfo=None), datetime.datetime(2024, 2, 29, 12, 34, 56))
    equal(row[13], None)


@check("Types")
def nested_types_are_lists_dicts_and_pairs(cursor):
    row = one(cursor, "SELECT array(1, 2) AS a, map('k', 1) AS m, named_struct('x', 1, 'y', 'z') AS s")
    if PLAIN:
        equal(row[:], ("[1,2]", '{"k":1}', '{"x":1,"y":"z"}'))
        return
    equal(list(row.a), [1, 2])
    equal(dict(row.m), {"k": 1})
    equal(dict(row.s), {"x": 1, "y": "z"})


@check("Types")
def intervals_are_texts(cursor):
    if SEA:
        skip("the connector cannot read Arrow's intervals, and asks for them over REST")
    row = one(cursor, "SELECT INTERVAL '3-4' YEAR TO MONTH, INTERVAL '1 02:03:04.5' DAY TO SECOND")
    equal(row[:], ("3-4", "1 02:03:04.500000000"))


@check("Types")
def description_names_the_types(cursor):
    cursor.execute("SELECT 1 AS i, 'x' AS s, 1.50BD AS d, DATE'2024-01-01' AS t, array(1) AS a")
    equal([c[0] for c in cursor.description], ["i", "s", "d", "t", "a"])
    equal([c[1] for c in cursor.description], ["int", "string", "decimal", "date", "array"])
    equal(cursor.description[2][4:6], (3, 2))


@check("Types")
def null_of_every_type_is_none(cursor):
    types = ["BOOLEAN", "TINYINT", "BIGINT", "DOUBLE", "DECIMAL(10,2)", "STRING", "BINARY", "DATE", "TIMESTAMP"]
    row = one(cursor, "SELECT " + ", ".join(f"CAST(NULL AS {t})" for t in types))
    equal(row[:], (None,) * len(types))


@check("Arrow and CloudFetch")
def rows_300k_come_as_arrow(cursor):
    cursor.execute("SELECT id, 'row ' || id AS s, id * 1.5D AS d FROM range(300000)")
    if PLAIN:
        rows = cursor.fetchall()
        equal((len(rows), sum(r.id for r in rows), rows[-1].s), (300_000, 300_000 * 299_999 // 2, "row 299999"))
        return
    table = cursor.fetchall_arrow()
    equal(table.num_rows, 300_000)
    equal(sum(table.column("id").to_pylist()), 300_000 * 299_999 // 2)
    equal(table.column("s")[299_999].as_py(), "row 299999")


@check("Arrow and CloudFetch")
def rows_100k_come_without_cloud_fetch(_):
    with connect(use_cloud_fetch=False) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT id FROM range(100000)")
        equal(sum(len(rows) for rows in iter(lambda: cursor.fetchmany(30_000), [])), 100_000)


@check("Arrow and CloudFetch")
def fetchmany_walks_through_every_row(cursor):
    cursor.execute("SELECT id FROM range(10000)")
    seen = 0
    while rows := cursor.fetchmany(999):
        seen += len(rows)
    equal(seen, 10_000)


@check("Result sets")
def empty_result_has_columns(cursor):
    cursor.execute("SELECT id FROM range(0)")
    equal(cursor.fetchall(), [])
    equal(cursor.description[0][0], "id")


@check("Prepared statements")
def parameters_by_name_have_types(cursor):
    row = one(
        cursor,
        "SELECT :i, :s, :d, :n, :b, :f, :day, :at",
        {
            "i": 7,
            "s": "O'Neil \\ \"?",
            "d": decimal.Decimal("1.50"),
            "n": None,
            "b": True,
            "f": 0.25,
            "day": datetime.date(2024, 2, 29),
            "at": datetime.datetime(2024, 2, 29, 1, 2, 3, tzinfo=datetime.timezone.utc),
        },
    )
    equal(row[0:7], (7, "O'Neil \\ \"?", decimal.Decimal("1.50"), None, True, 0.25, datetime.date(2024, 2, 29)))


@check("Prepared statements")
def parameters_by_position(cursor):
    equal(one(cursor, "SELECT ? + ?, ?", [1, 2, "x"])[:], (3, "x"))


@check("Prepared statements")
def inline_parameters_of_old_versions(_):
    with connect(use_inline_params="silent") as connection, connection.cursor() as cursor:
        equal(one(cursor, "SELECT %(a)s, %(b)s", {"a": 1, "b": "it's"})[:], (1, "it's"))


@check("Batches")
def executemany_runs_each(cursor):
    cursor.execute("CREATE OR REPLACE TABLE main.default.py_many (id INT, name STRING)")
    cursor.executemany(
        "INSERT INTO main.default.py_many VALUES (:id, :name)", [{"id": i, "name": f"n{i}"} for i in range(5)]
    )
    equal(one(cursor, "SELECT count(*), sum(id) FROM main.default.py_many")[:], (5, 10))


@check("Updates")
def dml_tells_its_rows(cursor):
    cursor.execute("CREATE OR REPLACE TABLE main.default.py_dml (id INT)")
    equal(one(cursor, "INSERT INTO main.default.py_dml VALUES (1), (2)")[0], 2)
    equal(one(cursor, "DELETE FROM main.default.py_dml WHERE id = 1")[0], 1)
    equal(one(cursor, "SELECT count(*) FROM main.default.py_dml")[0], 1)


@check("Metadata")
def catalogs_schemas_and_tables_are_listed(cursor):
    cursor.execute("CREATE OR REPLACE TABLE main.default.py_meta (id BIGINT NOT NULL, name STRING)")
    names = [row[0] for row in cursor.catalogs().fetchall()]
    assert "main" in names and "samples" in names, names
    names = [row[0] for row in cursor.schemas(catalog_name="samples").fetchall()]
    assert "faa" in names, names
    tables = cursor.tables(catalog_name="main", schema_name="default", table_name="py_meta").fetchall()
    names = ("catalogName", "namespace", "tableName", "tableType")
    if not SEA:
        names = ("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE")
    equal([tuple(t[name] for name in names) for t in tables], [("main", "default", "py_meta", "TABLE")])


@check("Metadata")
def columns_are_described(cursor):
    cursor.execute("CREATE OR REPLACE TABLE main.default.py_meta (id BIGINT NOT NULL, name STRING)")
    columns = cursor.columns(catalog_name="main", schema_name="default", table_name="py_meta").fetchall()
    names = ("col_name", "columnType") if SEA else ("COLUMN_NAME", "TYPE_NAME")
    equal([tuple(c[name] for name in names) for c in columns], [("id", "BIGINT"), ("name", "STRING")])


@check("Errors and SQLSTATE")
def error_has_class_and_connection_lives(cursor):
    fails(lambda: cursor.execute("SELEC 1"), "PARSE_SYNTAX_ERROR")
    fails(lambda: cursor.execute("SELECT * FROM nowhere"), "TABLE_OR_VIEW_NOT_FOUND")
    fails(lambda: cursor.execute("SELECT 1 / 0").fetchall(), "DIVIDE_BY_ZERO")
    equal(one(cursor, "SELECT 5")[0], 5)


@check("Cancel")
def cancel_ends_a_statement(_):
    with connect() as connection, connection.cursor() as cursor:
        failures = []

        def query():
            try:
                cursor.execute("SELECT count(*) FROM range(10000000) a CROSS JOIN range(10000000) b WHERE a.id + b.id = -1")
                cursor.fetchall()
            except Exception as failure:  # noqa: BLE001
                failures.append(failure)

        thread = threading.Thread(target=query, daemon=True)
        thread.start()
        for _ in range(100):
            time.sleep(0.2)
            if not thread.is_alive():
                break
            cursor.cancel()
        thread.join(20)
        equal(thread.is_alive(), False)
        equal(len(failures), 1)


@check("Asynchronous execution")
def execute_async_is_polled(_):
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute_async("SELECT sum(id) FROM range(1000)")
        cursor.get_async_execution_result()
        equal(cursor.fetchone()[0], 499_500)


@check("Row limits and fetch size")
def row_limit_is_kept(_):
    with connect() as connection, connection.cursor(row_limit=7) as cursor:
        cursor.execute("SELECT id FROM range(100)")
        equal(len(cursor.fetchall()), 7)


@check("Query tags")
def tags_of_a_statement_are_taken(cursor):
    cursor.execute("SELECT 1", query_tags={"team": "birds"})
    equal(cursor.fetchone()[0], 1)


if __name__ == "__main__":
    with connect() as opened, opened.cursor() as shared:
        run(shared)
