package io.lakeport.warehouse.sea;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.sql.SqlTypeParser;
import io.lakeport.warehouse.http.ApiAnswer;
import io.lakeport.warehouse.http.ServerTime;
import io.lakeport.warehouse.result.ChunkSource;
import io.lakeport.warehouse.result.InlineBytes;
import io.lakeport.warehouse.result.ResultManifest;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the API's JSON. Unknown fields are ignored; missing ones only hurt where they are needed. */
final class AnswerReader {
    private AnswerReader() {}

    static StatementAnswer statement(ApiAnswer answer) {
        boolean isRead = false;
        try {
            StatementAnswer read = read(answer);
            isRead = true;
            return read;
        } finally {
            if (!isRead) {
                answer.close();
            }
        }
    }

    private static StatementAnswer read(ApiAnswer answer) {
        JsonNode json = answer.json();
        Optional<ResultManifest> manifest =
                json.path("manifest").isObject() ? Optional.of(manifest(json.path("manifest"))) : Optional.empty();
        ResultSchema schema = manifest.map(ResultManifest::schema).orElse(new ResultSchema(List.of()));
        JsonNode status = json.path("status");
        JsonNode error = status.path("error");
        return new StatementAnswer(
                id(json.path("statement_id").asText()),
                state(status.path("state").asText()),
                new StatementAnswer.Failure(
                        error.path("error_code").asText(""),
                        error.path("message").asText(""),
                        status.path("sql_state").asText("")),
                manifest,
                sources(answer, json.path("result"), schema));
    }

    private static StatementId id(String text) {
        try {
            return new StatementId(text);
        } catch (IllegalArgumentException e) {
            throw broken("a statement without an id", e);
        }
    }

    /** A state that is not known yet does not say that the statement has ended, so it is waited for. */
    private static StatementAnswer.State state(String text) {
        try {
            return StatementAnswer.State.valueOf(text);
        } catch (IllegalArgumentException e) {
            return StatementAnswer.State.RUNNING;
        }
    }

    private static ResultManifest manifest(JsonNode json) {
        return new ResultManifest(
                json.path("format").asText("ARROW_STREAM"),
                !json.path("result_compression").asText("LZ4_FRAME").equals("NONE"),
                schema(json.path("schema")),
                number(json, "total_chunk_count"),
                number(json, "total_row_count"),
                number(json, "total_byte_count"),
                shapes(json.path("chunks")),
                json.path("truncated").asBoolean(false));
    }

    private static List<ResultManifest.ChunkShape> shapes(JsonNode chunks) {
        List<ResultManifest.ChunkShape> shapes = new ArrayList<>();
        for (JsonNode chunk : chunks) {
            OptionalLong offset = number(chunk, "row_offset");
            OptionalLong count = number(chunk, "row_count");
            if (offset.isPresent() && count.isPresent()) {
                shapes.add(new ResultManifest.ChunkShape(
                        chunk.path("chunk_index").asLong(0), offset.getAsLong(), count.getAsLong()));
            }
        }
        return shapes;
    }

    private static ResultSchema schema(JsonNode json) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : json.path("columns")) {
            columns.add(new Column(column.path("name").asText(), type(column)));
        }
        return new ResultSchema(columns);
    }

    /** A type that cannot be understood must not make a result unreadable: its text is kept. */
    private static SqlType type(JsonNode column) {
        String name = column.path("type_name").asText("");
        String text = column.path("type_text").asText(name);
        if (name.equals("DECIMAL") && column.path("type_precision").isNumber()) {
            return SqlType.decimal(
                    column.path("type_precision").asInt(),
                    column.path("type_scale").asInt(0));
        }
        try {
            return SqlTypeParser.parse(text);
        } catch (IllegalArgumentException e) {
            return new SqlType(SqlType.Kind.OTHER, 0, 0, text, List.of());
        }
    }

    /** Returns the chunks whose place the "result" part of an answer tells. */
    static List<ChunkSource> sources(ApiAnswer answer, JsonNode result, ResultSchema schema) {
        boolean isInline =
                result.hasNonNull("attachment") || !result.path("data_array").isEmpty();
        if (!isInline) {
            answer.close();
        }
        boolean isDone = false;
        try {
            List<ChunkSource> sources = found(answer, result, schema);
            isDone = true;
            return sources;
        } finally {
            if (!isDone) {
                answer.close();
            }
        }
    }

    private static List<ChunkSource> found(ApiAnswer answer, JsonNode result, ResultSchema schema) {
        ServerTime time = answer.time();
        List<ChunkSource> sources = new ArrayList<>();
        for (JsonNode link : result.path("external_links")) {
            sources.add(source(link, new ChunkSource.Place(Optional.of(link(link, time)), Optional.empty())));
        }
        if (result.hasNonNull("attachment")) {
            sources.add(inline(answer, result, bytes(result.path("attachment"))));
        }
        if (!result.path("data_array").isEmpty()) {
            sources.add(inline(answer, result, JsonRows.toArrow(result.path("data_array"), schema)));
        }
        return sources;
    }

    private static ChunkSource inline(ApiAnswer answer, JsonNode result, byte[] bytes) {
        InlineBytes inline = new InlineBytes(bytes, answer.reserved());
        return source(result, new ChunkSource.Place(Optional.empty(), Optional.of(inline)));
    }

    private static ChunkSource source(JsonNode json, ChunkSource.Place place) {
        return new ChunkSource(
                json.path("chunk_index").asLong(0),
                number(json, "row_offset"),
                number(json, "row_count"),
                json.path("byte_count").asLong(0),
                number(json, "next_chunk_index"),
                place);
    }

    private static ChunkSource.Link link(JsonNode json, ServerTime time) {
        Map<String, String> headers = new LinkedHashMap<>();
        json.path("http_headers")
                .properties()
                .forEach(field -> headers.put(field.getKey(), field.getValue().asText()));
        return new ChunkSource.Link(
                url(json.path("external_link").asText()),
                time.until(expiry(json.path("expiration").asText(""))),
                headers);
    }

    private static URI url(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            // The cause would quote the link, which is a credential.
            throw broken("a result link that is not a URL", null);
        }
    }

    private static Instant expiry(String text) {
        if (text.isEmpty()) {
            return Instant.MAX;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw broken("a link expiration '" + text + "' that is not a time", e);
        }
    }

    private static byte[] bytes(JsonNode attachment) {
        try {
            return attachment.binaryValue();
        } catch (IOException e) {
            throw broken("an inline result that is not base64", e);
        }
    }

    private static OptionalLong number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isNumber() || (value.isTextual() && !value.asText().isEmpty())
                ? OptionalLong.of(value.asLong())
                : OptionalLong.empty();
    }

    private static LakeportException broken(String what, @Nullable Throwable cause) {
        return new LakeportException(CoreError.INTERNAL, "the Statement Execution API answered with " + what, cause);
    }
}
