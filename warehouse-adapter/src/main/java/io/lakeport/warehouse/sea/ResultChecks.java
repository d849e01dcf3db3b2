package io.lakeport.warehouse.sea;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.StatementId;
import io.lakeport.warehouse.result.ResultManifest;
import java.util.Optional;
import java.util.OptionalLong;

/** Refuses results that would be read as whole although they are not. */
final class ResultChecks {
    private ResultChecks() {}

    static void check(OptionalLong rowLimit, StatementAnswer answer, ResultManifest manifest) {
        boolean hasRows = manifest.rows().orElse(manifest.chunks().orElse(0)) > 0;
        refusal(rowLimit, answer, manifest, hasRows).ifPresent(error -> {
            throw error.with("statement_id", answer.id().value());
        });
    }

    private static Optional<LakeportException> refusal(
            OptionalLong rowLimit, StatementAnswer answer, ResultManifest manifest, boolean hasRows) {
        if (isCutUnasked(rowLimit, manifest)) {
            return Optional.of(new LakeportException(
                    CoreError.RESULT_TRUNCATED,
                    "the warehouse cut the result at one of its own limits ("
                            + manifest.rows().orElse(0)
                            + " rows are left); ask for fewer rows or columns, or export it"));
        }
        boolean isLinked = answer.sources().stream()
                .anyMatch(source -> source.place().link().isPresent());
        boolean isReadable =
                manifest.format().equals("ARROW_STREAM") || (manifest.format().equals("JSON_ARRAY") && !isLinked);
        if (hasRows && !isReadable) {
            return Optional.of(new LakeportException(
                    CoreError.NOT_SUPPORTED,
                    "the warehouse answered in the format " + manifest.format()
                            + ", which was not asked for; use the jdbc engine for this warehouse"));
        }
        if (hasRows
                && answer.state() == StatementAnswer.State.CLOSED
                && answer.sources().isEmpty()) {
            return Optional.of(gone(answer.id()));
        }
        return Optional.empty();
    }

    static LakeportException gone(StatementId id) {
        return new LakeportException(
                        CoreError.RESULT_EXPIRED,
                        "the statement succeeded, and the server holds its result no longer; run it again if it only"
                                + " reads")
                .with("statement_id", id.value());
    }

    private static boolean isCutUnasked(OptionalLong rowLimit, ResultManifest manifest) {
        long asked = rowLimit.orElse(Long.MAX_VALUE);
        return manifest.truncated() && manifest.rows().orElse(0) < asked;
    }
}
