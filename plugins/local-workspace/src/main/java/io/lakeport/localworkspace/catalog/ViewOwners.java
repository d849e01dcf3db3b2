package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.governance.AccessControl;
import io.lakeport.localworkspace.governance.Actor;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Views read with the rights of their owners: whoever may read a view need not be able to read what it reads. */
public final class ViewOwners {
    /** Detail of a view that names what it reads, one full name per line, its levels separated by tabs. */
    public static final String READS = "view_reads";

    /** Detail of a view that holds its query. */
    public static final String DEFINITION = "view_definition";

    /** Detail of a view that names the catalog and schema that were current when it was made, separated by a point. */
    public static final String NAMESPACE = "view_namespace";

    /**
     * Detail of a view that says something else to everybody: catalog and schema that were current when it was made,
     * separated by a tab.
     */
    public static final String PERSONAL = "view_personal_in";

    private final Metastore metastore;
    private final Governance governance;

    ViewOwners(Metastore metastore, Governance governance) {
        this.metastore = metastore;
        this.governance = governance;
    }

    /**
     * Fails unless a view's owner may read all that the view reads.
     *
     * @throws io.lakeport.localworkspace.governance.AccessDenied naming what the owner lacks
     */
    void requireReadable(List<String> view) {
        SecurableInfo info = governance.securables().get(Securable.table(view));
        String reads = info.detail(READS);
        if (reads == null || reads.isEmpty()) {
            return;
        }
        AccessControl access = governance.access();
        Actor owner = governance.actor(info.owner());
        for (List<String> table : names(reads)) {
            access.require(owner, Privilege.SELECT, Securable.table(table));
            if (metastore.find(table).filter(TableInfo::view).isPresent()) {
                requireReadable(table);
            }
        }
    }

    /** Returns the text that keeps names. */
    public static String text(Set<List<String>> names) {
        return String.join(
                "\n", names.stream().map(n -> String.join("\t", n)).sorted().toList());
    }

    private static List<List<String>> names(String text) {
        List<List<String>> names = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            names.add(List.of(line.split("\t", -1)));
        }
        return names;
    }
}
