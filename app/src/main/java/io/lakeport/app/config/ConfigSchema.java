package io.lakeport.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The published JSON Schemas, as they stand in {@code docs/}. */
public final class ConfigSchema {
    private ConfigSchema() {}

    /** Returns the schema of Lakeport's document. */
    public static String lakeport() {
        return read("lakeport.schema.json");
    }

    /** Returns the schema of Birdie's document. */
    public static String birdie() {
        return read("birdie.schema.json");
    }

    private static String read(String name) {
        try (InputStream in = ConfigSchema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar was built without " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
