package io.lakeport.core.export.run;

import io.lakeport.core.export.journal.RunJournal;
import io.lakeport.core.export.journal.RunOwner;
import io.lakeport.core.export.journal.RunPlan;

/**
 * A run that was begun and not published.
 *
 * @param plan what it does
 * @param journal its records
 * @param life whether somebody works on it
 */
public record UnfinishedRun(RunPlan plan, RunJournal journal, RunOwner.Life life) {}
