package io.lakeport.core.export.proof;

import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.run.Target;
import io.lakeport.core.format.RowCounter;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.FileProof;
import io.lakeport.core.manifest.FileWitness;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Checks the published runs of one target. */
public final class ExportProof {
    private final ExportPorts ports;
    private final Target target;

    /** Creates the proof of a target. */
    public ExportProof(ExportPorts ports, Target target) {
        this.ports = ports;
        this.target = target;
    }

    /** Returns what was found about each run, oldest first; every file is read. */
    public List<RunCheck> runs() {
        return runs((run, previous) -> Optional.empty());
    }

    /** Returns the same, with each run beside its source as well. */
    public List<RunCheck> runsBesideSource(URI location, Deadline deadline) {
        SourceProof source = new SourceProof(ports, location, deadline);
        return runs((run, previous) -> Optional.of(source.check(run, previous)));
    }

    private List<RunCheck> runs(BiFunction<ExportManifest, Optional<ExportManifest>, Optional<SourceCheck>> source) {
        List<RunCheck> checks = new ArrayList<>();
        Optional<ExportManifest> previous = Optional.empty();
        for (ExportManifest run : target.log().all()) {
            checks.add(check(run, source.apply(run, previous)));
            previous = Optional.of(run);
        }
        return checks;
    }

    private RunCheck check(ExportManifest run, Optional<SourceCheck> source) {
        Supplier<Optional<RowCounter>> counters =
                () -> ports.formats().apply(run.format()).rowCounter();
        FileProof proof = new FileProof(
                target.store(),
                () -> counters.get().<FileWitness>map(CountingWitness::new).orElseGet(FileWitness::blind));
        return new RunCheck(
                run,
                SignatureState.of(run, ports.signer()),
                counters.get().isPresent(),
                proof.problems(List.of(run)),
                source);
    }
}
