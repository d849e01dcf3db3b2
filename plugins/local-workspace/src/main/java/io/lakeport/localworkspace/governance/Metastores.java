package io.lakeport.localworkspace.governance;

/** Facts of the one metastore of a workspace; the same on every start. */
public final class Metastores {
    /** Id of the metastore. */
    public static final String ID = "c0000000-0000-4000-8000-00000000cccc";

    /** Its name. */
    public static final String NAME = "lakeport_local";

    /** Its region. */
    public static final String REGION = "us-east-1";

    /** Its storage. */
    public static final String STORAGE = "s3://lakeport-local/metastore";

    /** Where managed tables and volumes lie. */
    public static final String ROOT = STORAGE + "/" + ID;

    private Metastores() {}
}
