package io.lakeport.localworkspace.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Writes {@code conformance.md} beside the directory of results when tests have run. */
public final class ConformanceListener implements TestExecutionListener {
    /** Creates the listener; the launcher does. */
    public ConformanceListener() {}

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        Path directory = ConformanceResults.directory();
        try {
            List<ConformanceResults.Line> lines = ConformanceResults.read(directory);
            if (!lines.isEmpty()) {
                Files.writeString(directory.resolveSibling("conformance.md"), new ConformanceReport(lines).markdown());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the conformance report", e);
        }
    }
}
