package io.lakeport.localworkspace.engine.duck;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.sql.function.Hashes;
import io.lakeport.localworkspace.sql.function.Intervals;
import io.lakeport.localworkspace.sql.function.JsonTexts;
import io.lakeport.localworkspace.sql.function.Moments;
import io.lakeport.localworkspace.sql.function.Numerals;
import io.lakeport.localworkspace.sql.function.Regexps;
import io.lakeport.localworkspace.sql.function.Texts;
import io.lakeport.localworkspace.sql.function.Urls;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * Spark's functions that DuckDB has otherwise or not at all, computed by Java inside of DuckDB. Their names begin with
 * {@code lpj_}; bytes come and go as hexadecimal digits and lists as JSON, because such functions have no such types.
 */
final class JavaFunctions {
    private static final HexFormat HEX = HexFormat.of();

    /** A function of a row's arguments, none of which is NULL. */
    private interface Body {
        @Nullable
        Object apply(Object[] arguments) throws Exception;
    }

    private final DuckDBConnection connection;

    private JavaFunctions(DuckDBConnection connection) {
        this.connection = connection;
    }

    static void register(DuckDBConnection connection) throws SQLException {
        JavaFunctions functions = new JavaFunctions(connection);
        functions.regexps();
        functions.hashes();
        functions.texts();
        functions.others();
        functions.json();
    }

    private void regexps() throws SQLException {
        add("lpj_rlike BOOLEAN VARCHAR VARCHAR", a -> Regexps.matches(text(a[0]), text(a[1])));
        add(
                "lpj_regexp_extract VARCHAR VARCHAR VARCHAR INTEGER",
                a -> Regexps.extract(text(a[0]), text(a[1]), number(a[2])));
        add(
                "lpj_regexp_extract_all VARCHAR VARCHAR VARCHAR INTEGER",
                a -> json(Regexps.extractAll(text(a[0]), text(a[1]), number(a[2]))));
        add(
                "lpj_regexp_replace VARCHAR VARCHAR VARCHAR VARCHAR INTEGER",
                a -> Regexps.replace(text(a[0]), text(a[1]), text(a[2]), number(a[3])));
        add("lpj_regexp_count INTEGER VARCHAR VARCHAR", a -> Regexps.count(text(a[0]), text(a[1])));
        add("lpj_regexp_instr INTEGER VARCHAR VARCHAR", a -> Regexps.position(text(a[0]), text(a[1])));
        add(
                "lpj_split VARCHAR VARCHAR VARCHAR INTEGER",
                a -> json(Regexps.split(text(a[0]), text(a[1]), number(a[2]))));
    }

    private void hashes() throws SQLException {
        add("lpj_hash_int INTEGER INTEGER INTEGER", a -> Hashes.murmur(number(a[0]), number(a[1])));
        add("lpj_hash_long INTEGER INTEGER BIGINT", a -> Hashes.murmur(number(a[0]), (long) (Long) a[1]));
        add("lpj_hash_bytes INTEGER INTEGER VARCHAR", a -> Hashes.murmur(number(a[0]), bytes(a[1])));
        add("lpj_hash_text INTEGER INTEGER VARCHAR", a -> Hashes.murmur(number(a[0]), utf8(a[1])));
        add("lpj_hash_double INTEGER INTEGER DOUBLE", a -> Hashes.murmur(number(a[0]), doubleBits(a[1])));
        add("lpj_hash_float INTEGER INTEGER FLOAT", a -> Hashes.murmur(number(a[0]), floatBits(a[1])));
        add("lpj_xx_int BIGINT BIGINT INTEGER", a -> Hashes.xx((Long) a[0], number(a[1])));
        add("lpj_xx_long BIGINT BIGINT BIGINT", a -> Hashes.xx((Long) a[0], (long) (Long) a[1]));
        add("lpj_xx_bytes BIGINT BIGINT VARCHAR", a -> Hashes.xx((Long) a[0], bytes(a[1])));
        add("lpj_xx_text BIGINT BIGINT VARCHAR", a -> Hashes.xx((Long) a[0], utf8(a[1])));
        add("lpj_xx_double BIGINT BIGINT DOUBLE", a -> Hashes.xx((Long) a[0], doubleBits(a[1])));
        add("lpj_xx_float BIGINT BIGINT FLOAT", a -> Hashes.xx((Long) a[0], floatBits(a[1])));
        add("lpj_sha2 VARCHAR VARCHAR INTEGER", a -> Hashes.sha2(bytes(a[0]), number(a[1])));
        add("lpj_crc32 BIGINT VARCHAR", a -> Hashes.crc32(bytes(a[0])));
    }

    private static long doubleBits(Object value) {
        double number = (Double) value;
        return Double.doubleToLongBits(number == 0 ? 0.0 : number);
    }

    private static int floatBits(Object value) {
        float number = (Float) value;
        return Float.floatToIntBits(number == 0 ? 0f : number);
    }

    private void texts() throws SQLException {
        add("lpj_conv VARCHAR VARCHAR INTEGER INTEGER", a -> Texts.conv(text(a[0]), number(a[1]), number(a[2])));
        add("lpj_soundex VARCHAR VARCHAR", a -> Texts.soundex(text(a[0])));
        add("lpj_mask VARCHAR VARCHAR VARCHAR", a -> Texts.mask(text(a[0]), present(a[1])));
        add("lpj_luhn BOOLEAN VARCHAR", a -> Texts.luhn(text(a[0])));
        add("lpj_format VARCHAR VARCHAR VARCHAR", a -> Texts.format(text(a[0]), list(a[1])));
        add(
                "lpj_format_number VARCHAR VARCHAR BOOLEAN INTEGER",
                a -> Texts.formatNumber(text(a[0]), (Boolean) a[1], number(a[2])));
        add(
                "lpj_format_pattern VARCHAR VARCHAR BOOLEAN VARCHAR",
                a -> Texts.formatNumber(text(a[0]), (Boolean) a[1], text(a[2])));
        add("lpj_distance INTEGER VARCHAR VARCHAR INTEGER", a -> Texts.distance(text(a[0]), text(a[1]), number(a[2])));
        add("lpj_encode VARCHAR VARCHAR VARCHAR", a -> HEX.formatHex(Texts.encode(text(a[0]), text(a[1]))));
        add("lpj_decode VARCHAR VARCHAR VARCHAR", a -> Texts.decode(bytes(a[0]), text(a[1])));
        add("lpj_lenient VARCHAR VARCHAR", a -> Texts.lenient(bytes(a[0])));
        add("lpj_upper VARCHAR VARCHAR", a -> Texts.upper(text(a[0])));
        add("lpj_lower VARCHAR VARCHAR", a -> Texts.lower(text(a[0])));
        add("lpj_initcap VARCHAR VARCHAR", a -> Texts.initcap(text(a[0])));
        add("lpj_double_text VARCHAR DOUBLE", a -> Texts.number((double) (Double) a[0]));
        add("lpj_float_text VARCHAR FLOAT", a -> Texts.number((float) (Float) a[0]));
    }

    private void others() throws SQLException {
        add("lpj_url_part VARCHAR VARCHAR VARCHAR", a -> Urls.part(text(a[0]), text(a[1])));
        add("lpj_url_value VARCHAR VARCHAR VARCHAR VARCHAR", a -> Urls.value(text(a[0]), text(a[1]), text(a[2])));
        add("lpj_url_encode VARCHAR VARCHAR", a -> Urls.encode(text(a[0])));
        add("lpj_url_decode VARCHAR VARCHAR", a -> Urls.decode(text(a[0])));
        add(
                "lpj_format_moment VARCHAR BIGINT VARCHAR VARCHAR",
                a -> Moments.format((Long) a[0], text(a[1]), text(a[2])));
        add("lpj_parse_moment BIGINT VARCHAR VARCHAR VARCHAR", a -> Moments.parse(text(a[0]), text(a[1]), text(a[2])));
        add("lpj_months BIGINT BIGINT BIGINT", a -> Moments.months((Long) a[0], (Long) a[1]));
        add("lpj_round DOUBLE DOUBLE INTEGER", a -> Numerals.round((Double) a[0], number(a[1])));
        add("lpj_bround DOUBLE DOUBLE INTEGER", a -> Numerals.bround((Double) a[0], number(a[1])));
        add(
                "lpj_scaled VARCHAR VARCHAR INTEGER BOOLEAN",
                a -> Numerals.scaled(text(a[0]), number(a[1]), (Boolean) a[2]));
        add("lpj_math DOUBLE VARCHAR DOUBLE", a -> Numerals.function(text(a[0]), (Double) a[1]));
        add(
                "lpj_product VARCHAR VARCHAR VARCHAR INTEGER INTEGER",
                a -> Numerals.product(text(a[0]), text(a[1]), number(a[2]), number(a[3])));
        add(
                "lpj_interval VARCHAR BIGINT INTEGER INTEGER",
                a -> Intervals.literal((Long) a[0], number(a[1]), number(a[2])));
        add(
                "lpj_read_interval BIGINT VARCHAR INTEGER INTEGER",
                a -> Intervals.read(text(a[0]), number(a[1]), number(a[2])));
        add("lpj_number VARCHAR VARCHAR INTEGER INTEGER", a -> Numerals.fit(text(a[0]), number(a[1]), number(a[2])));
    }

    private void json() throws SQLException {
        add("lpj_json_object VARCHAR VARCHAR VARCHAR", a -> JsonTexts.path(text(a[0]), text(a[1])));
        add("lpj_json_size INTEGER VARCHAR", a -> JsonTexts.size(text(a[0])));
        add("lpj_json_keys VARCHAR VARCHAR", a -> JsonTexts.keys(text(a[0])));
        add("lpj_variant VARCHAR VARCHAR", a -> JsonTexts.variant(text(a[0])));
        add("lpj_from_json VARCHAR VARCHAR VARCHAR", a -> JsonTexts.read(text(a[0]), text(a[1])));
        add("lpj_json_schema VARCHAR VARCHAR BOOLEAN", a -> JsonTexts.schema(text(a[0]), (Boolean) a[1]));
        add("lpj_variant_get VARCHAR VARCHAR VARCHAR", a -> JsonTexts.variantPath(text(a[0]), text(a[1])));
    }

    private static String text(Object value) {
        return (String) value;
    }

    private static int number(Object value) {
        return (Integer) value;
    }

    private static byte[] bytes(Object hex) {
        return HEX.parseHex(text(hex));
    }

    private static byte[] utf8(Object value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    private static String json(List<String> parts) throws JsonProcessingException {
        return new String(Json.bytes(parts), StandardCharsets.UTF_8);
    }

    private static List<@Nullable String> list(Object json) throws JsonProcessingException {
        List<@Nullable String> parts = new ArrayList<>();
        for (JsonNode part : Json.parse(text(json))) {
            parts.add(part.isNull() ? null : part.textValue());
        }
        return parts;
    }

    private static List<String> present(Object json) throws JsonProcessingException {
        return list(json).stream().map(p -> p == null ? "" : p).toList();
    }

    /** Registers a function; its signature is its name, its result and its parameters. */
    private void add(String signature, Body body) throws SQLException {
        String[] words = signature.split(" ");
        DuckDBColumnType[] parameters = new DuckDBColumnType[words.length - 2];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = DuckDBColumnType.valueOf(words[i + 2]);
        }
        DuckDBColumnType result = DuckDBColumnType.valueOf(words[1]);
        boolean keepsSeed = words[0].matches("lpj_(hash|xx)_.*");
        try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
            builder.withName(words[0])
                    .withParameters(parameters)
                    .withReturnType(result)
                    .withVectorizedFunction((in, out) -> rows(in, out, parameters, result, keepsSeed, body))
                    .register(connection);
        }
    }

    private static void rows(
            DuckDBDataChunkReader in,
            DuckDBWritableVector out,
            DuckDBColumnType[] parameters,
            DuckDBColumnType result,
            boolean keepsSeed,
            Body body)
            throws Exception {
        DuckDBReadableVector[] vectors = new DuckDBReadableVector[parameters.length];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = in.vector(i);
        }
        Object[] row = new Object[vectors.length];
        for (long r = 0; r < in.rowCount(); r++) {
            // A hash goes over NULL without change.
            Object value = fill(row, vectors, parameters, r) ? body.apply(row) : keepsSeed ? row[0] : null;
            write(out, r, result, value);
        }
    }

    /** Reads a row; false when an argument is NULL. */
    private static boolean fill(Object[] row, DuckDBReadableVector[] vectors, DuckDBColumnType[] parameters, long r) {
        for (int i = 0; i < row.length; i++) {
            if (vectors[i].isNull(r)) {
                return false;
            }
            row[i] = switch (parameters[i]) {
                case INTEGER -> (Object) vectors[i].getInt(r);
                case BIGINT -> vectors[i].getLong(r);
                case DOUBLE -> vectors[i].getDouble(r);
                case FLOAT -> vectors[i].getFloat(r);
                case BOOLEAN -> vectors[i].getBoolean(r);
                default -> vectors[i].getString(r);
            };
        }
        return true;
    }

    private static void write(DuckDBWritableVector out, long r, DuckDBColumnType type, @Nullable Object value) {
        if (value == null) {
            out.setNull(r);
            return;
        }
        switch (type) {
            case INTEGER -> out.setInt(r, (Integer) value);
            case BIGINT -> out.setLong(r, (Long) value);
            case DOUBLE -> out.setDouble(r, (Double) value);
            case BOOLEAN -> out.setBoolean(r, (Boolean) value);
            default -> out.setString(r, (String) value);
        }
    }
}
