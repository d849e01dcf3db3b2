package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.statement.StatementState;
import io.lakeport.localworkspace.statement.StatementView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Status, schema and rows of statements. A small result travels in the answer, another one as links. */
final class StatementResults {
    private static final int ARROW_BASED_SET = 0;
    private static final int URL_BASED_SET = 3;
    private static final int LINKS = 16;
    private static final long INLINE_LIMIT = 1 << 20;

    private StatementResults() {}

    /** Returns a TGetOperationStatusResp. */
    static TStruct status(StatementView statement) {
        TStruct status = new TStruct()
                .with(1, ThriftStatus.success())
                .with(2, operationState(statement.state()))
                .with(9, true);
        statement.errorMessage().ifPresent(message -> status.with(5, message).with(1281, message));
        statement.sqlState().ifPresent(state -> status.with(3, state));
        return status;
    }

    private static int operationState(StatementState state) {
        return switch (state) {
            case PENDING -> 7;
            case RUNNING -> 1;
            case SUCCEEDED -> 2;
            case CANCELED -> 3;
            case CLOSED -> 4;
            case FAILED -> 5;
        };
    }

    /** Returns whether the result travels inside an answer. */
    static boolean isInline(StatementView statement) {
        List<StatementView.Chunk> chunks = statement.chunks();
        return chunks.isEmpty()
                || !statement.isLost() && chunks.size() == 1 && chunks.get(0).bytes() <= INLINE_LIMIT;
    }

    /** Returns a TGetResultSetMetadataResp. */
    static TStruct metadata(StatementView statement) throws IOException {
        boolean inline = isInline(statement);
        TStruct metadata = new TStruct()
                .with(1, ThriftStatus.success())
                .with(2, ThriftSchema.of(statement.columns()))
                .with(1281, inline ? ARROW_BASED_SET : URL_BASED_SET)
                .with(1282, statement.isCompressed())
                .with(1287, statement.isVolumeOperation());
        if (!statement.chunks().isEmpty()) {
            metadata.with(
                    1283,
                    ArrowParts.of(statement.read(0), statement.isCompressed()).schema());
            metadata.with(
                    1285,
                    statement.chunks().stream()
                            .mapToLong(StatementView.Chunk::rawBytes)
                            .sum());
            metadata.with(
                    1286,
                    statement.chunks().stream()
                            .mapToLong(StatementView.Chunk::bytes)
                            .sum());
        }
        return metadata;
    }

    /**
     * Returns a TFetchResultsResp.
     *
     * @param from first chunk to send
     */
    static TStruct fetch(StatementView statement, int from, String base) throws IOException {
        List<StatementView.Chunk> chunks = statement.chunks();
        int to = isInline(statement) ? Math.min(from + 1, chunks.size()) : Math.min(from + LINKS, chunks.size());
        TStruct rows = new TStruct()
                .with(1, from < chunks.size() ? chunks.get(from).rowOffset() : 0L)
                .with(2, TList.of(TType.STRUCT, List.of()));
        if (isInline(statement)) {
            rows.with(1281, TList.of(TType.STRUCT, batches(statement, from, to)));
        } else {
            rows.with(1282, TList.of(TType.STRUCT, links(statement, from, to, base)));
        }
        return new TStruct()
                .with(1, ThriftStatus.success())
                .with(2, to < chunks.size())
                .with(3, rows)
                .with(1281, metadata(statement));
    }

    private static List<TStruct> batches(StatementView statement, int from, int to) throws IOException {
        List<TStruct> batches = new ArrayList<>();
        for (int i = from; i < to; i++) {
            batches.add(new TStruct()
                    .with(
                            1,
                            ArrowParts.of(statement.read(i), statement.isCompressed())
                                    .batches())
                    .with(2, statement.chunks().get(i).rowCount()));
        }
        return batches;
    }

    private static List<TStruct> links(StatementView statement, int from, int to, String base) {
        List<TStruct> links = new ArrayList<>();
        List<StatementView.Chunk> chunks = statement.chunks();
        for (int i = from; i < to; i++) {
            StatementView.Chunk chunk = chunks.get(i);
            StatementView.Link link = statement.link(i, base);
            links.add(new TStruct()
                    .with(1, link.url())
                    .with(2, link.expiresAtMillis())
                    .with(3, chunk.rowOffset())
                    .with(4, chunk.rowCount())
                    .with(5, chunk.bytes()));
        }
        return links;
    }
}
