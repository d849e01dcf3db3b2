package io.lakeport.core.export.choice;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.unload.UnloadSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Chooses an engine by facts alone. Rows go through this process unless there are so many that one machine is the
 * wrong place for them, or the host does not permit it: only so are partitions, every format and every store possible,
 * and no file has to be read a second time.
 */
public final class EnginePlanner {
    private static final long GIB = 1L << 30;

    private EnginePlanner() {}

    /**
     * Returns the engine.
     *
     * @throws LakeportException NOT_SUPPORTED with every reason, when the engine that was asked for cannot do it, or
     *     none can
     */
    public static Choice choose(Facts facts) {
        List<Verdict> verdicts = verdicts(facts);
        Verdict chosen = facts.asked() == EngineChoice.AUTO ? automatic(facts, verdicts) : asked(facts, verdicts);
        List<String> others = verdicts.stream()
                .filter(verdict -> verdict != chosen)
                .map(verdict -> "not " + verdict.engine().text() + ": " + against(facts, chosen, verdict))
                .toList();
        return new Choice(chosen.engine(), why(facts, chosen, verdicts), others);
    }

    /** Returns what speaks against each engine, whatever was asked for. */
    static List<Verdict> verdicts(Facts facts) {
        List<String> byWarehouse = againstWarehouse(facts);
        List<String> byJob = new ArrayList<>(byWarehouse);
        facts.noJob().ifPresent(byJob::add);
        return Stream.of(
                        new Verdict(EngineChoice.STREAM, List.of()),
                        new Verdict(EngineChoice.UNLOAD, byWarehouse),
                        new Verdict(EngineChoice.JOB, byJob))
                .map(verdict -> permitted(facts, verdict))
                .toList();
    }

    private static Verdict permitted(Facts facts, Verdict verdict) {
        if (facts.allowed().contains(verdict.engine())) {
            return verdict;
        }
        List<String> against = new ArrayList<>(verdict.against());
        against.add(0, "the configuration (exports.engines) does not permit it");
        return new Verdict(verdict.engine(), against);
    }

    private static List<String> againstWarehouse(Facts facts) {
        List<String> against = new ArrayList<>();
        if (!facts.reachable()) {
            against.add("a warehouse cannot write to '" + facts.target() + ":', a place that only this host reaches");
        }
        if (!facts.mayWrite()) {
            against.add("the tenant's access is read (scope.access), and the statement writes");
        }
        facts.refusal().ifPresent(text -> against.add("the workspace refuses the target: " + text));
        if (!facts.format().equals("parquet") || !facts.countable()) {
            against.add("rows of '" + facts.format() + "' files that another writes cannot be proved; parquet can");
        }
        if (facts.partitions() > 0) {
            against.add("INSERT OVERWRITE DIRECTORY has no partitions, and " + facts.partitions() + " are wanted");
        }
        Set<String> unknown = new TreeSet<>(facts.options());
        unknown.removeAll(UnloadSql.OPTIONS);
        if (!unknown.isEmpty()) {
            against.add("the warehouse's writer has no such options: " + String.join(", ", unknown));
        }
        if (!facts.versioned()) {
            against.add("the source has no versions, so that its rows cannot be counted again for the proof");
        }
        return against;
    }

    private static Verdict asked(Facts facts, List<Verdict> verdicts) {
        Verdict verdict = of(verdicts, facts.asked());
        if (!verdict.isPossible()) {
            throw new LakeportException(
                    CoreError.NOT_SUPPORTED,
                    "engine " + verdict.engine().text() + " cannot do this export: "
                            + String.join("; ", verdict.against()) + ". Use engine auto or another");
        }
        return verdict;
    }

    private static Verdict automatic(Facts facts, List<Verdict> verdicts) {
        Verdict stream = of(verdicts, EngineChoice.STREAM);
        Verdict unload = of(verdicts, EngineChoice.UNLOAD);
        boolean large = facts.bytes().isPresent() && facts.bytes().getAsLong() >= facts.unloadFrom();
        if (large && unload.isPossible() || !stream.isPossible() && unload.isPossible()) {
            return unload;
        }
        Optional<Verdict> possible =
                verdicts.stream().filter(Verdict::isPossible).findFirst();
        return possible.orElseThrow(() -> new LakeportException(
                CoreError.NOT_SUPPORTED,
                "no engine can do this export: "
                        + verdicts.stream()
                                .map(verdict ->
                                        verdict.engine().text() + " (" + String.join("; ", verdict.against()) + ")")
                                .reduce((a, b) -> a + ", " + b)
                                .orElse("")));
    }

    private static Verdict of(List<Verdict> verdicts, EngineChoice engine) {
        return verdicts.stream()
                .filter(verdict -> verdict.engine() == engine)
                .findFirst()
                .orElseThrow();
    }

    private static String why(Facts facts, Verdict chosen, List<Verdict> verdicts) {
        if (facts.asked() != EngineChoice.AUTO) {
            return "asked for";
        }
        boolean large = facts.bytes().isPresent() && facts.bytes().getAsLong() >= facts.unloadFrom();
        String size = size(facts);
        if (chosen.engine() == EngineChoice.STREAM) {
            return large
                    ? size + " would be better written by the warehouse, but that cannot be"
                    : size + ", which one machine writes at the speed of its line";
        }
        return of(verdicts, EngineChoice.STREAM).isPossible()
                ? size + ", and from " + text(facts.unloadFrom()) + " on the warehouse writes by itself"
                : "the configuration permits no stream through this host";
    }

    private static String against(Facts facts, Verdict chosen, Verdict other) {
        if (!other.isPossible()) {
            return String.join("; ", other.against());
        }
        if (facts.asked() != EngineChoice.AUTO) {
            return "possible, and " + chosen.engine().text() + " was asked for";
        }
        return switch (other.engine()) {
            case STREAM -> "possible, and slower than many machines at this size";
            case UNLOAD -> "possible, and its files would have to be read once more to prove them";
            default -> "possible, and of use when the export shall run by schedule without this host; ask for it";
        };
    }

    private static String size(Facts facts) {
        return facts.bytes().isEmpty()
                ? "a source of unknown size"
                : "about " + text(facts.bytes().getAsLong());
    }

    private static String text(long bytes) {
        return bytes < GIB
                ? String.format(Locale.ROOT, "%,.1f MiB", bytes / (double) (1 << 20))
                : String.format(Locale.ROOT, "%,.1f GiB", bytes / (double) GIB);
    }
}
