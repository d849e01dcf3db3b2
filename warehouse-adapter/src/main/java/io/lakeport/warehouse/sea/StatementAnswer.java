package io.lakeport.warehouse.sea;

import io.lakeport.core.query.StatementId;
import io.lakeport.warehouse.result.ChunkSource;
import io.lakeport.warehouse.result.InlineBytes;
import io.lakeport.warehouse.result.ResultManifest;
import java.util.List;
import java.util.Optional;

/**
 * What the workspace says of a statement ({@code StatementResponse} of the Statement Execution API).
 *
 * @param id its id
 * @param state where it stands
 * @param error why it failed; empty texts when it did not
 * @param manifest shape of the result, once there is one
 * @param sources the chunks whose place the answer already tells
 */
record StatementAnswer(
        StatementId id, State state, Failure error, Optional<ResultManifest> manifest, List<ChunkSource> sources) {
    StatementAnswer {
        sources = List.copyOf(sources);
    }

    /** Gives up the chunks that the answer brought with it. */
    void discard() {
        sources.forEach(source -> source.place().inline().ifPresent(InlineBytes::close));
    }

    /** States of a statement; CLOSED means that it succeeded and its result is held no longer. */
    enum State {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELED,
        CLOSED;

        boolean isTerminal() {
            return this != PENDING && this != RUNNING;
        }
    }

    /**
     * Why a statement failed.
     *
     * @param code the API's error code, such as BAD_REQUEST
     * @param message Databricks' own words
     * @param sqlState five characters of SQLSTATE
     */
    record Failure(String code, String message, String sqlState) {}
}
