package io.lakeport.localworkspace.billing;

import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.system.Row;
import io.lakeport.localworkspace.system.SystemTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list prices of all times, also as {@code system.billing.list_prices}.
 *
 * @param prices the prices; for each SKU one at any time since 2020
 */
public record PriceList(List<Price> prices) implements SystemTable {
    /** When the first prices began to hold. */
    public static final Instant BEGINNING = Instant.parse("2020-01-01T00:00:00Z");

    public PriceList {
        prices = List.copyOf(prices);
    }

    /** Returns a list in which no price ever changed. */
    public static PriceList steady() {
        return new PriceList(Arrays.stream(Sku.values())
                .map(sku -> new Price(sku, BEGINNING, Optional.empty(), sku.listPrice()))
                .toList());
    }

    /**
     * Returns the price for usage that ended then.
     *
     * @throws IllegalArgumentException when the list has none
     */
    public BigDecimal at(Sku sku, Instant usageEnd) {
        return prices.stream()
                .filter(price -> price.sku() == sku && price.holdsAt(usageEnd))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no price of " + sku + " at " + usageEnd))
                .usd();
    }

    @Override
    public String name() {
        return "system.billing.list_prices";
    }

    @Override
    public List<Row> past() {
        return prices.stream().map(PriceList::row).toList();
    }

    @Override
    public List<Row> recent() {
        return List.of();
    }

    private static Row row(Price price) {
        Map<String, String> same = Map.of("default", price.usd().toPlainString());
        return new Row()
                .put("price_start_time", price.from())
                .put("price_end_time", price.until().orElse(null))
                .put("account_id", WorkspaceIdentity.ACCOUNT_ID)
                .put("sku_name", price.sku().skuName())
                .put("cloud", "AWS")
                .put("currency_code", "USD")
                .put("usage_unit", "DBU")
                .put(
                        "pricing",
                        Map.of("default", price.usd().toPlainString(), "promotional", same, "effective_list", same));
    }
}
