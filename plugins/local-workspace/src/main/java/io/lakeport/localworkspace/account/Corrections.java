package io.lakeport.localworkspace.account;

import io.lakeport.localworkspace.billing.UsageRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Usage as it was told: some of it wrong at first, then taken back, then told again, all within days.
 *
 * @param told every record, corrections included
 * @param right the records that hold after the corrections, each once
 */
record Corrections(List<UsageRecord> told, List<UsageRecord> right) {
    private static final double SHARE = 0.01;
    private static final int DECIMALS = 3;

    static Corrections of(List<UsageRecord> usage, Dice dice) {
        List<UsageRecord> told = new ArrayList<>();
        List<UsageRecord> right = new ArrayList<>();
        for (UsageRecord record : usage) {
            if (record.quantity().signum() == 0) {
                continue;
            }
            told.add(record);
            if (!dice.chance(SHARE)) {
                right.add(record);
                continue;
            }
            BigDecimal quantity = record.quantity()
                    .multiply(BigDecimal.valueOf(dice.between(50, 120)))
                    .divide(BigDecimal.valueOf(100), DECIMALS, RoundingMode.HALF_UP);
            var on = record.ingested().plusDays(dice.between(1, 4));
            UsageRecord restated = record.corrected(dice.uuid(), "RESTATEMENT", quantity, on);
            told.add(record.corrected(
                    dice.uuid(), "RETRACTION", record.quantity().negate(), on));
            told.add(restated);
            right.add(restated);
        }
        return new Corrections(told, right);
    }
}
