package io.lakeport.app.config;

import io.lakeport.core.error.LakeportException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** An object of the configuration whose keys are known; reads them with their types. */
final class ConfigObject {
    private final JsonValue value;
    private final Map<String, JsonValue> members;

    private ConfigObject(JsonValue value) {
        this.value = value;
        this.members = value.object();
    }

    /** Returns the object, after making sure that it holds none but the known keys. */
    static ConfigObject of(JsonValue value, Set<String> known) {
        ConfigObject object = new ConfigObject(value);
        object.members.forEach((key, member) -> {
            if (!known.contains(key)) {
                throw member.error("unknown key '" + key + "'" + Nearest.hint(key, known) + " (known here: "
                        + String.join(", ", known) + ")");
            }
        });
        return object;
    }

    JsonValue value() {
        return value;
    }

    /** Returns a member that is there and not null. */
    Optional<JsonValue> find(String key) {
        return Optional.ofNullable(members.get(key)).filter(member -> member.content() != null);
    }

    /** Returns a member that must be there; {@code meaning} says what it is for. */
    JsonValue require(String key, String meaning) {
        return find(key).orElseThrow(() -> missing(key, meaning));
    }

    LakeportException missing(String key, String meaning) {
        return value.error("the key '" + key + "' is missing: " + meaning);
    }

    /** Returns a member as text, which must not be blank. */
    Optional<String> text(String key) {
        return find(key).map(member -> {
            if (member.string().isBlank()) {
                throw member.error("the text is blank; give a value or leave the key out");
            }
            return member.string();
        });
    }

    <T> Optional<T> read(String key, Function<String, T> parser) {
        return find(key).map(member -> located(member, () -> parser.apply(member.string())));
    }

    Optional<Integer> count(String key, int least) {
        return find(key).map(member -> {
            long number = member.integer();
            if (number < least || number > Integer.MAX_VALUE) {
                throw member.error(
                        "expected a number from " + least + " to " + Integer.MAX_VALUE + ", found " + number);
            }
            return (int) number;
        });
    }

    List<JsonValue> list(String key) {
        return find(key).map(JsonValue::array).orElse(List.of());
    }

    /** Returns a member that maps free names to texts. */
    Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        find(key).map(JsonValue::object).orElse(Map.of()).forEach((name, member) -> texts.put(name, member.string()));
        return texts;
    }

    /** Runs a parser of the domain and turns its refusal into an error with a place. */
    static <T> T located(JsonValue member, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw member.error(String.valueOf(e.getMessage()), e);
        }
    }
}
