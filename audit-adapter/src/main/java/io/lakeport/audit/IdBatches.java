package io.lakeport.audit;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits the statement ids of one look-up into requests that a workspace accepts. */
public final class IdBatches {
    private static final int MOST_IDS = 1_000;

    private IdBatches() {}

    /**
     * Returns the ids in batches.
     *
     * @param size ids of one batch; positive
     * @throws LakeportException INVALID_REQUEST for more ids than the port allows
     */
    public static List<List<String>> of(Set<String> statementIds, int size) {
        if (statementIds.size() > MOST_IDS) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    statementIds.size() + " statement ids were asked for at once; at most " + MOST_IDS
                            + " are allowed; ask several times");
        }
        List<String> ids = List.copyOf(statementIds);
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += size) {
            batches.add(ids.subList(from, Math.min(ids.size(), from + size)));
        }
        return batches;
    }
}
