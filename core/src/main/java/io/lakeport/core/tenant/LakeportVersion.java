package io.lakeport.core.tenant;

/** The version of Lakeport, as it appears behind a tenant's own entry in the User-Agent. */
final class LakeportVersion {
    static final String VERSION = "0.1.0";

    private LakeportVersion() {}
}
