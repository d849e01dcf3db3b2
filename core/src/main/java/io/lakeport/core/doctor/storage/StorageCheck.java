package io.lakeport.core.doctor.storage;

import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.Docs;
import io.lakeport.core.doctor.Visit;
import java.net.URI;
import java.util.List;

/** One step to the place where the workspace is to write files. */
abstract class StorageCheck implements Check {
    private final String name;
    private final List<String> needs;

    StorageCheck(String name, String... needs) {
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
        return Docs.page("connect/unity-catalog/cloud-storage/external-locations");
    }

    static String target(Visit visit) {
        return visit.request().exportTarget().map(URI::toString).orElse("");
    }
}
