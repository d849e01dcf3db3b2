package io.lakeport.localworkspace.statement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.lakeport.localworkspace.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Writes statements and chunks as the Statement Execution API answers them. Immutable and thread-safe. */
final class StatementAnswers {
    /** Largest result, before compression, that travels inside the answer when the client leaves the choice to us. */
    private static final long ATTACHMENT_LIMIT = 5 << 20;
    /** Links in one answer to a chunk request; the first answer of a statement has one only. */
    private static final int LINKS = 16;

    private final LinkSigner signer;

    StatementAnswers(LinkSigner signer) {
        this.signer = signer;
    }

    /** Answers execute and get: id, status and, when it succeeded, manifest and the first part of the result. */
    ObjectNode statement(Statement statement, String base) throws IOException {
        ObjectNode answer = status(statement);
        Optional<StoredResult> result = statement.result();
        if (result.isPresent()) {
            answer.set("manifest", Manifest.of(result.get(), statement.request().delivery()));
            answer.set("result", first(statement, result.get(), base));
        }
        return answer;
    }

    /** Answers a status call: id and status only. */
    ObjectNode status(Statement statement) {
        ObjectNode answer = Json.object().put("statement_id", statement.id());
        ObjectNode status = answer.putObject("status");
        status.put("state", statement.state().name());
        statement.error().ifPresent(error -> {
            status.putObject("error").put("error_code", error.code()).put("message", error.message());
            status.put("sql_state", error.sqlState());
        });
        return answer;
    }

    private ObjectNode first(Statement statement, StoredResult result, String base) throws IOException {
        Delivery delivery = statement.request().delivery();
        if (result.chunks().isEmpty()) {
            return empty(result, delivery);
        }
        if (delivery.disposition() == Disposition.INLINE) {
            return data(statement.id(), result, 0);
        }
        StoredChunk chunk = result.chunks().get(0);
        boolean small = !statement.isLost()
                && result.chunks().size() == 1
                && chunk.body().length() <= ATTACHMENT_LIMIT;
        boolean mayAttach =
                delivery.disposition() == Disposition.INLINE_OR_EXTERNAL_LINKS && delivery.format() != ResultFormat.CSV;
        if (mayAttach && small) {
            return delivery.format() == ResultFormat.ARROW_STREAM
                    ? position(chunk).put("attachment", chunk.body().read())
                    : data(statement.id(), result, 0);
        }
        return links(statement, result.chunks(), 0, 1, base);
    }

    private static boolean isAttached(Delivery delivery, StoredResult result) {
        return delivery.disposition() == Disposition.INLINE_OR_EXTERNAL_LINKS
                && delivery.format() == ResultFormat.JSON_ARRAY
                && result.chunks().size() == 1
                && result.rawBytes() <= ATTACHMENT_LIMIT;
    }

    private static ObjectNode empty(StoredResult result, Delivery delivery) {
        ObjectNode node = Json.object();
        if (!result.columns().isEmpty() && delivery.disposition() == Disposition.INLINE) {
            node.put("row_count", 0).put("row_offset", 0).put("chunk_index", 0).putArray("data_array");
        }
        return node;
    }

    /** Answers a chunk request. */
    ObjectNode chunk(Statement statement, StoredResult result, int index, String base) throws IOException {
        Delivery delivery = statement.request().delivery();
        boolean inline = delivery.disposition() == Disposition.INLINE || isAttached(delivery, result);
        return inline ? data(statement.id(), result, index) : links(statement, result.chunks(), index, LINKS, base);
    }

    private static ObjectNode data(String statementId, StoredResult result, int index) throws IOException {
        StoredChunk chunk = result.chunks().get(index);
        ObjectNode node = position(chunk);
        addNext(node, statementId, result.chunks(), index);
        String rows = new String(chunk.body().read(), StandardCharsets.UTF_8);
        node.putRawValue("data_array", new RawValue(rows));
        return node;
    }

    private ObjectNode links(Statement statement, List<StoredChunk> chunks, int from, int count, String base) {
        ObjectNode node = Json.object();
        ArrayNode links = node.putArray("external_links");
        for (int i = from; i < Math.min(chunks.size(), from + count); i++) {
            StoredChunk chunk = chunks.get(i);
            ObjectNode link = position(chunk);
            addNext(link, statement.id(), chunks, i);
            LinkSigner.Expiry expiry = signer.expiry(statement);
            link.put("external_link", base + signer.link(statement.id(), i, expiry.real()));
            link.put(
                    "expiration",
                    expiry.announced().truncatedTo(ChronoUnit.MILLIS).toString());
            links.add(link);
        }
        return node;
    }

    private static ObjectNode position(StoredChunk chunk) {
        return Json.object()
                .put("chunk_index", chunk.index())
                .put("row_offset", chunk.rowOffset())
                .put("row_count", chunk.rowCount())
                .put("byte_count", chunk.body().length());
    }

    private static void addNext(ObjectNode node, String statementId, List<StoredChunk> chunks, int index) {
        if (index + 1 < chunks.size()) {
            node.put("next_chunk_index", index + 1);
            node.put(
                    "next_chunk_internal_link",
                    "/api/2.0/sql/statements/" + statementId + "/result/chunks/" + (index + 1) + "?row_offset="
                            + chunks.get(index + 1).rowOffset());
        }
    }

    /** Manifest of a result: its schema and the totals of its chunks. */
    private static final class Manifest {
        private Manifest() {}

        static ObjectNode of(StoredResult result, Delivery delivery) {
            ObjectNode manifest = Json.object().put("format", delivery.format().name());
            manifest.set("schema", ColumnJson.schema(result.columns()));
            manifest.put("total_chunk_count", result.chunks().size());
            manifest.put("total_row_count", result.rowCount());
            manifest.put("total_byte_count", result.rawBytes());
            manifest.put("truncated", result.truncated());
            if (result.volumeOperation()) {
                manifest.put("is_volume_operation", true);
            }
            manifest.put("result_compression", delivery.effectiveCompression().name());
            ArrayNode chunks = manifest.putArray("chunks");
            for (StoredChunk chunk : result.chunks()) {
                chunks.addObject()
                        .put("chunk_index", chunk.index())
                        .put("row_offset", chunk.rowOffset())
                        .put("row_count", chunk.rowCount())
                        .put("byte_count", chunk.rawBytes());
            }
            return manifest;
        }
    }
}
