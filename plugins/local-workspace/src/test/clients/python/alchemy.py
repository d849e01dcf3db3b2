"""SQLAlchemy with the dialect of Databricks."""

from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, inspect, select, text

from checks import HTTP_PATH, HTTPS_PORT, TOKEN, check, equal, run


def engine():
    return create_engine(
        f"databricks://token:{TOKEN}@localhost?http_path={HTTP_PATH}&catalog=main&schema=default",
        connect_args={"_port": HTTPS_PORT, "_tls_no_verify": True, "enable_telemetry": False},
    )


@check("Connection")
def select_one(opened):
    with opened.connect() as connection:
        equal(connection.execute(text("SELECT 1")).scalar(), 1)


@check("Metadata")
def tables_and_columns_are_reflected(opened):
    with opened.connect() as connection:
        connection.execute(
            text(
                "CREATE OR REPLACE TABLE alchemy_keys (id BIGINT NOT NULL, name STRING,"
                " CONSTRAINT pk_alchemy PRIMARY KEY (id))"
            )
        )
    inspector = inspect(opened)
    assert "alchemy_keys" in inspector.get_table_names(), inspector.get_table_names()
    assert "default" in inspector.get_schema_names()
    equal([c["name"] for c in inspector.get_columns("alchemy_keys")], ["id", "name"])
    equal(inspector.get_pk_constraint("alchemy_keys")["constrained_columns"], ["id"])
    equal(inspector.get_foreign_keys("alchemy_keys"), [])
    equal(inspector.has_table("alchemy_keys"), True)
    equal(inspector.has_table("no_such_table"), False)


@check("Updates")
def table_is_made_filled_and_read(opened):
    table = Table("alchemy_birds", MetaData(), Column("id", Integer), Column("name", String))
    table.drop(opened, checkfirst=True)
    table.create(opened)
    with opened.begin() as connection:
        connection.execute(table.insert(), [{"id": 1, "name": "wren"}, {"id": 2, "name": "it's"}])
    with opened.connect() as connection:
        rows = connection.execute(select(table).where(table.c.id > 1)).all()
    equal([tuple(r) for r in rows], [(2, "it's")])
    table.drop(opened)


@check("Views")
def views_are_reflected(opened):
    with opened.connect() as connection:
        connection.execute(text("CREATE OR REPLACE VIEW alchemy_view AS SELECT 1 AS one"))
    assert "alchemy_view" in inspect(opened).get_view_names()


if __name__ == "__main__":
    run(engine())
