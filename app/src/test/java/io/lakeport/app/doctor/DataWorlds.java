package io.lakeport.app.doctor;

import io.lakeport.core.sql.TableName;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.fault.FaultMatch;
import io.lakeport.localworkspace.fault.FaultyAnswer;
import java.util.List;
import java.util.Optional;

/** From the metastore to a column. */
final class DataWorlds {
    private static final String UNITY = "/api/2.1/unity-catalog/";

    private DataWorlds() {}

    static List<World> all() {
        World.Atlas atlas = new World.Atlas();
        names(atlas);
        rights(atlas);
        views(atlas);
        columns(atlas);
        writing(atlas);
        return atlas.worlds();
    }

    private static void names(World.Atlas atlas) {
        atlas.broken("workspace without Unity Catalog", "NO_METASTORE", s -> {
                    s.request.table(TableName.of("main", "sales", "orders"));
                    s.workspace
                            .faults()
                            .when(FaultMatch.request("GET", UNITY + "current-metastore-assignment"))
                            .answer(404);
                })
                .broken(
                        "catalog that is not there",
                        "CATALOG_NOT_FOUND",
                        s -> s.request.table(TableName.of("nowhere", "sales", "orders")))
                .broken("catalog bound to other workspaces", "CATALOG_NOT_BOUND", s -> {
                    s.readable();
                    s.workspace
                            .faults()
                            .when(FaultMatch.request("GET", UNITY + "catalogs/*"))
                            .answer(said("Catalog '" + s.catalog() + "' is not accessible in current workspace"));
                })
                .broken("schema that is not there", "SCHEMA_NOT_FOUND", s -> {
                    s.readable();
                    s.request.table(TableName.of(s.catalog(), "sale", "orders"));
                })
                .broken("table misspelt", "TABLE_NOT_FOUND", s -> {
                    s.readable();
                    s.request.table(TableName.of(s.catalog(), "sales", "order"));
                })
                .broken(
                        "table dropped",
                        "TABLE_NOT_FOUND",
                        s -> s.admin.sql("DROP TABLE " + s.readable().quoted()))
                .broken(
                        "table of a Hive metastore that is not there",
                        "HIVE_METASTORE_MISSING",
                        s -> s.request.table(TableName.of("hive_metastore", "default", "orders")))
                .broken("default schema that is not there", "DEFAULT_NAMESPACE_MISSING", s -> {
                    s.readable();
                    s.tenant.put("catalog", s.catalog()).put("schema", "nowhere");
                })
                .broken("catalog outside of the tenant's scope", "TABLE_OUT_OF_SCOPE", s -> {
                    s.readable();
                    s.tenant.putObject("scope").putArray("catalogs").add("another");
                })
                .healthy("table by its bare name in the default schema", "", s -> {
                    TableName name = s.readable();
                    s.tenant.put("catalog", s.catalog()).put("schema", "sales");
                    s.request.table(TableName.parse(name.table().value()));
                });
    }

    private static FaultyAnswer said(String message) {
        return new FaultyAnswer(
                403, Optional.of("PERMISSION_DENIED"), Optional.of(message), FaultyAnswer.Body.JSON, Optional.empty());
    }

    private static void rights(World.Atlas atlas) {
        atlas.fixable("nothing granted", "CATALOG_USE_MISSING", Scene::table)
                .fixable("USE CATALOG lacks, all else is granted", "CATALOG_USE_MISSING", s -> {
                    TableName name = s.table();
                    s.grant("USE SCHEMA ON SCHEMA " + s.catalog() + ".sales", "SELECT ON TABLE " + name.quoted());
                })
                .fixable("USE SCHEMA lacks", "SCHEMA_USE_MISSING", s -> {
                    TableName name = s.table();
                    s.grant("USE CATALOG ON CATALOG " + s.catalog(), "SELECT ON TABLE " + name.quoted());
                })
                .fixable("SELECT lacks", "SELECT_MISSING", s -> {
                    s.table();
                    s.grant("USE CATALOG ON CATALOG " + s.catalog(), "USE SCHEMA ON SCHEMA " + s.catalog() + ".sales");
                })
                .fixable("BROWSE shows the table and opens nothing", "CATALOG_USE_MISSING", s -> {
                    s.table();
                    s.grant("BROWSE ON CATALOG " + s.catalog());
                })
                .fixable(
                        "SELECT was revoked",
                        "SELECT_MISSING",
                        s -> s.revoke("SELECT ON TABLE " + s.readable().quoted()))
                .fixable("group that held the rights was left", "CATALOG_USE_MISSING", s -> {
                    s.table();
                    readers(s);
                })
                .healthy("rights held through a group alone", "", s -> {
                    s.table();
                    s.workspace.identities().addMember(readers(s), s.principal);
                })
                .healthy("least rights: catalog, schema, one table", "", Scene::readable)
                .healthy(
                        "table without a row",
                        "NO_ROW_SEEN",
                        s -> s.admin.sql("DELETE FROM " + s.readable().quoted()));
    }

    private static DirectoryEntry readers(Scene s) {
        DirectoryEntry group = s.workspace.identities().addGroup("readers " + s.number);
        s.admin.sql(
                "GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG " + s.catalog() + " TO `readers " + s.number + "`");
        return group;
    }

    private static void views(World.Atlas atlas) {
        atlas.fixable("view whose owner lost the right below it", "VIEW_OWNER_LACKS_RIGHT", s -> {
                    TableName below = s.table();
                    Principal owner = s.workspace.identities().addServicePrincipal("owner " + s.number);
                    TableName view = view(s, below);
                    s.admin.sql("GRANT USE CATALOG, USE SCHEMA ON CATALOG " + s.catalog() + " TO `"
                            + owner.applicationId() + "`");
                    s.admin.sql("ALTER VIEW " + view.quoted() + " OWNER TO `" + owner.applicationId() + "`");
                })
                .fixable(
                        "view on which SELECT lacks",
                        "SELECT_MISSING",
                        s -> s.revoke("SELECT ON VIEW " + view(s, s.readable()).quoted()))
                .broken("view whose table was dropped", "READ_REFUSED", s -> {
                    TableName below = s.table();
                    view(s, below);
                    s.admin.sql("DROP TABLE " + below.quoted());
                })
                .healthy("view over a table that may not be read itself", "", s -> view(s, s.table()));
    }

    private static TableName view(Scene s, TableName below) {
        TableName view = TableName.of(s.catalog(), "sales", "orders_view");
        s.admin.sql("CREATE VIEW " + view.quoted() + " AS SELECT * FROM " + below.quoted());
        s.grant(
                "USE CATALOG ON CATALOG " + s.catalog(),
                "USE SCHEMA ON SCHEMA " + s.catalog() + ".sales",
                "SELECT ON VIEW " + view.quoted());
        s.request.table(view);
        return view;
    }

    private static void columns(World.Atlas atlas) {
        atlas.broken("column misspelt", "COLUMN_NOT_FOUND", s -> {
                    s.readable();
                    s.request.column("update_at");
                })
                .broken("column renamed by the table's owner", "COLUMN_NOT_FOUND", s -> {
                    TableName name = s.readable();
                    s.admin.sql("CREATE OR REPLACE TABLE " + name.quoted() + " AS SELECT 1 AS id, 2 AS changed_at");
                    s.request.column("updated_at");
                })
                .healthy("column in another case", "", s -> {
                    s.readable();
                    s.request.column("UPDATED_AT");
                });
    }

    private static void writing(World.Atlas atlas) {
        atlas.fixable("MODIFY lacks", "MODIFY_MISSING", s -> {
                    s.readable();
                    writes(s);
                })
                .broken("profile of the tenant reads only", "WRITING_IS_SWITCHED_OFF", s -> {
                    s.readable();
                    s.request.write(true);
                })
                .broken("rows to be written to a view", "VIEW_CANNOT_BE_WRITTEN", s -> {
                    view(s, s.table());
                    writes(s);
                })
                .healthy("MODIFY on the schema", "", s -> {
                    s.readable();
                    s.grant("MODIFY ON SCHEMA " + s.catalog() + ".sales");
                    writes(s);
                })
                .healthy("MODIFY through a group", "", s -> {
                    s.readable();
                    s.workspace.identities().addMember(readers(s), s.principal);
                    s.admin.sql("GRANT MODIFY ON CATALOG " + s.catalog() + " TO `readers " + s.number + "`");
                    writes(s);
                });
    }

    private static void writes(Scene s) {
        s.tenant.putObject("scope").put("access", "write_back");
        s.request.write(true);
    }
}
