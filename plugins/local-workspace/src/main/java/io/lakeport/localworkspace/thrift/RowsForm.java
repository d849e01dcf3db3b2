package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.statement.StatementView;
import java.util.List;

/** How the rows of a statement travel, which follows from what the client can do and from their size. */
enum RowsForm {
    /** Record batches in the answer. */
    ARROW(0),
    /** Columns of plain values in the answer, for clients that cannot read Arrow. */
    COLUMNS(1),
    /** Links to chunks. */
    LINKS(3);

    private static final long INLINE_LIMIT = 1 << 20;

    private final int code;

    RowsForm(int code) {
        this.code = code;
    }

    /** Returns the TSparkRowSetType. */
    int code() {
        return code;
    }

    /** What a client said that it can do. */
    record Client(boolean readsArrow, boolean downloads) {
        /** Reads it from a TExecuteStatementReq. */
        static Client of(TStruct request) {
            return new Client(request.flag(1282), request.flag(1283));
        }

        RowsForm formOf(StatementView statement) {
            if (!readsArrow) {
                return COLUMNS;
            }
            List<StatementView.Chunk> chunks = statement.chunks();
            boolean small = chunks.isEmpty()
                    || !statement.isLost()
                            && chunks.size() == 1
                            && chunks.get(0).bytes() <= INLINE_LIMIT;
            return small || !downloads ? ARROW : LINKS;
        }
    }
}
