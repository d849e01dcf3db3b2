package io.lakeport.localworkspace.rest.unity;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.governance.GovernanceException;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Primary and foreign keys, made and dropped by the statements that do so. */
final class ConstraintRoutes {
    private static final String CONSTRAINTS = Unity.API + "/constraints";

    private final Unity unity;

    ConstraintRoutes(Unity unity) {
        this.unity = unity;
    }

    void addTo(Router router) {
        router.add("POST", CONSTRAINTS, unity.call(this::create));
        router.add("DELETE", CONSTRAINTS + "/{name}", unity.call(this::delete));
    }

    private void create(Call call) throws IOException {
        JsonNode body = call.body();
        Securable table = Unity.named(SecurableType.TABLE, Call.required(body, "full_name_arg"));
        unity.requireVisible(call, table, Privilege.SELECT);
        JsonNode constraint = body.path("constraint");
        String sql;
        if (constraint.hasNonNull("primary_key_constraint")) {
            JsonNode key = constraint.get("primary_key_constraint");
            sql = Bodies.quote(Call.required(key, "name")) + " PRIMARY KEY (" + columns(key, "child_columns") + ")";
        } else if (constraint.hasNonNull("foreign_key_constraint")) {
            JsonNode key = constraint.get("foreign_key_constraint");
            Securable parent = Unity.named(SecurableType.TABLE, Call.required(key, "parent_table"));
            sql = Bodies.quote(Call.required(key, "name")) + " FOREIGN KEY (" + columns(key, "child_columns")
                    + ") REFERENCES " + Bodies.quote(parent) + " (" + columns(key, "parent_columns") + ")";
        } else {
            throw GovernanceException.invalid("One of primary_key_constraint and foreign_key_constraint is required.");
        }
        unity.run(call, "ALTER TABLE " + Bodies.quote(table) + " ADD CONSTRAINT " + sql);
        call.answer(constraint.deepCopy());
    }

    private static String columns(JsonNode key, String field) {
        List<String> names = new ArrayList<>();
        key.path(field).forEach(n -> names.add(Bodies.quote(n.asText())));
        if (names.isEmpty()) {
            throw GovernanceException.invalid("Missing required field: " + field);
        }
        return String.join(", ", names);
    }

    private void delete(Call call) throws IOException {
        Securable table = Unity.named(SecurableType.TABLE, call.path().get("name"));
        unity.requireVisible(call, table, Privilege.SELECT);
        String cascade = call.flag("cascade") ? " CASCADE" : "";
        unity.run(
                call,
                "ALTER TABLE " + Bodies.quote(table) + " DROP CONSTRAINT "
                        + Bodies.quote(call.required("constraint_name")) + cascade);
        call.answerEmpty();
    }
}
