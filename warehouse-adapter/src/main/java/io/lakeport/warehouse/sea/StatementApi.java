package io.lakeport.warehouse.sea;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.time.Deadline;
import io.lakeport.warehouse.http.ApiAnswer;
import io.lakeport.warehouse.http.WorkspaceApi;
import io.lakeport.warehouse.result.ChunkDirectory;
import io.lakeport.warehouse.result.ChunkSource;
import java.util.List;

/** The repeatable calls of the Statement Execution API. Posting is not one of them: see {@link Submission}. */
final class StatementApi {
    static final String STATEMENTS = "/api/2.0/sql/statements";

    private final WorkspaceApi api;

    StatementApi(WorkspaceApi api) {
        this.api = api;
    }

    WorkspaceApi api() {
        return api;
    }

    /** Returns where a statement stands. */
    StatementAnswer poll(StatementId id, Deadline deadline) {
        return AnswerReader.statement(api.ask("sql.poll", "GET", STATEMENTS + "/" + id, deadline));
    }

    /** Returns the state of a statement, of whose result nothing is wanted. */
    StatementAnswer.State state(StatementId id, Deadline deadline) {
        StatementAnswer answer = poll(id, deadline);
        answer.discard();
        return answer.state();
    }

    /** Asks for a statement to be ended; the answer does not say that it has. */
    void cancel(StatementId id, Deadline deadline) {
        JsonNode ignored = api.call("sql.cancel", "POST", STATEMENTS + "/" + id + "/cancel", deadline);
    }

    /** Tells the server that the result is not needed any more. */
    void close(StatementId id, Deadline deadline) {
        JsonNode ignored = api.call("sql.close", "DELETE", STATEMENTS + "/" + id, deadline);
    }

    /** Returns a view of one statement's chunks. */
    ChunkDirectory chunks(StatementId id, ResultSchema schema) {
        return (index, deadline) -> chunk(id, schema, index, deadline);
    }

    private List<ChunkSource> chunk(StatementId id, ResultSchema schema, long index, Deadline deadline) {
        String path = STATEMENTS + "/" + id + "/result/chunks/" + index;
        try {
            ApiAnswer answer = api.ask("sql.links", "GET", path, deadline);
            return AnswerReader.sources(answer, answer.json(), schema);
        } catch (LakeportException e) {
            throw e.is(CoreError.OBJECT_NOT_FOUND)
                    ? Reattachment.gone(id, "has no chunk " + index + " (any more)", e)
                    : e;
        }
    }
}
