package io.lakeport.app.cli;

import io.lakeport.core.doctor.Cause;
import io.lakeport.core.doctor.DoctorReport;
import io.lakeport.core.doctor.Finding;
import io.lakeport.core.doctor.Fix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The doctor's report for people and for programs. */
final class DoctorText {
    private DoctorText() {}

    static List<String> lines(DoctorReport report) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : report.findings()) {
            lines.add("");
            lines.add(mark(finding) + "  " + finding.step() + ": " + finding.tried());
            lines.add(detail("result", finding.result()));
            finding.cause().ifPresent(cause -> {
                lines.add(detail("cause", cause.name() + ": " + cause.meaning()));
                finding.fixes().forEach(fix -> lines.add(detail("fix", fix.line())));
            });
            lines.add(detail("see", finding.reference()));
        }
        lines.add("");
        lines.add(summary(report));
        return lines;
    }

    private static String summary(DoctorReport report) {
        Optional<Finding> first = report.firstFailure();
        if (first.isPresent()) {
            return "begin with '" + first.get().step() + "': "
                    + first.get().cause().map(Cause::name).orElse("it failed");
        }
        return report.hasWarnings() ? "nothing failed; see the warnings" : "everything works";
    }

    private static String mark(Finding finding) {
        return switch (finding.status()) {
            case PASSED -> "[ ok ]";
            case WARNED -> "[warn]";
            case FAILED -> "[FAIL]";
            case SKIPPED -> "[skip]";
        };
    }

    private static String detail(String label, String text) {
        return String.format("        %-7s %s", label, text);
    }

    static Map<String, Object> members(DoctorReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("healthy", report.isHealthy());
        json.put("warnings", report.hasWarnings());
        report.firstFailure().flatMap(Finding::cause).ifPresent(cause -> json.put("first_cause", cause.name()));
        json.put("findings", report.findings().stream().map(DoctorText::members).toList());
        return json;
    }

    private static Map<String, Object> members(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("step", finding.step());
        json.put("status", finding.status().name().toLowerCase(Locale.ROOT));
        json.put("tried", finding.tried());
        json.put("result", finding.result());
        finding.cause().ifPresent(cause -> {
            json.put("cause", cause.name());
            json.put("trouble", cause.trouble().name().toLowerCase(Locale.ROOT));
            json.put("meaning", cause.meaning());
            json.put("fixes", finding.fixes().stream().map(DoctorText::members).toList());
        });
        finding.errorCode().ifPresent(text -> json.put("error_code", text));
        json.put("reference", finding.reference());
        return json;
    }

    private static Map<String, Object> members(Fix fix) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", fix.kind().name().toLowerCase(Locale.ROOT));
        json.put("text", fix.text());
        fix.body().ifPresent(body -> json.put("body", body));
        json.put("who", fix.who());
        return json;
    }
}
