package io.lakeport.core.export.proof;

import io.lakeport.core.manifest.ExportManifest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was found about one published run.
 *
 * @param manifest its manifest
 * @param signature what its signature is worth
 * @param counted whether each file was asked for its rows, which not every format can tell
 * @param problems what is wrong with its files, one line each; empty when everything checked is right
 * @param source the run beside its source, empty when that was not asked for
 */
public record RunCheck(
        ExportManifest manifest,
        SignatureState signature,
        boolean counted,
        List<String> problems,
        Optional<SourceCheck> source) {
    public RunCheck {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(source, "source");
        problems = List.copyOf(problems);
    }

    /** Returns whether everything checked is right; what could not be compared is not held against the run. */
    public boolean isProven() {
        return problems.isEmpty()
                && !signature.isWrong()
                && !source.map(SourceCheck::isWrong).orElse(false);
    }
}
