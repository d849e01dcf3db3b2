package io.lakeport.core.export.proof;

import io.lakeport.core.manifest.ExportManifest;
import java.util.List;
import java.util.Objects;

/**
 * What was found about one published run.
 *
 * @param manifest its manifest
 * @param signature what its signature is worth
 * @param problems what is wrong, one line each; empty when everything checked is right
 */
public record RunCheck(ExportManifest manifest, SignatureState signature, List<String> problems) {
    public RunCheck {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(signature, "signature");
        problems = List.copyOf(problems);
    }

    /** Returns whether everything checked is right. */
    public boolean isProven() {
        return problems.isEmpty() && !signature.isWrong();
    }
}
