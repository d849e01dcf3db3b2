package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.statement.StatementState;
import io.lakeport.localworkspace.statement.StatementView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Status, schema and rows of statements. A small result travels in the answer, another one as links. */
final class StatementResults {
    private static final int LINKS = 16;

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

    /** Returns a TGetResultSetMetadataResp. */
    static TStruct metadata(StatementView statement, RowsForm form) throws IOException {
        TStruct metadata = new TStruct()
                .with(1, ThriftStatus.success())
                .with(2, ThriftSchema.of(statement.columns()))
                .with(1281, form.code())
                .with(1282, statement.isCompressed() && form != RowsForm.COLUMNS)
                .with(1287, statement.isVolumeOperation());
        if (!statement.chunks().isEmpty() && form != RowsForm.COLUMNS) {
            metadata.with(
                    1283,
                    ArrowParts.of(statement.read(0), statement.isCompressed()).schema());
            metadata.with(1285, total(statement, true)).with(1286, total(statement, false));
        }
        return metadata;
    }

    private static long total(StatementView statement, boolean raw) {
        return statement.chunks().stream()
                .mapToLong(chunk -> raw ? chunk.rawBytes() : chunk.bytes())
                .sum();
    }

    /**
     * Rows in a TFetchResultsResp.
     *
     * @param answer the response
     * @param next first row after them
     * @param isLast whether no row follows
     */
    record Fetched(TStruct answer, long next, boolean isLast) {}

    /** Fetches a page. */
    static Fetched fetch(StatementView statement, RowsForm form, Page page, String base) throws IOException {
        List<StatementView.Chunk> chunks = statement.chunks();
        long rows = chunks.stream().mapToLong(StatementView.Chunk::rowCount).sum();
        TStruct set = new TStruct().with(1, page.from()).with(2, TList.of(TType.STRUCT, List.of()));
        long next;
        if (form == RowsForm.LINKS) {
            next = addLinks(set, statement, page, base);
        } else {
            next = addRows(set, statement, form, page);
        }
        TStruct answer = new TStruct()
                .with(1, ThriftStatus.success())
                .with(2, next < rows)
                .with(3, set)
                .with(1281, metadata(statement, form));
        return new Fetched(answer, next, next >= rows);
    }

    /** Adds rows of the chunk in which the page begins; a page never spans two chunks. */
    private static long addRows(TStruct set, StatementView statement, RowsForm form, Page page) throws IOException {
        int index = chunkAt(statement, page.from());
        if (index == statement.chunks().size()) {
            addNothing(set, statement, form);
            return page.from();
        }
        StatementView.Chunk chunk = statement.chunks().get(index);
        long from = page.from() - chunk.rowOffset();
        long count = Math.min(page.maxRows(), chunk.rowCount() - from);
        ArrowRows rows = new ArrowRows(statement.read(index), statement.isCompressed(), from, count);
        if (form == RowsForm.COLUMNS) {
            List<TStruct> columns = ColumnSet.of(statement.columns(), rows);
            set.with(3, TList.of(TType.STRUCT, columns)).with(5, columns.size());
        } else {
            boolean whole = count == chunk.rowCount();
            byte[] batches = whole
                    ? ArrowParts.of(statement.read(index), statement.isCompressed())
                            .batches()
                    : rows.toBatches();
            TStruct batch = new TStruct().with(1, batches).with(2, count);
            set.with(1281, TList.of(TType.STRUCT, List.of(batch)));
        }
        return page.from() + count;
    }

    private static void addNothing(TStruct set, StatementView statement, RowsForm form) throws IOException {
        if (form == RowsForm.COLUMNS) {
            ArrowRows none = new ArrowRows(new byte[0], false, 0, 0);
            List<TStruct> columns = ColumnSet.of(statement.columns(), none);
            set.with(3, TList.of(TType.STRUCT, columns)).with(5, columns.size());
        } else {
            set.with(1281, TList.of(TType.STRUCT, List.of()));
        }
    }

    private static int chunkAt(StatementView statement, long row) {
        List<StatementView.Chunk> chunks = statement.chunks();
        int index = 0;
        while (index < chunks.size()
                && chunks.get(index).rowOffset() + chunks.get(index).rowCount() <= row) {
            index++;
        }
        return index;
    }

    private static long addLinks(TStruct set, StatementView statement, Page page, String base) {
        List<StatementView.Chunk> chunks = statement.chunks();
        List<TStruct> links = new ArrayList<>();
        long bytes = 0;
        long next = page.from();
        for (int i = chunkAt(statement, page.from()); i < chunks.size() && links.size() < LINKS; i++) {
            StatementView.Chunk chunk = chunks.get(i);
            bytes += chunk.bytes();
            if (!links.isEmpty() && bytes > page.maxBytes()) {
                break;
            }
            StatementView.Link link = statement.link(i, base);
            links.add(new TStruct()
                    .with(1, link.url())
                    .with(2, link.expiresAtMillis())
                    .with(3, chunk.rowOffset())
                    .with(4, chunk.rowCount())
                    .with(5, chunk.bytes()));
            next = chunk.rowOffset() + chunk.rowCount();
        }
        set.with(1282, TList.of(TType.STRUCT, links));
        return next;
    }
}
