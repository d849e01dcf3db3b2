package io.lakeport.core.doctor.data;

import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.Docs;
import io.lakeport.core.doctor.Visit;
import java.util.List;

/** One step from the metastore to a column. */
abstract class DataCheck implements Check {
    private final String name;
    private final List<String> needs;

    DataCheck(String name, String... needs) {
        this.name = name;
        this.needs = List.of(needs);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<String> needs() {
        return needs;
    }

    @Override
    public String reference(Visit visit) {
        return Docs.page("data-governance/unity-catalog/manage-privileges/index");
    }
}
