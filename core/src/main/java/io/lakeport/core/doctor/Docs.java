package io.lakeport.core.doctor;

/** Pages of Databricks' documentation. */
public final class Docs {
    private static final String ROOT = "https://docs.databricks.com/";

    private Docs() {}

    /** Returns the page of a path below {@code en/}, without its ending. */
    public static String page(String path) {
        return ROOT + "en/" + path + ".html";
    }

    /** Returns the page of the REST API. */
    public static String api() {
        return ROOT + "api/index.html";
    }
}
