package io.lakeport.localworkspace.job;

/** Why a run began, as the Jobs API names it. */
enum Trigger {
    ONE_TIME("ONETIME"),
    PERIODIC("CRON");

    private final String tableName;

    Trigger(String tableName) {
        this.tableName = tableName;
    }

    /** Returns the name that the lakeflow tables have for it. */
    String tableName() {
        return tableName;
    }
}
