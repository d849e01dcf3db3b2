package io.lakeport.core.export.proof;

import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.run.Target;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.FileProof;
import java.util.List;

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
        return target.log().all().stream().map(this::check).toList();
    }

    private RunCheck check(ExportManifest manifest) {
        return new RunCheck(
                manifest,
                SignatureState.of(manifest, ports.signer()),
                new FileProof(target.store()).problems(List.of(manifest)));
    }
}
