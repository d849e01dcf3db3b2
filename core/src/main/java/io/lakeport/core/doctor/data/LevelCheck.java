package io.lakeport.core.doctor.data;

import io.lakeport.core.catalog.CatalogControl;
import io.lakeport.core.catalog.Presence;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.grant.SecurableType;
import io.lakeport.core.sql.NearestName;
import io.lakeport.core.time.Deadline;
import java.util.List;

/** Whether catalog, schema or table are there and may be known of; the API tells the two apart. */
final class LevelCheck extends DataCheck {
    private final SecurableType level;

    LevelCheck(SecurableType level, String name, String... needs) {
        super(name, needs);
        this.level = level;
    }

    @Override
    public String tried(Visit visit) {
        return "look for " + Target.of(visit).at(level);
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        Target target = Target.of(visit);
        if (target.isHive()) {
            return Outcome.passed("hive_metastore is not shown by the API; reading tells");
        }
        CatalogControl unity = visit.patient().controlPlane().get().catalog();
        Securable securable = target.at(level);
        Presence there = unity.look(securable, deadline);
        return switch (there.state()) {
            case PRESENT -> present(visit, there);
            case DENIED -> Denials.of(visit, there.said().orElse("refused"));
            case NOT_FOUND ->
                Outcome.failed(missing(), there.said().orElse("not found") + hint(unity, securable, deadline));
        };
    }

    private Outcome present(Visit visit, Presence there) {
        if (level == SecurableType.TABLE) {
            visit.note(Target.Seen.class, new Target.Seen(there));
        }
        return Outcome.passed("there"
                + there.kind().map(kind -> ", " + kind).orElse("")
                + there.owner().map(owner -> ", of " + owner).orElse(""));
    }

    private DataCause missing() {
        return switch (level) {
            case CATALOG -> DataCause.CATALOG_NOT_FOUND;
            case SCHEMA -> DataCause.SCHEMA_NOT_FOUND;
            default -> DataCause.TABLE_NOT_FOUND;
        };
    }

    private static String hint(CatalogControl unity, Securable securable, Deadline deadline) {
        try {
            List<String> names = unity.names(securable.parent().orElse(Securable.METASTORE), deadline);
            String own = securable.name().get(securable.name().size() - 1);
            return NearestName.hint(own, names);
        } catch (LakeportException e) {
            // The list was only to help.
            return "";
        }
    }
}
