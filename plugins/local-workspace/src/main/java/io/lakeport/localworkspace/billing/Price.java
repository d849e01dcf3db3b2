package io.lakeport.localworkspace.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A list price and when it holds.
 *
 * @param sku what it is the price of
 * @param from first moment
 * @param until first moment at which it no longer holds, empty for the present price
 * @param usd price of a DBU
 */
public record Price(Sku sku, Instant from, Optional<Instant> until, BigDecimal usd) {
    /** Returns whether it holds for usage that ended then, by the rule with which prices and usage are joined. */
    public boolean holdsAt(Instant usageEnd) {
        return !usageEnd.isBefore(from) && until.map(usageEnd::isBefore).orElse(true);
    }
}
