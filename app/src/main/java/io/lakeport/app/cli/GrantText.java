package io.lakeport.app.cli;

import io.lakeport.app.config.JsonText;
import io.lakeport.core.grant.ApiCall;
import io.lakeport.core.grant.Fix;
import io.lakeport.core.grant.Right;
import io.lakeport.core.grant.plan.AccessPlan;
import io.lakeport.core.grant.plan.Advice;
import io.lakeport.core.grant.plan.AppliedPlan;
import io.lakeport.core.grant.plan.PlanStep;
import io.lakeport.core.grant.plan.StepOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How plans are shown. */
final class GrantText {
    /** Forms of output. */
    enum Form {
        /** For people. */
        TEXT,
        /** One JSON object. */
        JSON,
        /** Statements that can be run as they are, with calls as comments. */
        SQL
    }

    private final Console console;
    private final Form form;

    GrantText(Console console, Form form) {
        this.console = console;
        this.form = form;
    }

    void plan(AccessPlan plan) {
        switch (form) {
            case JSON -> console.line(JsonText.line(members(plan)));
            case SQL -> plan.steps().forEach(this::script);
            case TEXT -> {
                head(plan);
                plan.held().forEach(right -> console.line("[have]  " + right));
                plan.steps().forEach(step -> need(step, "[need]  "));
                plan.advice().forEach(this::advice);
                foot(plan);
            }
        }
    }

    private void head(AccessPlan plan) {
        console.line(plan.request().principal() + ", rights granted to "
                + plan.request().grantee() + ", asked as " + plan.askedBy());
    }

    private void foot(AccessPlan plan) {
        int all = plan.held().size() + plan.steps().size();
        console.line(
                plan.isComplete()
                        ? "nothing is missing: all " + all + " rights are there"
                        : plan.steps().size() + " of " + all + " rights are missing"
                                + (plan.isAllowed() ? "; 'grants apply' gives them" : ""));
    }

    private void need(PlanStep step, String mark) {
        console.line(mark + step.right());
        console.line("          why  " + step.reason());
        step.unknown().ifPresent(why -> console.line("          note it could not be looked at: " + why));
        fix(step.fix());
        console.line("          who  " + step.fix().whoWords()
                + (step.allowed() ? " (this identity may)" : " (this identity may not)"));
    }

    private void fix(Fix fix) {
        fix.sql().forEach(statement -> console.line("          sql  " + statement + ";"));
        fix.calls().forEach(call -> console.line("          api  " + call));
    }

    private void advice(Advice advice) {
        console.line("[more]  " + advice.text());
        advice.fix().ifPresent(this::fix);
    }

    private void script(PlanStep step) {
        console.line("-- " + step.right() + ": " + step.reason());
        step.fix().sql().forEach(statement -> console.line(statement + ";"));
        if (step.fix().sql().isEmpty()) {
            step.fix().calls().forEach(call -> console.line("-- by REST: " + call));
        }
    }

    void applied(AppliedPlan applied) {
        if (form == Form.JSON) {
            Map<String, Object> json = members(applied.plan());
            json.remove("missing");
            json.put("complete", applied.isComplete());
            json.put(
                    "steps", applied.outcomes().stream().map(GrantText::outcome).toList());
            console.line(JsonText.line(json));
            return;
        }
        for (StepOutcome outcome : applied.outcomes()) {
            String mark = switch (outcome.state()) {
                case DONE -> "[done]  ";
                case FAILED -> "[FAIL]  ";
                case NOT_ALLOWED, NOT_TRIED -> "[left]  ";
            };
            console.line(mark
                    + outcome.step().right()
                    + outcome.message().map(why -> ": " + why).orElse(""));
        }
        long done = applied.outcomes().stream()
                .filter(outcome -> outcome.state() == StepOutcome.State.DONE)
                .count();
        console.line(
                applied.outcomes().isEmpty()
                        ? "nothing to do for " + applied.plan().request().principal()
                        : done + " of " + applied.outcomes().size() + " missing rights were given to "
                                + applied.plan().request().grantee());
    }

    private static Map<String, Object> members(AccessPlan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("principal", plan.request().principal().name());
        json.put("grantee", plan.request().grantee().name());
        json.put("asked_by", plan.askedBy().name());
        json.put("complete", plan.isComplete());
        json.put("held", plan.held().stream().map(Right::toString).toList());
        json.put("missing", plan.steps().stream().map(GrantText::step).toList());
        json.put("advice", plan.advice().stream().map(GrantText::adviceMembers).toList());
        return json;
    }

    private static Map<String, Object> step(PlanStep step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("right", step.right().toString());
        json.put("reason", step.reason());
        json.put("sql", step.fix().sql());
        json.put("api", calls(step.fix()));
        json.put("who", step.fix().whoWords());
        json.put("allowed", step.allowed());
        step.unknown().ifPresent(why -> json.put("unknown", why));
        json.put("documentation", step.fix().documentation().toString());
        return json;
    }

    private static List<Map<String, Object>> calls(Fix fix) {
        return fix.calls().stream().map(GrantText::call).toList();
    }

    private static Map<String, Object> call(ApiCall call) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("host", call.api().name().toLowerCase(Locale.ROOT));
        json.put("method", call.method());
        json.put("path", call.path());
        call.body().ifPresent(body -> json.put("body", body));
        return json;
    }

    private static Map<String, Object> adviceMembers(Advice advice) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("text", advice.text());
        advice.fix().ifPresent(fix -> json.put("sql", fix.sql()));
        return json;
    }

    private static Map<String, Object> outcome(StepOutcome outcome) {
        Map<String, Object> json = step(outcome.step());
        json.put("outcome", outcome.state().name().toLowerCase(Locale.ROOT));
        outcome.message().ifPresent(why -> json.put("message", why));
        return json;
    }
}
