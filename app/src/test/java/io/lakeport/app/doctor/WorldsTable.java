package io.lakeport.app.doctor;

import io.lakeport.core.doctor.DoctorReport;
import io.lakeport.core.doctor.Finding;
import io.lakeport.core.doctor.Fix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The table of worlds, written where reports go. */
final class WorldsTable {
    private final List<String> lines = new ArrayList<>();
    private int broken;
    private int healthy;
    private int fixed;

    synchronized void add(World world, DoctorReport report, String applied, String green) {
        String cause = world.isBroken()
                ? report.firstFailure().flatMap(Finding::cause).orElseThrow().name()
                : world.cause().isEmpty() ? "(nothing)" : "(" + world.cause() + ")";
        String fix = report.firstFailure()
                .map(Finding::fixes)
                .filter(fixes -> !fixes.isEmpty())
                .map(fixes -> fixes.stream().filter(Fix::isRunnable).findFirst().orElse(fixes.get(0)))
                .map(Fix::line)
                .orElse("-");
        lines.add(String.join(" | ", world.name(), cause, fix, applied, green));
        broken += world.isBroken() ? 1 : 0;
        healthy += world.isBroken() ? 0 : 1;
        fixed += applied.equals("yes") ? 1 : 0;
    }

    synchronized int broken() {
        return broken;
    }

    synchronized void write(Path file) throws IOException {
        List<String> all = new ArrayList<>();
        all.add("world | first cause named | fix printed | fix applied | green");
        all.addAll(lines);
        all.add("");
        all.add(broken + " broken worlds, each with the right first cause; " + fixed
                + " mended by exactly the printed fix and green afterwards; " + healthy
                + " worlds with nothing broken, none accused");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, all);
    }
}
