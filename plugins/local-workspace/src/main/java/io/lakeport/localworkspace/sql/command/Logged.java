package io.lakeport.localworkspace.sql.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.catalog.TableFacts;
import io.lakeport.localworkspace.version.Operation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Operations with the names and parameters that Delta's log gives them. */
final class Logged {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Logged() {}

    static String array(List<String> values) {
        ArrayNode node = JSON.createArrayNode();
        values.forEach(node::add);
        return node.toString();
    }

    static String object(Map<String, String> values) {
        ObjectNode node = JSON.createObjectNode();
        new TreeMap<>(values).forEach(node::put);
        return node.toString();
    }

    static Operation write(boolean overwrite, Map<String, String> more) {
        Map<String, String> parameters = new TreeMap<>(more);
        parameters.put("mode", overwrite ? "Overwrite" : "Append");
        parameters.put("statsOnLoad", "false");
        parameters.putIfAbsent("partitionBy", "[]");
        return Operation.of("WRITE", parameters).blind(!overwrite);
    }

    static Operation where(String name, @Nullable String predicate) {
        return Operation.of(name, Map.of("predicate", array(predicate == null ? List.of() : List.of(predicate))));
    }

    /** An operation that defines a table. */
    static Operation define(String name, TableFacts facts) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("isManaged", "true");
        parameters.put("partitionBy", array(facts.partitioning()));
        parameters.put("clusterBy", array(facts.clustering()));
        parameters.put("properties", object(facts.properties()));
        parameters.put("statsOnLoad", "false");
        String comment = facts.comment();
        if (comment != null) {
            parameters.put("description", comment);
        }
        return Operation.of(name, parameters);
    }
}
