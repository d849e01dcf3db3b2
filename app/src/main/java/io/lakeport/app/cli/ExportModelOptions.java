package io.lakeport.app.cli;

import io.lakeport.app.config.DataModelFile;
import io.lakeport.core.export.ExportService;
import io.lakeport.core.export.model.ModelReport;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the exported rows are declared to be. */
final class ExportModelOptions {
    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Data model that rows and columns must conform to; the warehouse counts what does not, before"
                    + " anything is written (docs/export.md, 'Data models').")
    private @Nullable Path model;

    @Option(
            names = "--report-violations",
            description = "Export although rows do not conform to --model, and say how many.")
    private boolean reporting;

    /** Returns exports that are held against the model, if there is one; what comes of it is told on standard error. */
    ExportService apply(ExportService exports, Console console) {
        if (model == null) {
            if (reporting) {
                throw new IllegalArgumentException("--report-violations needs --model");
            }
            return exports;
        }
        return exports.conformingTo(DataModelFile.load(model), !reporting, report -> tell(report, console));
    }

    /** Where violations end the export, its error names them. */
    private void tell(ModelReport report, Console console) {
        if (report.conforms()) {
            console.note(
                    String.format(Locale.ROOT, "model '%s': all of %,d rows conform", report.model(), report.rows()));
        } else if (reporting) {
            report.violations().forEach(violation -> console.warning("model '" + report.model() + "': " + violation));
        }
    }
}
