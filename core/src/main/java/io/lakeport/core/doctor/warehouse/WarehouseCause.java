package io.lakeport.core.doctor.warehouse;

import io.lakeport.core.doctor.Cause;
import io.lakeport.core.doctor.Fix;
import io.lakeport.core.doctor.Trouble;
import io.lakeport.core.doctor.Visit;
import java.util.List;
import java.util.function.Function;

/** What can be wrong with the warehouse and with what it runs. */
public enum WarehouseCause implements Cause {
    WAREHOUSE_NOT_FOUND(
            Trouble.MISSING,
            "there is no warehouse of this id in this workspace: the id is misspelt, is another workspace's, or the"
                    + " warehouse was deleted; where the workspace hides what the identity may not see, the answer is the"
                    + " same and cannot be told apart",
            WarehouseFixes::choose),
    WAREHOUSE_DELETED(Trouble.MISSING, "the warehouse was deleted", WarehouseFixes::choose),
    WAREHOUSE_USE_MISSING(
            Trouble.RIGHTS, "the warehouse is there, and the identity lacks CAN USE on it", WarehouseFixes::canUse),
    WAREHOUSE_WAS_COLD(
            Trouble.UNAVAILABLE,
            "the warehouse was not running and had to start first, which is no failure: the next statement is fast",
            WarehouseFixes::keepWarm),
    WAREHOUSE_STILL_STARTING(
            Trouble.UNAVAILABLE,
            "the warehouse can be reached and is on its way: it had not started when the time was over",
            WarehouseFixes::moreTime),
    WAREHOUSE_BUSY(
            Trouble.UNAVAILABLE,
            "the warehouse runs, and did not come to this statement in time: its queue is long",
            WarehouseFixes::scale),
    WAREHOUSE_DOES_NOT_START(
            Trouble.UNAVAILABLE,
            "the warehouse was asked to start and gave up; the workspace's own words are in the result (quota, capacity,"
                    + " cloud permissions, network)",
            WarehouseFixes::startByHand),
    STATEMENT_REFUSED(
            Trouble.MISSING,
            "the warehouse refused the statement; its own words are in the result",
            WarehouseFixes::read),
    ANSWER_WRONG(Trouble.DEFECT, "the warehouse answered SELECT 1 with something else", WarehouseFixes::read),
    DEFAULT_CATALOG_MISSING(
            Trouble.CONFIGURATION,
            "the tenant's default catalog or schema is not there, or cannot be seen by this identity",
            WarehouseFixes::defaults),
    LINKS_REFUSED(
            Trouble.RIGHTS,
            "statements run, and one whose result is put into storage is refused: this workspace allows no external links",
            WarehouseFixes::allowLinks),
    RESULTS_UNREACHABLE(
            Trouble.NETWORK,
            "statements run, and the storage from which large results are fetched cannot be reached from here",
            WarehouseFixes::openStorage),
    RESULTS_REFUSED(
            Trouble.NETWORK,
            "the storage can be reached and refuses a fresh link: its own network rules do not admit this machine, or a"
                    + " proxy answers for it",
            WarehouseFixes::admitHere);

    private final Trouble trouble;
    private final String meaning;
    private final Function<Visit, List<Fix>> fixes;

    WarehouseCause(Trouble trouble, String meaning, Function<Visit, List<Fix>> fixes) {
        this.trouble = trouble;
        this.meaning = meaning;
        this.fixes = fixes;
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public List<Fix> fixes(Visit visit) {
        return fixes.apply(visit);
    }
}
