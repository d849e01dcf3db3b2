package io.lakeport.core.job;

import java.time.ZoneId;
import java.util.Objects;

/**
 * When a job runs by itself.
 *
 * @param cron Quartz expression of six or seven fields, seconds first, for example {@code 0 30 2 * * ?}; the workspace
 *     judges it
 * @param zone whose wall clock the expression is about
 * @param paused whether it is halted
 */
public record JobSchedule(String cron, ZoneId zone, boolean paused) {
    public JobSchedule {
        Objects.requireNonNull(zone, "zone");
        int fields = cron.strip().split("\\s+").length;
        if (fields < 6 || fields > 7) {
            throw new IllegalArgumentException("'" + cron + "' is no Quartz cron expression: it has " + fields
                    + " fields, and six or seven are needed, seconds first; every night at half past two is"
                    + " '0 30 2 * * ?'");
        }
    }

    @Override
    public String toString() {
        return "'" + cron + "' in " + zone + (paused ? ", paused" : "");
    }
}
