package io.lakeport.localworkspace.statement;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.http.ApiException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the parameters of a statement: by name as the API's documentation has them, by ordinal as the driver does. */
final class ParameterFields {
    private ParameterFields() {}

    static List<EngineParameter> parse(JsonNode body) {
        List<EngineParameter> parameters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode node : BodyFields.objects(body, "parameters")) {
            EngineParameter parameter = parameter(node, parameters.size() + 1);
            String key = parameter.name() == null
                    ? String.valueOf(parameter.ordinal())
                    : parameter.name().toLowerCase(Locale.ROOT);
            if (!names.add(key)) {
                throw ApiException.invalid("The parameter " + key + " is given more than once.");
            }
            parameters.add(parameter);
        }
        if (parameters.stream().map(p -> p.name() == null).distinct().count() > 1) {
            throw ApiException.invalid("Parameters must be all named or all positional.");
        }
        return parameters;
    }

    private static EngineParameter parameter(JsonNode node, int position) {
        Optional<String> name = BodyFields.text(node, "name").filter(text -> !text.isEmpty());
        long ordinal = BodyFields.number(node, "ordinal", 0);
        JsonNode value = node.path("value");
        if (value.isContainerNode()) {
            throw new ApiException(
                    400, "MALFORMED_REQUEST", "Could not parse request object: a parameter's value must be a string");
        }
        return new EngineParameter(
                name.orElse(null),
                name.isPresent() ? 0 : ordinal > 0 ? (int) Math.min(ordinal, Integer.MAX_VALUE) : position,
                BodyFields.text(node, "type").filter(type -> !type.isBlank()).orElse("STRING"),
                value.isMissingNode() || value.isNull() ? null : value.asText());
    }
}
