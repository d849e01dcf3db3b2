package io.lakeport.core.manifest;

import java.util.List;

/**
 * The files of a target beside their manifests.
 *
 * @param files how many files the manifests name
 * @param problems what is wrong, one line for each file; empty when every file has the size and SHA-256 it should have
 */
public record FileCheck(long files, List<String> problems) {
    public FileCheck {
        problems = List.copyOf(problems);
    }
}
